"""Cases and lessons: the structured knowledge that stands in a page's front matter."""
