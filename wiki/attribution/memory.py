"""The memory of deleted text: marks of four words, each with the owners these words had.

The memory holds no text. A mark is a hash of four consecutive tokens, two of them words; what is
on the page again is recognised by a chain of marks, and each mark says whose its tokens were when
they were first deleted. Seven tokens in a row, four of them words, hold at least one mark.

Marks live in parts, so that a save reads and writes little whatever the age of a page: part 0
holds the recent ones, the others the older ones by the leading bits of the mark.
"""

from __future__ import annotations  # array[int] is a type only for the checker

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

import zstandard

from wiki.attribution.credit import Credit

GRAM = 4  # tokens of a mark
RECENT = 0  # the part of recent marks
RECENT_MOST = 4096  # marks in it
PARTS = 256  # parts of older marks, numbered from 1
_SPILL = 128  # parts written when the recent marks are too many
_DROPPED = 2  # low bits of the hash
_REST_BITS = 22  # bits of a mark beside those that name its part
_REST = (1 << _REST_BITS) - 1
_LEVEL = 3

Owners = tuple[Credit, Credit, Credit, Credit]  # of the four tokens of a mark
LoadParts = Callable[[Sequence[int]], Mapping[int, bytes]]


def marks(words: Sequence[str]) -> list[int]:
    """The mark at each place of a stretch of folded tokens but the last three; 0 where there are
    fewer than two words among four tokens, which proves nothing. Cost: 0.7 µs a token."""
    data = [word.encode("utf-8", "surrogatepass") for word in words]
    told = list(map(str.isalnum, words))
    grams = map(b"\0".join, zip(data, data[1:], data[2:], data[3:], strict=False))
    many = map(sum, zip(told, told[1:], told[2:], told[3:], strict=False))
    return [
        crc32(gram) >> _DROPPED if words > 1 else 0
        for gram, words in zip(grams, many, strict=True)
    ]


class Memory:
    """Marks of one page's deleted text. Parts are loaded when they are first needed."""

    def __init__(self, load: LoadParts | None = None) -> None:
        self._load = load
        self._recent: dict[int, Owners] | None = None
        self._parts: dict[int, _Part] = {}
        self._changed: set[int] = set()
        self.size = 0  # marks held; right once the recent part is loaded

    def find(self, wanted: Iterable[int]) -> dict[int, Owners]:
        """The owners of each mark that is known. Cost: loading their parts, then log."""
        recent = self._recents()
        if not self.size:
            return {}
        found = {}
        old = []
        for mark in wanted:
            owners = recent.get(mark)
            if owners is not None:
                found[mark] = owners
            elif mark:
                old.append(mark)
        if old and self.size > len(recent):
            self._ready(map(_part_of, old))
            for mark in old:
                owners = self._parts[_part_of(mark)].find(mark & _REST)
                if owners is not None:
                    found[mark] = owners
        return found

    def bury(self, gone: Iterable[tuple[int, Owners]]) -> None:
        """Remember marks that left the page and whose their tokens were; the first time counts."""
        recent = self._recents()
        before = len(recent)
        for mark, owners in gone:
            if mark and mark not in recent:
                recent[mark] = owners
        if len(recent) > before:
            self.size += len(recent) - before
            self._changed.add(RECENT)
            while len(recent) > RECENT_MOST:
                recent = self._spill(recent)

    def changed(self) -> dict[int, bytes]:
        """The parts that must be stored again, in their stored form; once."""
        stored = {}
        for part in sorted(self._changed):
            if part == RECENT:
                stored[part] = _pack_recent(self._recents(), self.size)
            else:
                stored[part] = self._parts[part].packed()
        self._changed.clear()
        return stored

    def _recents(self) -> dict[int, Owners]:
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
            self._parts[part] = _unpacked(body) if body else _Part(array("I"), array("Q"), {})

    def _spill(self, recent: dict[int, Owners]) -> dict[int, Owners]:
        """Move the recent marks of the fullest parts to those parts."""
        leaving: dict[int, dict[int, Owners]] = {}
        for mark, owners in recent.items():
            leaving.setdefault(_part_of(mark), {})[mark & _REST] = owners
        fullest = sorted(leaving, key=lambda part: (-len(leaving[part]), part))[:_SPILL]
        self._ready(fullest)
        for part in fullest:
            self.size -= self._parts[part].add(leaving[part])
            self._changed.add(part)
        moved = set(fullest)
        self._recent = {m: n for m, n in recent.items() if _part_of(m) not in moved}
        self._changed.add(RECENT)
        return self._recent


class _Part:
    """Older marks, sorted: what is left of each beside the part's number, the owner of its first
    token, and for those whose tokens had several owners all of them, by place. What was added
    since they were loaded is sorted in when they are stored."""

    def __init__(self, rests: array[int], firsts: array[int], mixed: dict[int, Owners]) -> None:
        self.rests = rests
        self.firsts = firsts
        self.mixed = mixed
        self.added: dict[int, Owners] = {}

    def find(self, rest: int) -> Owners | None:
        at = bisect_left(self.rests, rest)
        if at < len(self.rests) and self.rests[at] == rest:
            return self._owners(at)
        return self.added.get(rest)

    def add(self, new: dict[int, Owners]) -> int:
        """Add marks but for those that are known: the first time counts. How many those are."""
        fresh = {rest: owners for rest, owners in new.items() if self.find(rest) is None}
        self.added.update(fresh)
        return len(new) - len(fresh)

    def packed(self) -> bytes:
        if self.added:
            self._sort_in()
        return _squeeze(self.rests, self.firsts, *_columns(self.mixed))

    def _sort_in(self) -> None:
        owners = {rest: self._owners(at) for at, rest in enumerate(self.rests)}
        owners.update(self.added)
        order = sorted(owners)
        self.added = {}
        self.rests = array("I", order)
        self.firsts = array("Q", [owners[rest][0] for rest in order])
        self.mixed = _mixed([owners[rest] for rest in order])

    def _owners(self, at: int) -> Owners:
        owner = self.firsts[at]
        return self.mixed.get(at) or (owner, owner, owner, owner)


def _mixed(owners: Sequence[Owners]) -> dict[int, Owners]:
    """Those that are not four times the same, by place."""
    return {at: each for at, each in enumerate(owners) if each.count(each[0]) < GRAM}


def _columns(mixed: dict[int, Owners]) -> list[array[int]]:
    """Places, steps between them, and the owners of the second, third and fourth token."""
    columns = [array("I", mixed)]
    columns += [array("Q", [owners[shift] for owners in mixed.values()]) for shift in (1, 2, 3)]
    return columns


def _unpacked(stored: bytes) -> _Part:
    rests, firsts, places, *others = _spread(stored)
    mixed = {
        at: (firsts[at], two, three, four)
        for at, two, three, four in zip(places, *others, strict=True)
    }
    return _Part(rests, firsts, mixed)


def _part_of(mark: int) -> int:
    return (mark >> _REST_BITS) + 1


def _pack_recent(recent: dict[int, Owners], size: int) -> bytes:
    """In the order of burial: the owners of neighbours are alike."""
    owners = list(recent.values())
    firsts = array("Q", [each[0] for each in owners])
    mixed = _mixed(owners)
    return _squeeze(array("I", recent), firsts, *_columns(mixed), array("Q", [size]))


def _unpack_recent(stored: bytes) -> tuple[dict[int, Owners], int]:
    keys, firsts, places, two, three, four, (size,) = _spread(stored)
    owners: list[Owners] = [(each, each, each, each) for each in firsts]
    for at, b, c, d in zip(places, two, three, four, strict=True):
        owners[at] = (firsts[at], b, c, d)
    return dict(zip(keys, owners, strict=True)), size


def _squeeze(*columns: array[int]) -> bytes:
    """Columns of numbers, each byte of a number in a row of its own: high bytes are alike."""
    rows = [bytes([len(columns)])]
    for column in columns:
        rows.append(column.typecode.encode() + len(column).to_bytes(4, "little"))
    for column in columns:
        data = _bytes(column)
        rows += [data[place :: column.itemsize] for place in range(column.itemsize)]
    return zstandard.compress(b"".join(rows), _LEVEL)


def _spread(stored: bytes) -> list[array[int]]:
    """The columns again."""
    data = zstandard.decompress(stored)
    at = 1 + 5 * data[0]
    columns = []
    for head in range(1, at, 5):
        count = int.from_bytes(data[head + 1 : head + 5], "little")
        column = array(data[head : head + 1].decode())
        whole = bytearray(count * column.itemsize)
        for place in range(column.itemsize):
            whole[place :: column.itemsize] = data[at : at + count]
            at += count
        column.frombytes(bytes(whole))
        columns.append(column if sys.byteorder == "little" else _swapped(column))
    return columns


def _bytes(column: array[int]) -> bytes:
    return column.tobytes() if sys.byteorder == "little" else _swapped(column).tobytes()


def _swapped(column: array[int]) -> array[int]:
    turned = column[:]
    turned.byteswap()
    return turned
