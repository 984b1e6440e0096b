"""The words of a rendered page for search: one block a line, nothing the wiki added."""

from __future__ import annotations

import re

from wiki.rendering.tree import BLOCKS, Element

_CELLS = frozenset({"td", "th"})
_ADDED = frozenset({"footnote-ref", "footnote-backref", "heading-link", "task-mark"})
_OTHER_SPACES = "\t\r\f\v\u00a0"
_SPACES = re.compile(" {2,}")


def is_added(element: Element) -> bool:
    """Say whether rendering put this element there: its text is nobody's words."""
    classes = element.classes
    return "visually-hidden" in classes or not _ADDED.isdisjoint(classes)


def plain_text(root: Element) -> str:
    """Return the text with one line a block, cells of a row on one line. Linear."""
    pieces: list[str] = []
    _collect(root, pieces, verbatim=False)
    whole = "".join(pieces)
    for other in _OTHER_SPACES:
        whole = whole.replace(other, " ")
    lines = map(str.strip, _SPACES.sub(" ", whole).split("\n"))
    return "\n".join(filter(None, lines))


def _collect(node: Element, pieces: list[str], *, verbatim: bool) -> None:
    for child in node.children:
        if isinstance(child, str):
            pieces.append(child if verbatim else child.replace("\n", " "))
        elif child.name == "br":
            pieces.append("\n")
        elif child.name == "img":
            pieces.append(f" {child.attrs.get('alt', '')} ")
        elif not is_added(child):
            edge = " " if child.name in _CELLS else "\n" if child.name in BLOCKS else ""
            pieces.append(edge)
            _collect(child, pieces, verbatim=verbatim or child.name == "pre")
            pieces.append(edge)
