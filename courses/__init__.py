"""Decides: what a course asks, who is enrolled, what is evidenced, and when it is enough."""
