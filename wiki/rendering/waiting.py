"""Patterns that wait for a sign: half of the parser's time on ordinary prose."""

from __future__ import annotations

import re
from collections.abc import Iterable

FIRST_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "wiki_link": "[",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
}


BLOCK_SIGNS = {  # the expression of a block, and what it cannot do without
    "hashheader": ("RE", "#"),
    "setextheader": ("RE", "\n=", "\n-"),
    "hr": ("SEARCH_RE", "-", "_", "*"),
    "deflist": ("RE", ":"),
    "quote": ("RE", ">"),
}


class Waiting:
    """What the parser uses of a compiled expression, for texts that hold one of its signs."""

    def __init__(self, expression: re.Pattern[str], signs: Iterable[str]) -> None:
        self._expression = expression
        self._signs = tuple(signs)

    def may_be_in(self, text: str) -> bool:
        """Whether one of the signs stands in the text."""
        return any(sign in text for sign in self._signs)

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._expression.search(text) if self.may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._expression.match(text) if self.may_be_in(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._expression.finditer(text, start) if self.may_be_in(text) else ()
