"""Teaches: the manual, its modules and chapters, its printed editions, and search."""
