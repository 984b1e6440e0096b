"""The memory of deleted text: marks of four words, each with the last revision that held them.

The memory holds no text. A mark is a hash of four consecutive words; of a large deletion only
one in EVERY is kept, since much text is recognised by few of its marks. A passage that comes back
names an old revision by them, and that revision is read again. Text redacted from the revisions
is thereby gone from here, too.

Marks live in parts, so that a save reads and writes little: part 0 holds the recent ones, the
others the older ones by the leading bits of the mark.
"""

from __future__ import annotations  # array[int] is a type only for the checker

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from zlib import crc32

import zstandard

GRAM = 4  # words of a mark
EVERY = 4  # of a large deletion one mark in so many is kept
_LARGE = 64  # marks that make a deletion large
RECENT = 0  # the part of recent marks
RECENT_MOST = 4096  # marks in it
PARTS = 32  # parts of older marks, numbered from 1
_SPILL = 8  # parts written when the recent marks are too many
_DROPPED = 4  # low bits of the hash
_REST_BITS = 23  # bits of a mark beside those that name its part
_STEP = 0xFFFF  # the widest gap between two marks of a part that one entry can say

LoadParts = Callable[[Sequence[int]], Mapping[int, bytes]]


def marks(words: Sequence[str]) -> list[int]:
    """The mark at each place of a stretch of folded words but the last three."""
    data = [word.encode("utf-8", "surrogatepass") for word in words]
    grams = map(b"\0".join, zip(*(data[shift:] for shift in range(GRAM)), strict=False))
    return [mark >> _DROPPED for mark in map(crc32, grams)]


class Memory:
    """Marks of one page's deleted text. Parts are loaded when they are first needed."""

    def __init__(self, load: LoadParts | None = None) -> None:
        self._load = load
        self._recent: dict[int, int] | None = None
        self._parts: dict[int, tuple[array[int], array[int]]] = {}
        self._changed: set[int] = set()
        self.size = 0  # marks held; right once the recent part is loaded

    def find(self, wanted: Iterable[int]) -> dict[int, int]:
        """The revision of each mark that is known. Cost: loading their parts, then log."""
        recent = self._recents()
        wanted = list(wanted)
        self._ready(_part_of(mark) for mark in wanted if mark not in recent)
        found = {}
        for mark in wanted:
            number = recent.get(mark) or self._find_old(mark)
            if number:
                found[mark] = number
        return found

    def bury(self, gone: Sequence[int], number: int) -> None:
        """Remember marks that revision `number` was the last to hold; the first burial counts."""
        recent = self._recents()
        if len(gone) > _LARGE:
            gone = [mark for mark in gone if not mark % EVERY]
        for mark in gone:
            if mark not in recent:
                recent[mark] = number
                self.size += 1
                self._changed.add(RECENT)
        if len(recent) > RECENT_MOST:
            self._spill(recent)

    def keep(self, mark: int, number: int) -> None:
        """Remember one mark for itself, however much else is deleted; the first burial counts."""
        recent = self._recents()
        if mark not in recent:
            recent[mark] = number
            self.size += 1
            self._changed.add(RECENT)

    def unbury(self, back: Iterable[int]) -> None:
        """Forget recent marks of text that is on the page again."""
        recent = self._recents()
        for mark in back:
            if recent.pop(mark, None) is not None:
                self.size -= 1
                self._changed.add(RECENT)

    def changed(self) -> dict[int, bytes]:
        """The parts that must be stored again, in their stored form; once."""
        stored = {}
        for part in sorted(self._changed):
            if part == RECENT:
                stored[part] = _pack_recent(self._recents(), self.size)
            else:
                stored[part] = _pack(*self._parts[part])
        self._changed.clear()
        return stored

    def _recents(self) -> dict[int, int]:
        if self._recent is None:
            stored = self._load([RECENT]) if self._load else {}
            known = stored.get(RECENT)
            self._recent, self.size = _unpack_recent(known) if known else ({}, 0)
        return self._recent

    def _ready(self, parts: Iterable[int]) -> None:
        """Load those of these parts that are not loaded yet, all at once."""
        missing = sorted(set(parts).difference(self._parts))
        stored = self._load(missing) if self._load and missing else {}
        for part in missing:
            body = stored.get(part)
            self._parts[part] = _unpack(body) if body else (array("I"), array("I"))

    def _find_old(self, mark: int) -> int:
        rests, numbers = self._parts[_part_of(mark)]
        rest = mark & ((1 << _REST_BITS) - 1)
        at = bisect_left(rests, rest)
        return numbers[at] if at < len(rests) and rests[at] == rest else 0

    def _spill(self, recent: dict[int, int]) -> None:
        """Move the recent marks of the fullest parts to those parts."""
        leaving: dict[int, dict[int, int]] = {}
        for mark, number in recent.items():
            leaving.setdefault(_part_of(mark), {})[mark & ((1 << _REST_BITS) - 1)] = number
        fullest = sorted(leaving, key=lambda part: (-len(leaving[part]), part))[:_SPILL]
        self._ready(fullest)
        for part in fullest:
            rests, numbers = self._parts[part]
            merged = leaving[part]
            before = len(merged) + len(rests)
            merged.update(zip(rests, numbers, strict=True))  # the first burial counts
            self.size -= before - len(merged)
            order = sorted(merged)
            self._parts[part] = (array("I", order), array("I", [merged[rest] for rest in order]))
            self._changed.add(part)
        moved = set(fullest)
        self._recent = {m: n for m, n in recent.items() if _part_of(m) not in moved}
        self._changed.add(RECENT)


def _part_of(mark: int) -> int:
    return (mark >> _REST_BITS) + 1


def _pack_recent(recent: dict[int, int], size: int) -> bytes:
    marks_held = array("I", recent)
    numbers = array("I", recent.values())
    steps = array("i", [b - a for a, b in zip([0, *numbers], numbers, strict=False)])
    return _squeeze(array("I", [size]), marks_held, steps)


def _unpack_recent(stored: bytes) -> tuple[dict[int, int], int]:
    data = zstandard.decompress(stored)
    half = len(data) // 2 + 2  # the size takes four bytes
    numbers = accumulate(_array("i", data[half:]))
    return dict(zip(_array("I", data[4:half]), numbers, strict=True)), _array("I", data[:4])[0]


def _pack(rests: array[int], numbers: array[int]) -> bytes:
    """Gaps of 16 bits, then the revisions; a revision 0 only widens the next gap."""
    gaps = array("H")
    said = array("I")
    last = 0
    for rest, number in zip(rests, numbers, strict=True):
        while rest - last > _STEP:
            gaps.append(_STEP)
            said.append(0)
            last += _STEP
        gaps.append(rest - last)
        said.append(number)
        last = rest
    return _squeeze(gaps, said)


def _unpack(stored: bytes) -> tuple[array[int], array[int]]:
    data = zstandard.decompress(stored)
    count = len(data) // 6
    rests = array("I", accumulate(_array("H", data[: 2 * count])))
    numbers = _array("I", data[2 * count :])
    if 0 not in numbers:
        return rests, numbers
    kept = [(rest, number) for rest, number in zip(rests, numbers, strict=True) if number]
    return array("I", [rest for rest, _ in kept]), array("I", [number for _, number in kept])


def _squeeze(*columns: array[int]) -> bytes:
    """Columns of numbers, each byte of a number in a row of its own: high bytes are alike."""
    rows = []
    for column in columns:
        data = _bytes(column)
        rows += [data[place :: column.itemsize] for place in range(column.itemsize)]
    return zstandard.compress(b"".join(rows), 9)


def _bytes(column: array[int]) -> bytes:
    return column.tobytes() if sys.byteorder == "little" else _swapped(column).tobytes()


def _array(kind: str, rows: bytes) -> array[int]:
    column = array(kind)
    data = bytearray(len(rows))
    for place in range(column.itemsize):
        count = len(rows) // column.itemsize
        data[place :: column.itemsize] = rows[place * count : (place + 1) * count]
    column.frombytes(bytes(data))
    return column if sys.byteorder == "little" else _swapped(column)


def _swapped(column: array[int]) -> array[int]:
    turned = column[:]
    turned.byteswap()
    return turned
