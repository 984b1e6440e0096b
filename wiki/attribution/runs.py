"""The credits of a text as runs, in a form that is cut, joined and stored at C speed.

A run is a record of four bytes: its tokens (1 to 255; a longer run takes several records), and in
the other three, the lowest first, the revision they come from. A record without tokens names the
revision that mended the run after it. So a page may have 16,777,215 revisions.
"""

from __future__ import annotations  # array[int] is a type only for the checker

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count, islice, repeat
from operator import lshift, ne, or_, sub

from wiki.attribution.credit import LARGEST, Credit, fixer_of, mended, origin_of

RECORD = 4  # bytes
Run = tuple[int, int]  # how often a number stands, and the number

_LONGEST = 255  # tokens of one record
_SHIFT = 8
_BLOCK = 256  # records


class Credits:
    """One credit for each token of a text; never changed.

    Where a token's record is, is found by the sums of blocks of records, and the records of one
    block: a save asks for a few tokens, most of them near each other.
    """

    __slots__ = ("_blocks", "_known", "records")

    def __init__(self, records: bytes = b"") -> None:
        self.records = records
        self._blocks: list[int] = []  # tokens up to the end of each block; empty: not counted yet
        self._known: dict[int, list[int]] = {}  # the same for the records of a block

    @classmethod
    def of(cls, credits: Sequence[Credit]) -> Credits:
        """From one credit a token."""
        return cls(to_records(credits))

    def __len__(self) -> int:
        return self._sums()[-1] if self.records else 0

    def __iter__(self) -> Iterator[Credit]:
        return iter(from_records(self.records))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Credits) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # two forms may say the same

    def between(self, start: int, stop: int) -> list[Credit]:
        """The credits of the tokens from start up to stop. Cost: their runs."""
        if start >= stop:
            return []
        first, last = self._with(start), self._until(stop)
        if first + 1 == last:  # as most stretches of a page with few authors
            return from_records(self.records[first * RECORD : last * RECORD])[: stop - start]
        shift = self._before(first)
        found = from_records(self.records[first * RECORD : last * RECORD])
        return found[start - shift : stop - shift]

    def replaced(self, head: int, tail: int, middle: Sequence[Credit]) -> Credits:
        """So many tokens kept at the start and at the end, and between them `middle`.

        Cost: the middle, and the bytes copied.
        """
        size = len(self)
        left, right = self._cut(head)[0], self._cut(size - tail)[1]
        return Credits(_joined(_joined(left, to_records(middle)), right))

    def _cut(self, token: int) -> tuple[bytes, bytes]:
        """The records before a token and those from it on; a run around it is cut in two."""
        if token >= len(self):
            return self.records, b""
        at = self._with(token)
        left, right = self.records[: at * RECORD], self.records[at * RECORD :]
        before = token - self._before(at)
        if before:
            run = right[: RECORD if right[0] else 2 * RECORD]
            mender, owner = run[:-RECORD], run[1 - RECORD :]
            left += mender + bytes((before,)) + owner
            rest = bytes((run[-RECORD] - before,))
            right = mender + rest + owner + right[len(run) :]
        return left, right

    def _with(self, token: int) -> int:
        """The record with which the run of this token begins."""
        block = bisect_right(self._sums(), token)
        at = block * _BLOCK
        if at * RECORD < len(self.records):
            at += bisect_right(self._ends(block), token)
        return at - 1 if at and not self.records[(at - 1) * RECORD] else at

    def _until(self, token: int) -> int:
        """The record after the one in which the tokens before this one end."""
        if not token:
            return 0
        block = bisect_left(self._sums(), token)
        return block * _BLOCK + bisect_left(self._ends(block), token) + 1

    def _before(self, record: int) -> int:
        """Tokens before a record."""
        block, at = divmod(record, _BLOCK)
        if at:
            return self._ends(block)[at - 1]
        return self._sums()[block - 1] if block else 0

    def _sums(self) -> list[int]:
        if not self._blocks:
            lengths = self.records[::RECORD]
            blocks = range(0, len(lengths), _BLOCK)
            self._blocks = list(accumulate(sum(lengths[at : at + _BLOCK]) for at in blocks))
        return self._blocks

    def _ends(self, block: int) -> list[int]:
        ends = self._known.get(block)
        if ends is None:
            size = _BLOCK * RECORD
            lengths = self.records[block * size : (block + 1) * size : RECORD]
            before = self._blocks[block - 1] if block else 0
            ends = self._known[block] = list(accumulate(lengths, initial=before))[1:]
        return ends


def _joined(left: bytes, right: bytes) -> bytes:
    """Records one after the other; runs of one revision that meet become one where one has room,
    but for those that were mended."""
    if (
        left[1 - RECORD :] == right[1:RECORD]
        and left
        and left[-RECORD] + right[0] <= _LONGEST
        and right[0]
        and (len(left) == RECORD or left[-2 * RECORD])
    ):
        length = bytes((left[-RECORD] + right[0],))
        return b"".join((left[:-RECORD], length, right[1:]))
    return left + right


def to_records(numbers: Sequence[Credit]) -> bytes:
    """One credit a token, or one setter a value, as records; at C speed but for runs that are
    very long or were mended."""
    starts, lengths = _edges(numbers)
    owners = list(map(numbers.__getitem__, starts))
    if max(lengths, default=0) > _LONGEST or max(owners, default=0) > LARGEST:
        odd = map(or_, map(_LONGEST.__lt__, lengths), map(LARGEST.__lt__, owners))
        for at in reversed(list(compress(count(), odd))):
            split = _split(lengths[at], owners[at])
            lengths[at : at + 1], owners[at : at + 1] = zip(*split, strict=True)
    moved = map(lshift, owners, repeat(_SHIFT))
    return _little(array("I", map(or_, lengths, moved))).tobytes()


def _split(length: int, credit: Credit) -> list[Run]:
    """A run as its records: tokens and revision of each."""
    found: list[Run] = []
    fixer = fixer_of(credit)
    for rest in range(length, 0, -_LONGEST):
        if fixer:
            found.append((0, fixer))
        found.append((min(rest, _LONGEST), origin_of(credit)))
    return found


def from_records(records: bytes) -> list[Credit]:
    """The numbers again. ValueError if the records are damaged."""
    if len(records) % RECORD:
        raise ValueError("the spans end in the middle of a record")
    lengths = records[::RECORD]
    moved = bytearray(len(records))
    for place in range(1, RECORD):
        moved[place - 1 :: RECORD] = records[place::RECORD]
    owners = _little(array("I", bytes(moved))).tolist()
    at = lengths.find(0)
    while at >= 0 and at + 1 < len(owners):
        owners[at + 1] = mended(owners[at + 1], owners[at])
        at = lengths.find(0, at + 1)
    return list(chain.from_iterable(map(repeat, owners, lengths)))


def runs_of(numbers: Sequence[int]) -> list[Run]:
    """Shorten numbers to runs; at C speed but for the runs."""
    starts, lengths = _edges(numbers)
    return list(zip(lengths, map(numbers.__getitem__, starts), strict=True))


def _edges(numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where runs of equal numbers begin, and how long they are."""
    if not numbers:
        return [], []
    starts = [0, *compress(count(1), map(ne, numbers, islice(numbers, 1, None)))]
    return starts, list(map(sub, [*starts[1:], len(numbers)], starts))


def _little(numbers: array[int]) -> array[int]:
    """Numbers with the lowest byte first, or from there."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
