"""A page's past kept in memory: for engines that run without a database."""

from __future__ import annotations  # array[int] is a type only for the checker

from array import array
from collections import OrderedDict
from dataclasses import dataclass

from wiki.attribution.credit import Credit
from wiki.attribution.lines import Reading, common_ends
from wiki.attribution.rules import State, advance, blank_state
from wiki.attribution.version import Version

_KEYFRAME_EVERY = 64  # revisions
_READY = 32  # revisions


@dataclass(frozen=True, slots=True)
class _Kept:
    """A revision's credits: so many of the base's at either end, and those between."""

    base: int  # 0: none
    depth: int
    head: int
    middle: array[Credit]
    tail: int
    setters: list[int]


class Archive:
    """Whose the words of every revision of one page are, and the few texts a save may ask for."""

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}
        self._numbers: dict[tuple[int, int], int] = {}  # by hash and length of the text
        self._ready: OrderedDict[int, list[Credit]] = OrderedDict()  # asked for or kept lately
        self._held: dict[int, Version] = {}
        self._last = (0, Version(Reading([], [], []), []))

    def find(self, text: str) -> int | None:
        """The first revision with exactly this text."""
        return self._numbers.get((hash(text), len(text)))

    def add(self, text: str, state: State) -> None:
        """Keep the head of a state: its spans, and its text until no save asks for it again."""
        number = state.number
        if number not in self._kept:
            self._kept[number] = self._beside_last(state.head)
            self._numbers[(hash(text), len(text))] = number
            self._hold(number, state.head.credits)
        self._held[number] = state.head
        self._last = number, state.head
        if len(self._held) > len(state.aside) + 1:
            wanted = {number, *state.aside}
            self._held = {n: held for n, held in self._held.items() if n in wanted}

    def version(self, number: int) -> Version | None:
        """The head, or a revision that is set aside."""
        return self._held.get(number)

    def again(self, number: int, reading: Reading) -> Version:
        """A revision whose text, as read, is on the page again. ValueError: it is not kept."""
        if number not in self._kept:
            raise ValueError(f"revision {number} is not kept")
        credits = self._ready.get(number)
        if credits is None:
            credits = self._unfolded(number)
            self._hold(number, credits)
        return Version(reading, credits, self._kept[number].setters)

    def _unfolded(self, number: int) -> list[Credit]:
        chain = [self._kept[number]]
        while chain[-1].base:
            chain.append(self._kept[chain[-1].base])
        credits: list[Credit] = []
        for kept in reversed(chain):
            end = len(credits) - kept.tail
            credits = [*credits[: kept.head], *kept.middle, *credits[end:]]
        return credits

    def _hold(self, number: int, credits: list[Credit]) -> None:
        self._ready[number] = credits
        if len(self._ready) > _READY:
            self._ready.popitem(last=False)

    def _beside_last(self, new: Version) -> _Kept:
        number, old = self._last
        depth = self._kept[number].depth + 1 if number else 0
        if not number or depth >= _KEYFRAME_EVERY:
            return _Kept(0, 0, 0, array("Q", new.credits), 0, new.setters)
        head, tail = common_ends(old.credits, new.credits)
        middle = array("Q", new.credits[head : len(new.credits) - tail])
        return _Kept(number, depth, head, middle, tail, new.setters)


class Engine:
    """The engine on a history that comes one text after the other, without a database."""

    def __init__(self) -> None:
        self._archive = Archive()
        self._number = 0
        self.state = blank_state(self._archive)

    def save(self, text: str) -> State:
        """The state after the next revision, which has this text."""
        self._number += 1
        self.state = advance(self.state, text, self._number, self._archive.find(text))
        self._archive.add(text, self.state)
        return self.state
