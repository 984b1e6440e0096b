"""Marks of deleted text and their owners, as one part of the memory keeps them.

Marks that have the same owners stand together, so that owners cost next to nothing. All is columns
of numbers, read where a mark is found: most parts are loaded to learn that it is not there.
"""

from __future__ import annotations  # array[int] is a type only for the checker

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, groupby, pairwise, repeat
from operator import itemgetter

from wiki.attribution.columns import spread, squeeze
from wiki.attribution.memory import Owners

_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_FEW = 4  # marks that are sought one by one
_COUNTS = bytes(number.bit_count() for number in range(256))
Grave = tuple[int, Owners]


class _Runs:
    """Owners of runs of marks: how long a run is, the owner of the first token, in bits which of
    the other tokens have another owner than the token before, and those owners."""

    def __init__(self, columns: Sequence[array[int]] = ()) -> None:
        self.columns = columns or (array("I"), array("Q"), array("B"), array("Q"))
        self._lengths, self._firsts, self._changes, self._others = self.columns

    def extend(self, owners: Iterable[Owners]) -> None:
        """Note the owners of more marks."""
        last = self._owners(len(self._firsts) - 1, len(self._others)) if self._firsts else None
        for each, run in groupby(owners):
            length = sum(1 for _ in run)
            if each == last:
                self._lengths[-1] += length
                continue
            a, b, c, d = each
            self._lengths.append(length)
            self._firsts.append(a)
            self._changes.append((a != b) | (b != c) << 1 | (c != d) << 2)
            self._others.extend([two for one, two in pairwise(each) if one != two])
            last = each

    def at(self, places: Iterable[int]) -> list[Owners]:
        """The owners of the marks at these places."""
        ends = list(accumulate(self._lengths))
        runs = [bisect_right(ends, place) for place in places]
        counts = self._changes.tobytes().translate(_COUNTS)
        return [self._owners(run, sum(counts[: run + 1])) for run in runs]

    def all(self) -> Iterable[Owners]:
        """The owners of every mark. ValueError if they are cut off."""
        counts = self._changes.tobytes().translate(_COUNTS)
        if sum(counts) != len(self._others) or len(self._changes) != len(self._firsts):
            raise ValueError("the stored owners are cut off")
        owners = map(self._owners, range(len(self._firsts)), accumulate(counts))
        return chain.from_iterable(map(repeat, owners, self._lengths))

    def _owners(self, run: int, end: int) -> Owners:
        """The owners of a run whose last change is before `end`."""
        change = self._changes[run]
        a = self._firsts[run]
        if not change:
            return a, a, a, a
        at = end - _COUNTS[change]
        b = self._others[at] if change & 1 else a
        at += change & 1
        c = self._others[at] if change & 2 else b
        return a, b, c, self._others[end - 1] if change & 4 else c


class Graves:
    """Marks in an order, and their owners."""

    def __init__(self, stored: bytes = b"") -> None:
        self._stored = stored  # as loaded, while nothing has changed
        (self.marks,) = spread(stored, 1) if stored else (array("I"),)
        self._loaded = None if stored else _Runs()

    def __len__(self) -> int:
        return len(self.marks)

    @property
    def _runs(self) -> _Runs:
        if self._loaded is None:
            self._loaded = _Runs(spread(self._stored)[1:])
        return self._loaded

    def to_bytes(self) -> bytes:
        """The stored form."""
        if not self._stored:
            self._stored = squeeze(self.marks, *self._runs.columns)
        return self._stored

    def find(self, wanted: set[int]) -> dict[int, Owners]:
        """The owners of those of these marks that are here. Cost: one pass at C speed."""
        if len(wanted) > _FEW:
            wanted = wanted.intersection(self.marks)
        places = {mark: place for mark in wanted if (place := self._place(mark)) >= 0}
        if not places:
            return {}
        return dict(zip(places, self._runs.at(places.values()), strict=True))

    def _place(self, mark: int) -> int:
        """Where a mark stands, or -1; sought in the bytes, which makes no number of any other."""
        data, wanted = self.marks.tobytes(), array("I", (mark,)).tobytes()
        at = data.find(wanted)
        while at % len(wanted) and at >= 0:
            at = data.find(wanted, at + 1)
        return at // len(wanted)

    def add(self, new: Iterable[Grave]) -> int:
        """Add marks but for those that are here: the first time counts. How many were added."""
        fresh: dict[int, Owners] = {}
        for mark, owners in new:
            fresh.setdefault(mark, owners)
        for mark in set(fresh).intersection(self.marks):
            del fresh[mark]
        if fresh:
            self._runs.extend(fresh.values())
            self._stored = b""
            self.marks.extend(fresh)
        return len(fresh)

    def all(self) -> list[Grave]:
        """Every mark and its owners."""
        return list(zip(self.marks, self._runs.all(), strict=True))

    def keep(self, graves: Sequence[Grave]) -> None:
        """Hold these and no others, in this order."""
        self._stored, self._loaded = b"", _Runs()
        self.marks = array("I", map(_FIRST, graves))
        self._loaded.extend(map(_SECOND, graves))

    def order(self) -> None:
        """The order that takes least, which depends on nothing but what is here."""
        self.keep(sorted(self.all(), key=itemgetter(1, 0)))
