"""A believable demonstration: the site's own pages, its people, a course, a study visit and what came of it."""
