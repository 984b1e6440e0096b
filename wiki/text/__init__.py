"""Text, pure: tokens, titles and slugs, diff, front matter, wiki links, narrative words."""
