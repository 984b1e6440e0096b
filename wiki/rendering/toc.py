"""Headings: levels that do not skip, ids that do not collide, contents as a nested list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FIRST_LEVEL, LAST_LEVEL = 2, 6  # the page's title is the only h1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the page: level 2 to 6, its id, its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the sections inside it."""

    heading: Heading
    sections: tuple[Section, ...]


def levels(typed: Iterable[int]) -> list[int]:
    """Return the level to show for each typed level (1 to 6), in order.

    The first is 2, none is more than one below its parent, and equal levels under one parent stay
    equal: screen readers move by level. Linear.
    """
    shown: list[int] = []
    open_levels: list[int] = []
    for level in typed:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        shown.append(min(FIRST_LEVEL + len(open_levels), LAST_LEVEL))
        open_levels.append(level)
    return shown


class UniqueIds:
    """Hands out each id once: `h-a`, `h-a-2`, `h-a-3`, …"""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """Return `wanted`, or the next free number after it. Constant on average."""
        chosen, number = wanted, self._next.get(wanted, 2)
        while chosen in self._taken:
            chosen, number = f"{wanted}-{number}", number + 1
        self._taken.add(chosen)
        self._next[wanted] = number
        return chosen

    def __contains__(self, wanted: str) -> bool:
        """Say whether `wanted` was handed out."""
        return wanted in self._taken


def nest(headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Return the headings as a tree for a nested list; levels as `levels` gives them."""
    roots: list[Section] = []
    index = 0
    while index < len(headings):
        end = index + 1
        while end < len(headings) and headings[end].level > headings[index].level:
            end += 1
        roots.append(Section(headings[index], nest(headings[index + 1 : end])))
        index = end
    return tuple(roots)
