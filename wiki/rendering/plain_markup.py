"""Which pieces of HTML hold nothing that a sanitiser could take away.

Most blocks of a page are prose: text, and a few elements without attributes or with the one plain
address of a link, each closed where it was opened. bleach would read such a block sign by sign
and write it back as it was. Here that is seen in one pass of a regular expression, so that bleach
is asked about the rest only: whatever has another attribute, an address to be linked, an entity,
an element that may not stand where it stands, or an end that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

VOID = frozenset({"br", "hr", "img", "wbr"})
DEEPEST = 30  # elements; an HTML parser changes its ways in deep nesting
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "hr"}) | _HEADINGS
_INLINE = frozenset({"a", "em", "strong", "del", "br"})
_PROSE = _HEADINGS | {"p", "a", "em", "strong", "del"}
# No sign in it that any reader of addresses takes for something else: no colon but the scheme's.
_PLAIN_LINK = re.compile(
    r'(?: class="wiki-link" data-slug="[^"&<>`:\\\x00-\x20\x7f]*")?'
    r' href="(?:https?:/)?/[\w.~/?=#%+-]*"',
    re.ASCII,
)
# What may stand in what, so that no HTML parser moves or closes anything.
_INSIDE: dict[str, frozenset[str]] = {
    "": _BLOCKS,
    "blockquote": _BLOCKS,
    "li": _BLOCKS | _INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    **dict.fromkeys(_PROSE, _INLINE),
}
_HOLDS_TEXT = _PROSE | {"li"}
# An address, an entity beside the three that a writer of HTML needs, a sign that HTML forbids.
_LOOKED_AT = re.compile(r"://|&(?!(?:amp|lt|gt);)|[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f]|>")


@dataclass(slots=True)
class _Piece:
    """A stretch of top-level HTML that is being read, and whether it is plain so far."""

    start: int = 0
    plain: bool = True
    open: list[str] = field(default_factory=list)

    def take_text(self, text: str) -> None:
        if not self.plain or not text.strip(" \t\n"):
            return
        inside = self.open[-1] if self.open else ""
        self.plain = inside in _HOLDS_TEXT and _LOOKED_AT.search(text) is None

    def take(self, tag: re.Match[str]) -> bool:
        """Read one tag; False if it ends what is not open, or opens too much."""
        if tag[1]:
            return bool(self.open) and self.open.pop() == tag[2] and not tag[3]
        self._look_at(tag[2], tag[3])
        if tag[2] not in VOID:
            self.open.append(tag[2])
        return len(self.open) <= DEEPEST

    def _look_at(self, name: str, attributes: str) -> None:
        inside = self.open[-1] if self.open else ""
        fits = name in _INSIDE.get(inside, ()) and (name not in _PROSE or name not in self.open)
        known = not attributes if name != "a" else _PLAIN_LINK.fullmatch(attributes) is not None
        self.plain = self.plain and fits and known


def stretches(html: str, allowed: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield `html` in stretches of whole top-level pieces, each with whether it is plain.

    A plain stretch comes out of any sanitiser that allows `allowed` as it went in. If some tag is
    not of `allowed`, is closed where it was not opened, or the nesting is deeper than DEEPEST,
    the whole of `html` is one stretch that is not plain: then only an HTML parser knows what
    belongs together. Linear.
    """
    found = _split(html, allowed)
    if found is None:
        yield html, False
        return
    for plain, group in groupby(found, key=itemgetter(1)):
        yield "".join(piece for piece, _ in group), plain


def _split(html: str, allowed: Collection[str]) -> list[tuple[str, bool]] | None:
    done: list[tuple[str, bool]] = []
    piece = _Piece()
    last = 0
    for tag in _TAG.finditer(html):
        between = html[last : tag.start()]
        if "<" in between or tag[2] not in allowed:
            return None
        piece.take_text(between)
        last = tag.end()
        if not piece.take(tag):
            return None
        if not piece.open:
            done.append((html[piece.start : last], piece.plain))
            piece = _Piece(last)
    rest = html[last:]
    if piece.open or "<" in rest:
        return None
    piece.take_text(rest)
    return [*done, (rest, piece.plain)] if rest else done
