"""A page's memory of deleted text as the database keeps it: in parts, so that a save reads and
writes little whatever the age of the page.

Part 0 holds the marks buried lately, the others the older ones by the low bits of the mark. There
are as many parts as keep each of them small: when there are too many marks, the next part in turn
is split in two (linear hashing). When the recent marks are too many, those of the parts that get
most of them move there. A part keeps of a mark only the bits that its number does not tell.
"""

from __future__ import annotations  # array[int] is a type only for the checker

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from wiki.attribution.columns import spread, squeeze
from wiki.attribution.graves import Graves
from wiki.attribution.memory import Owners

RECENT = 0  # the part of recent marks
RECENT_MOST = 2048  # marks in it
PART_MOST = 192  # marks in each other part, on average: several fill a page of the database
_SPILL = 12  # parts written when the recent marks are too many

Value = TypeVar("Value")
LoadParts = Callable[[Sequence[int]], Mapping[int, bytes]]


class ShelvedMemory:
    """Marks of one page's deleted text. Parts are loaded when they are first needed."""

    def __init__(self, load: LoadParts) -> None:
        self._load = load
        self._recent: Graves | None = None
        self._parts: dict[int, Graves] = {}
        self._changed: set[int] = set()
        self._size = 0
        self._count = 0  # parts of older marks; numbered from 1
        self._older = 0  # marks in them

    @property
    def size(self) -> int:
        """Marks buried so far."""
        self._recents()
        return self._size

    def find(self, wanted: Iterable[int]) -> dict[int, Owners]:
        """The owners of each mark that is known. Cost: loading and searching their parts."""
        recent = self._recents()
        if not self._size:
            return {}
        asked = set(wanted)
        asked.discard(0)
        found = recent.find(asked)
        if asked and self._count:
            by_part = self._by_part((mark, mark) for mark in asked)
            self._ready(by_part)
            for part, marks in by_part.items():
                named = dict(marks)
                there = self._parts[part].find(set(named))
                found.update((named[rest], owners) for rest, owners in there.items())
        return found

    def bury(self, gone: Iterable[tuple[int, Owners]]) -> None:
        """Remember marks that left the page and whose their tokens were; the first time counts."""
        recent = self._recents()
        new = [each for each in gone if each[0]]
        if not new:
            return
        self._size += len(new)
        recent.add(new)
        self._changed.add(RECENT)
        if len(recent) > RECENT_MOST:
            self._spill(recent)

    def changed(self) -> dict[int, bytes]:
        """The parts that must be stored again, in their stored form; once."""
        stored = {}
        for part in sorted(self._changed):
            if part == RECENT:
                numbers = squeeze(array("Q", (self._size, self._older, self._count)))
                body = self._recents().to_bytes()
                stored[part] = bytes([len(numbers)]) + numbers + body
            else:
                self._parts[part].order()
                stored[part] = self._parts[part].to_bytes()
        self._changed.clear()
        return stored

    def _recents(self) -> Graves:
        if self._recent is None:
            known = self._load([RECENT]).get(RECENT)
            if known:
                size = 1 + known[0]
                ((self._size, self._older, self._count),) = spread(known[1:size])
                self._recent = Graves(known[size:])
            else:
                self._recent = Graves()
        return self._recent

    def _ready(self, parts: Iterable[int]) -> None:
        """Load those of these parts that are not loaded yet, all at once."""
        missing = sorted(set(parts).difference(self._parts))
        stored = self._load(missing) if missing else {}
        for part in missing:
            self._parts[part] = Graves(stored.get(part, b""))

    def _by_part(self, marks: Iterable[tuple[int, Value]]) -> dict[int, list[tuple[int, Value]]]:
        """What goes with marks, by the parts that these belong to, with the rest of each mark."""
        bits = (self._count - 1).bit_length()
        half = (1 << bits) >> 1
        found: dict[int, list[tuple[int, Value]]] = {}
        for mark, value in marks:
            low = mark & (half * 2 - 1) if half else 0
            if low >= self._count:
                low -= half
            told = bits if low >= half or low + half < self._count else bits - 1
            found.setdefault(low + 1, []).append((mark >> told, value))
        return found

    def _spill(self, recent: Graves) -> None:
        """Move the recent marks of the parts that get most of them to those parts."""
        self._count = self._count or 1
        graves = recent.all()
        left = dict(enumerate(graves))
        numbered = self._by_part((mark, at) for at, (mark, _) in enumerate(graves))
        fullest = sorted(numbered, key=lambda part: (-len(numbered[part]), part))
        chosen: list[int] = []
        while fullest and (len(chosen) < _SPILL or len(left) > RECENT_MOST):
            chosen.append(fullest.pop(0))
            for _, at in numbered[chosen[-1]]:
                del left[at]
        self._ready(chosen)
        for part in chosen:
            moved = [(rest, graves[at][1]) for rest, at in numbered[part]]
            self._older += self._parts[part].add(moved)
        recent.keep(list(left.values()))
        self._changed.update(chosen)
        while self._older > self._count * PART_MOST:
            self._split()

    def _split(self) -> None:
        """Add a part: half of the marks of the part whose turn it is."""
        half = 1 << (self._count.bit_length() - 1)
        old, new = self._count - half + 1, self._count + 1
        self._ready([old])
        graves = self._parts[old].all()
        self._parts[old].keep([(rest >> 1, owners) for rest, owners in graves if not rest & 1])
        self._parts[new] = Graves()
        self._parts[new].keep([(rest >> 1, owners) for rest, owners in graves if rest & 1])
        self._count += 1
        self._changed.update((old, new))
