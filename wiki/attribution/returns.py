"""Text that comes back, and text that is copied: whose it was before."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.attribution.alignment import align
from wiki.attribution.board import COPY, RECALL, Evidence
from wiki.attribution.credit import NOBODY, Credit
from wiki.attribution.lines import Reading, holes
from wiki.attribution.memory import GRAM, Memory, marks
from wiki.attribution.version import RecallVersion, Version

Gram = tuple[str, ...]  # consecutive words

_ASKED = 4  # old revisions read again for one save, at most
_LARGE = 40  # new tokens from which on another revision may be the better base …
_LARGE_SHARE = 0.15  # … if they are this share of the text
_PLACES = 8  # places in the old revision tried for one mark
_COPIED = 6  # tokens a copy has at least
_GROWTH = 4  # steps of comparison allowed for each token, in one old revision


@dataclass(frozen=True, slots=True)
class Gap:
    """A new text, revision `number`, some of whose tokens have nobody yet; they are filled in."""

    new: Reading
    credits: list[Credit]
    evidence: Evidence
    number: int

    def open(self) -> Iterator[tuple[int, int]]:
        """The stretches that have nobody."""
        return holes(self.credits, NOBODY, 0, len(self.credits))

    def is_large(self) -> bool:
        """Whether so much is unknown that an old revision may be the better base."""
        unknown = self.credits.count(NOBODY)
        return unknown > _LARGE and unknown > _LARGE_SHARE * len(self.credits)


def fill_from_memory(gap: Gap, memory: Memory, recall: RecallVersion) -> list[int]:
    """Give returning passages their first owners: the memory says which old revisions to ask.

    The revision that most of the unknown marks name is asked first. If much of the text is
    unknown, it is laid beside that revision as a whole, as after a vandal's save. Returns the
    revisions asked.
    """
    known = _recognised(gap, memory)
    asked: list[int] = []
    while len(asked) < _ASKED:
        known = [(at, number) for at, number in known if NOBODY in gap.credits[at : at + GRAM]]
        votes = Counter(number for _, number in known if number not in asked)
        if not votes:
            break
        number = max(votes, key=lambda number: (votes[number], number))
        asked.append(number)
        old = recall(number)
        if old is None:
            continue
        if len(asked) == 1 and gap.is_large():
            _rebase(gap, old)
        _fill(gap, old, math.log2(memory.size + len(old.credits) + 1) + RECALL)
    return asked


def fill_from_lately(
    gap: Gap, head: Reading, lately: Sequence[int], recall: RecallVersion
) -> list[int]:
    """If much of the text is unknown, lay it beside the recent revision that it shares most of
    its lines with, unless that is the head: after a vandal's save the one before is the base.

    Returns the revision taken, in a list, or an empty one.
    """
    if not gap.is_large():
        return []
    lines = set(gap.new.lines)
    best, most = None, _shared(lines, head)
    for number in lately:
        old = recall(number)
        if old is not None and _shared(lines, old.reading) > most:
            best, most = (number, old), _shared(lines, old.reading)
    if best is None:
        return []
    _rebase(gap, best[1])
    return [best[0]]


def _shared(lines: set[str], reading: Reading) -> int:
    return sum(map(len, lines.intersection(reading.lines)))


def fill_copies(gap: Gap, old: Version) -> None:
    """Give text that was copied from elsewhere on the page to the owners of the original."""
    wanted = _copied(gap)
    if not wanted:
        return
    words = old.reading.words
    index = _places(words, wanted, _COPIED, 1)
    filler = _Filler(gap, old, math.log2(len(words) + 1) + COPY)
    for start, stop in list(gap.open()):
        filler.fill(start, stop, index, _COPIED, bound=(start, stop))


def _copied(gap: Gap) -> set[Gram]:
    """The runs of new words that may be copies, because each of their words is on the page."""
    new, counts = gap.new.words, gap.evidence.counts
    wanted: set[Gram] = set()
    for start, stop in gap.open():
        known = start
        for at in range(start, stop):
            if new[at] not in counts:
                known = at + 1
            elif at - known >= _COPIED - 1:
                wanted.add(tuple(new[at - _COPIED + 1 : at + 1]))
    return wanted


def _places(
    words: Sequence[str], wanted: set[Gram], size: int, most: int
) -> dict[Gram, list[int]]:
    """Where the wanted runs of `size` words stand, the first `most` places of each."""
    index: dict[Gram, list[int]] = {}
    grams = zip(*(words[shift:] for shift in range(size)), strict=False)
    for place, gram in enumerate(grams):
        if gram in wanted:
            places = index.setdefault(gram, [])
            if len(places) < most:
                places.append(place)
    return index


def _recognised(gap: Gap, memory: Memory) -> list[tuple[int, int]]:
    """Where words nobody has been found for carry a known mark, and the revision it names.

    A mark may reach into the words around them.
    """
    reach = GRAM - 1
    placed: dict[int, int] = {}  # by place, so that marks of two holes are counted once
    for start, stop in gap.open():
        first = max(0, start - reach)
        placed.update(enumerate(marks(gap.new.words[first : stop + reach]), first))
    numbers = memory.find(placed.values())
    return [(at, numbers[mark]) for at, mark in placed.items() if mark in numbers]


def _rebase(gap: Gap, old: Version) -> None:
    """Lay the text beside an old revision; where that explains more, it goes first."""
    other = align(old.reading, gap.new, gap.evidence).carry(old.credits, gap.number)
    first, second = (
        (other, gap.credits)
        if other.count(NOBODY) < gap.credits.count(NOBODY)
        else (gap.credits, other)
    )
    gap.credits[:] = [a or b for a, b in zip(first, second, strict=True)]


def _fill(gap: Gap, old: Version, price: float) -> None:
    reach = GRAM - 1
    new = gap.new.words
    spans = [(max(0, start - reach), min(len(new), stop + reach)) for start, stop in gap.open()]
    wanted = {
        tuple(new[at : at + GRAM]) for start, stop in spans for at in range(start, stop - reach)
    }
    index = _places(old.reading.words, wanted, GRAM, _PLACES)
    filler = _Filler(gap, old, price)
    for start, stop in spans:
        filler.fill(start, stop, index, GRAM, bound=(0, len(new)))


class _Filler:
    """Fills unknown credits with those of the longest equal runs in an older text."""

    def __init__(self, gap: Gap, old: Version, price: float) -> None:
        self.old = old.reading.words
        self.old_credits = old.credits
        self.new = gap.new.words
        self.credits = gap.credits
        self.evidence = gap.evidence
        self.price = price
        self.work = _GROWTH * (len(self.old) + len(self.new)) + 100_000

    def fill(
        self,
        start: int,
        stop: int,
        index: dict[Gram, list[int]],
        size: int,
        bound: tuple[int, int],
    ) -> None:
        """From left to right, the longest run at each gram that the index knows."""
        at = start
        while at + size <= stop and self.work > 0:
            places = index.get(tuple(self.new[at : at + size]))
            if not places:
                at += 1
                continue
            begin, place, length = max(
                (self._grow(at, place, size, bound) for place in places), key=lambda run: run[2]
            )
            if self.evidence.run(self.new[begin : begin + length]) >= self.price:
                self._take(begin, place, length)
            at = max(begin + length - size + 1, at + 1)

    def _grow(
        self, at: int, place: int, size: int, bound: tuple[int, int]
    ) -> tuple[int, int, int]:
        """The whole run of equal words around a gram: its start, its old place, its length."""
        new, old = self.new, self.old
        right = size
        room = min(bound[1] - at, len(old) - place)
        while right < room and new[at + right] == old[place + right]:
            right += 1
        left = 0
        room = min(at - bound[0], place)
        while left < room and new[at - left - 1] == old[place - left - 1]:
            left += 1
        self.work -= left + right
        return at - left, place - left, left + right

    def _take(self, at: int, place: int, length: int) -> None:
        for step in range(length):
            if self.credits[at + step] == NOBODY:
                self.credits[at + step] = self.old_credits[place + step]
