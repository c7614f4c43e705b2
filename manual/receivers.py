"""What the manual does when a page is published."""
