"""In and out: folders of Markdown, whole histories."""
