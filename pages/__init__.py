"""Frames the site: home, plain pages, helplines, images, documents, navigation."""
