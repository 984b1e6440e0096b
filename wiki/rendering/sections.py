"""Which stretch of a source stands under each heading of the page made of it; pure.

A section is a heading with all that follows, up to the next heading as high. Headings in code, in
quotes and in lists, and sections that cut a fenced division in two, are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from wiki.rendering.fences import opening
from wiki.text.code_spans import block_code_spans, masked
from wiki.text.tokens import fold, is_word, tokens

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDER = re.compile(r" {0,3}(=+|-+)[ \t]*")
_LABEL = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|!?\[([^\[\]]*)\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section: the words of its heading as typed, its level (1 to 6), and where it stands in
    the body, in characters."""

    title: str
    level: int
    start: int
    end: int


def source_sections(body: str) -> list[SourceSection]:
    """The sections of a body, front matter apart, in order. Cost: linear."""
    lines = masked(body, block_code_spans(body)).split("\n")
    found: list[tuple[str, int, int]] = []
    at = 0
    for place, line in enumerate(lines):
        level, title = _heading(lines, place)
        if level:
            found.append((title, level, at))
        at += len(line) + 1
    sections = []
    for place, (title, level, start) in enumerate(found):
        after = (begin for _title, other, begin in found[place + 1 :] if other <= level)
        end = next(after, len(body))
        if _whole(body[start:end]):
            sections.append(SourceSection(title, level, start, end))
    return sections


def sections_by_id(
    body: str, headings: Iterable[tuple[int, str, str]]
) -> dict[str, SourceSection]:
    """The sections by the ids of their headings in the page: (level, id, text) in order. A heading
    whose words are not found again leads nowhere."""
    found = source_sections(body)
    places: dict[tuple[str, ...], list[int]] = {}
    for at, section in enumerate(found):
        places.setdefault(_words(_plain(section.title)), []).append(at)
    named: dict[str, SourceSection] = {}
    last = -1
    for _level, name, text in headings:
        known = places.get(_words(text), [])
        after = bisect_right(known, last)
        if after < len(known):
            last = known[after]
            named[name] = found[last]
    return named


def with_section(body: str, section: SourceSection, text: str) -> str:
    """The body with another text in place of a section; the empty lines below it stay. An empty
    text takes the section out."""
    old = body[section.start : section.end]
    below = old[len(old.rstrip("\n")) :] or "\n"
    new = text.strip("\n")
    return body[: section.start] + (new + below if new else "") + body[section.end :]


def _heading(lines: list[str], place: int) -> tuple[int, str]:
    """The level and the words of a heading that begins on this line; (0, "") if none does."""
    line = lines[place]
    match = _ATX.match(line)
    if match:
        return len(match[1]), line[match.end() :].strip().rstrip("#").strip()
    under = _UNDER.fullmatch(lines[place + 1]) if place + 1 < len(lines) else None
    alone = place == 0 or not lines[place - 1].strip()
    if under and alone and line.strip() and not line.lstrip().startswith((">", "-", "*", "|")):
        return (1 if under[1][0] == "=" else 2), line.strip()
    return 0, ""


def _whole(text: str) -> bool:
    """Whether each fenced division that begins here ends here."""
    depth = 0
    for line in text.split("\n"):
        if not line.startswith(":::"):
            continue
        if opening(line) is not None:
            depth += 1
        elif not line.strip(": \t"):
            depth -= 1
        if depth < 0:
            return False
    return depth == 0


def _plain(title: str) -> str:
    return _LABEL.sub(lambda match: match[1] or match[2] or "", title)


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in tokens(text) if is_word(token))
