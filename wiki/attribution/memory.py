"""The memory of deleted text: marks of four words, each with the owners these words had.

The memory holds no text. A mark is a hash of four consecutive tokens, two of them words; what is
on the page again is recognised by a chain of marks, and each mark says whose its tokens were when
they were first deleted. Seven tokens in a row, four of them words, hold at least one mark.

Marks live in parts, so that a save reads and writes little whatever the age of a page: part 0
holds the recent ones, the others the older ones by the leading bits of the mark.
"""

from __future__ import annotations  # array[int] is a type only for the checker

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

from wiki.attribution.columns import spread, squeeze
from wiki.attribution.credit import Credit

GRAM = 4  # tokens of a mark
RECENT = 0  # the part of recent marks
RECENT_MOST = 2048  # marks in it
PARTS = 64  # parts of older marks, numbered from 1
_SPILL = 12  # parts written when the recent marks are too many
_DROPPED = 2  # low bits of the hash
_REST_BITS = 24  # bits of a mark beside those that name its part
_REST = (1 << _REST_BITS) - 1

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
            self._parts[part] = _Part(stored.get(part))

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
    """Older marks, sorted: what is left of each beside the part's number, and the owners of its
    tokens, which are unfolded when a mark is found. What was added since they were loaded is
    sorted in when they are stored."""

    def __init__(self, stored: bytes | None) -> None:
        self.rests = array("I")
        self.added: dict[int, Owners] = {}
        self._folded = b""
        self._owners: list[Owners] | None = None
        if stored:
            size = int.from_bytes(stored[:4], "little")
            (self.rests,) = spread(stored[4 : 4 + size])
            self._folded = stored[4 + size :]

    def find(self, rest: int) -> Owners | None:
        at = bisect_left(self.rests, rest)
        if at < len(self.rests) and self.rests[at] == rest:
            return self._all_owners()[at]
        return self.added.get(rest)

    def add(self, new: dict[int, Owners]) -> int:
        """Add marks but for those that are known: the first time counts. How many those are."""
        fresh = {rest: owners for rest, owners in new.items() if self.find(rest) is None}
        self.added.update(fresh)
        return len(new) - len(fresh)

    def packed(self) -> bytes:
        if self.added:
            owners = dict(zip(self.rests, self._all_owners(), strict=True)) | self.added
            order = sorted(owners)
            self.added = {}
            self.rests = array("I", order)
            self._owners = [owners[rest] for rest in order]
        rests = squeeze(self.rests)
        return len(rests).to_bytes(4, "little") + rests + squeeze(*_columns(self._all_owners()))

    def _all_owners(self) -> list[Owners]:
        if self._owners is None:
            self._owners = _owners_of(spread(self._folded)) if self._folded else []
        return self._owners


def _columns(owners: Sequence[Owners]) -> list[array[int]]:
    """The owner of the first token of each mark; then the places of those whose tokens had several
    owners, and the owners of their second, third and fourth token."""
    firsts = array("Q", [each[0] for each in owners])
    places = [at for at, (a, b, c, d) in enumerate(owners) if not a == b == c == d]
    others = [array("Q", [owners[at][shift] for at in places]) for shift in (1, 2, 3)]
    return [firsts, array("I", places), *others]


def _owners_of(columns: Sequence[array[int]]) -> list[Owners]:
    """The owners again."""
    firsts, places, *others = columns
    owners: list[Owners] = list(zip(firsts, firsts, firsts, firsts, strict=True))
    for at, two, three, four in zip(places, *others, strict=True):
        owners[at] = (firsts[at], two, three, four)
    return owners


def _part_of(mark: int) -> int:
    return (mark >> _REST_BITS) + 1


def _pack_recent(recent: dict[int, Owners], size: int) -> bytes:
    """In the order of burial: the owners of neighbours are alike."""
    columns = _columns(list(recent.values()))
    return squeeze(array("I", recent), array("Q", [size]), *columns)


def _unpack_recent(stored: bytes) -> tuple[dict[int, Owners], int]:
    keys, (size,), *columns = spread(stored)
    return dict(zip(keys, _owners_of(columns), strict=True)), size
