"""Slots of a rendered copy: what changes without a revision is filled in at view time."""

import re
from collections.abc import Set

_LINK = re.compile(r'<a class="wiki-link"([^>]*?) data-slug="([^"]*)"([^>]*)>')


def colour_links(html: str, existing: Set[str], *, missing_title: str) -> str:
    """Mark the wiki links that lead nowhere yet, in class and in words.

    `missing_title` says so in the reader's language. Cost: linear in the HTML.
    """

    def fill(match: re.Match[str]) -> str:
        before, slug, after = match.groups()
        if slug in existing:
            return f'<a class="wiki-link"{before}{after}>'
        return f'<a class="wiki-link missing" title="{missing_title}"{before}{after}>'

    return _LINK.sub(fill, html)
