"""Inline patterns that wait for a sign: half of the parser's time on ordinary prose."""

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


class Waiting:
    """What the parser uses of a compiled expression, for texts that hold one of two signs."""

    def __init__(self, expression: re.Pattern[str], signs: str) -> None:
        self._find = expression.finditer
        self._one, self._other = signs[0], signs[-1]

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._find(text, start) if self._one in text or self._other in text else ()
