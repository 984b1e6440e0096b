"""Passages of a rendered page that are somebody's account, named when the page is read.

`::: {.voice by=v3 mode=direct_spoken}` becomes a division whose first child is an empty slot. The
stored copy holds the opaque key alone: who that is, rows say, and they can change or expire.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wiki.rendering.phrases import is_right_to_left
from wiki.rendering.plain import plain_text
from wiki.rendering.tree import Element, parse, serialize

_SLOT = re.compile(r'<div\b([^<>]*\bclass="voice-slot"[^<>]*)></div>')
_OPENING = re.compile(r'<div class="voice-passage">(\s*<div\b([^<>]*\bclass="voice-slot"[^<>]*)>)')
_ATTRIBUTE = re.compile(r'\bdata-(by|mode|from|machine|reviewed)="([^"]*)"')
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,11}")
MODE = re.compile(r"[a-z_]{1,40}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
ANSWER = re.compile(r"yes|no")
_SHAPES = {"by": KEY, "mode": MODE, "from": LANGUAGE, "machine": ANSWER, "reviewed": ANSWER}


@dataclass(frozen=True)
class Passage:
    """A marked passage: key of its voice, mode, language it was said in, whether a machine
    translated it and its speaker has seen it ("" not said)."""

    by: str = ""
    mode: str = ""
    language: str = ""
    machine: str = ""
    reviewed: str = ""


def attributes(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Those of the empty slot; of a name that comes again the first counts."""
    said = {"class": "voice-slot"}
    for name, value in pairs:
        shape = _SHAPES.get(name)
        if shape is not None and shape.fullmatch(value):
            said.setdefault(f"data-{name}", value)
    return said


def filled(html: str, say: Callable[[Passage], str]) -> str:
    """The page with each slot replaced by safe HTML that names the voice. Linear."""
    if "voice-slot" not in html:
        return html
    return _SLOT.sub(lambda match: say(_read(match[1])), html)


def spoken_in(html: str, language: Callable[[Passage], str]) -> str:
    """The page with the language of each passage's words on it. `language`: a tag; "" where it is
    that of the page. Before slots are filled. Linear."""
    if "voice-slot" not in html:
        return html

    def say(match: re.Match[str]) -> str:
        tag = language(_read(match[2]))
        if not LANGUAGE.fullmatch(tag):
            return match[0]
        direction = "rtl" if is_right_to_left(tag) else "ltr"
        return f'<div class="voice-passage" lang="{tag}" dir="{direction}">{match[1]}'

    return _OPENING.sub(say, html)


def without(html: str, hidden: Callable[[Passage], bool]) -> str:
    """The page with nothing left of hidden passages but their slots. Linear."""
    if not any(hidden(_read(match[1])) for match in _SLOT.finditer(html)):
        return html
    root = parse(html)
    for element in list(root.walk()):
        if "voice-passage" in element.classes:
            slots = [c for c in element.children if isinstance(c, Element) and _is_slot(c)]
            if slots and hidden(_read(_tag(slots[0]))):
                element.children[:] = slots[:1]
    return serialize(root)


def words_of(html: str, place: int, hidden: Sequence[bool]) -> str:
    """The words of one passage, counted from 1 in the page's order, a block a line, without those
    of passages within it that are hidden. `hidden`: one for each passage. Linear."""
    found = [each for each in parse(html).walk() if "voice-passage" in each.classes]
    wanted = found[place - 1]
    for element, gone in zip(found, hidden, strict=True):
        if gone:
            element.children[:] = []
    return plain_text(wanted)


def passages(html: str) -> list[Passage]:
    """The passages of a page that are marked, in its order."""
    return [_read(match[1]) for match in _SLOT.finditer(html)] if "voice-slot" in html else []


def _is_slot(element: Element) -> bool:
    return "voice-slot" in element.classes


def _tag(element: Element) -> str:
    return " ".join(f'{name}="{value}"' for name, value in element.attrs.items())


def _read(attributes: str) -> Passage:
    said = dict(_ATTRIBUTE.findall(attributes))
    return Passage(
        by=said.get("by", ""),
        mode=said.get("mode", ""),
        language=said.get("from", ""),
        machine=said.get("machine", ""),
        reviewed=said.get("reviewed", ""),
    )
