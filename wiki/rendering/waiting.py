"""Inline patterns that wait for a sign: half of the parser's time on ordinary prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from markdown import Markdown
from markdown.extensions import Extension

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


class WaitForSigns(Extension):
    """Asks each inline pattern only where its first sign stands: most sentences hold none.

    The parser tries all its patterns on every piece of text, though looking for one sign costs a
    fiftieth of looking for a pattern. Comes after all that register patterns.
    """

    def extendMarkdown(self, md: Markdown) -> None:
        """Wrap the patterns of `md`; one that is not known here is asked everywhere."""
        for name, signs in FIRST_SIGNS.items():
            pattern = md.inlinePatterns[name]
            waiting = _Waiting(pattern.compiled_re, signs)  # has what the parser uses of one
            pattern.compiled_re = cast("re.Pattern[str]", waiting)


class _Waiting:
    """What the parser uses of a compiled expression, for texts that hold one of two signs."""

    def __init__(self, expression: re.Pattern[str], signs: str) -> None:
        self._find = expression.finditer
        self._one, self._other = signs[0], signs[-1]

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._find(text, start) if self._one in text or self._other in text else ()
