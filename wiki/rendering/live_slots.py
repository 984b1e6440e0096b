"""Places of a rendered page that hold a list of cases or lessons, filled in when it is read.

`::: {.lessons theme=technology}` becomes a division with what stands between the fences and, at
its end, an empty slot that names the list. The slot is part of the stored copy; the list is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode

KINDS = {"cases": "case", "lessons": "lesson"}  # class of the fence: kind of page
LONGEST = 600  # characters of what a slot asks for
_SLOT = re.compile(r'<div\b([^<>]*\bdata-list="[^<>]*)></div>')
_ATTRIBUTE = re.compile(r'\b(data-list|data-ask)="([^"]*)"')


@dataclass(frozen=True)
class Slot:
    """A list that a page asks for; `pairs`: facets and values as typed."""

    kind: str  # case, lesson
    pairs: tuple[tuple[str, str], ...]


def attributes(fence_class: str, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Those of the empty slot; what does not fit is left out, value by value."""
    asked: list[tuple[str, str]] = []
    for pair in pairs:
        if len(urlencode([*asked, pair])) > LONGEST:
            break
        asked.append(pair)
    return {"class": "live-slot", "data-list": fence_class, "data-ask": urlencode(asked)}


def slots(html: str) -> list[Slot]:
    """The lists that a page asks for, in its order. Linear."""
    return [slot for match in _SLOT.finditer(html) if (slot := _read(match[1]))]


def filled(html: str, draw: Callable[[Slot], str]) -> str:
    """The page with each slot replaced by safe HTML. Linear, without what `draw` costs."""
    if "data-list" not in html:
        return html

    def put(match: re.Match[str]) -> str:
        slot = _read(match[1])
        return draw(slot) if slot else ""

    return _SLOT.sub(put, html)


def _read(attributes: str) -> Slot | None:
    said = dict(_ATTRIBUTE.findall(attributes))
    kind = KINDS.get(said.get("data-list", ""))
    if kind is None:
        return None
    return Slot(kind, tuple(parse_qsl(unescape(said.get("data-ask", "")))))
