"""Fenced divisions: `::: {.lessons theme=technology}` … `:::`; pure.

The shape is Pandoc's (its manual, "Divs and Spans"): three colons or more, attributes in braces
(`.class`, `#id`, `key=value`, `key="a value"`), closed by a line of colons only. What a class
means is said elsewhere (`dialect`); a fence of an unknown class, or one that is not closed, stays
text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DEEPEST = 4  # fences within fences
LONGEST = 500  # characters between the braces
_OPEN = re.compile(rf":{{3,}}[ \t]*\{{([^{{}}\n]{{1,{LONGEST}}})\}}[ \t]*:*[ \t]*")
_CLOSE = re.compile(r":{3,}[ \t]*")
_PART = re.compile(
    r"""\.(?P<class>[\w-]+)|\#(?P<id>[\w-]+)"""
    r"""|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"'=]+))"""
)


@dataclass(frozen=True)
class Fence:
    """An opening line. `pairs`: keys and values in the order typed, a key may come again."""

    classes: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Found:
    """A fence that is closed: its first and its last line."""

    fence: Fence
    first: int
    last: int


def opening(line: str) -> Fence | None:
    """The fence that this line opens; None if it opens none. Linear."""
    match = _OPEN.fullmatch(line)
    if match is None:
        return None
    classes, pairs, ident, place = [], [], "", 0
    for part in _PART.finditer(match[1]):
        if match[1][place : part.start()].strip():
            return None
        place = part.end()
        if part["class"]:
            classes.append(part["class"])
        elif part["id"]:
            ident = part["id"]
        else:
            pairs.append((part["key"], part["quoted"] or part["bare"] or ""))
    if match[1][place:].strip() or not classes:
        return None
    return Fence(tuple(classes), tuple(pairs), ident)


def find(lines: Sequence[str], known: Collection[str]) -> list[Found]:
    """The closed fences whose first class is known, outer ones before inner ones.

    A fence deeper than `DEEPEST` stays text, its closing line too. Linear.
    """
    found: list[Found] = []
    open_: list[tuple[Fence, int]] = []
    for number, line in enumerate(lines):
        if not line.startswith(":::"):
            continue
        fence = opening(line)
        if fence is not None:
            open_.append((fence, number))
        elif open_ and _CLOSE.fullmatch(line):
            opened, first = open_.pop()
            if opened.classes[0] in known and len(open_) < DEEPEST:
                found.append(Found(opened, first, number))
    return sorted(found, key=lambda each: each.first)
