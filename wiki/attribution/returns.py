"""Text that comes back, and text that is copied: whose it was before."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wiki.attribution.alignment import align
from wiki.attribution.board import COPY, RECALL, Evidence
from wiki.attribution.lines import Reading, holes
from wiki.attribution.memory import GRAM, Memory, marks

Gram = tuple[str, ...]  # consecutive words

NOBODY = 0  # the origin of a token that nobody has been found for yet
_ASKED = 4  # old revisions read again for one save, at most
_LARGE = 40  # new tokens from which on another revision may be the better base …
_LARGE_SHARE = 0.15  # … if they are this share of the text
_PLACES = 8  # places in the old revision tried for one mark
_COPIED = 6  # tokens a copy has at least
_GROWTH = 4  # steps of comparison allowed for each token, in one old revision


@dataclass(frozen=True, slots=True)
class Version:
    """A revision's text as read, and the origin of each of its tokens."""

    reading: Reading
    origins: list[int]


RecallVersion = Callable[[int], Version | None]


def fill_from_memory(
    new: Reading, origins: list[int], memory: Memory, recall: RecallVersion, evidence: Evidence
) -> list[int]:
    """Give returning passages their first owners: the memory says which old revisions to ask.

    The revision that most of the unknown marks name is asked first. If much of the text is
    unknown, it is laid beside that revision as a whole, as after a vandal's save. Returns the
    revisions asked.
    """
    known = _recognised(new.words, origins, memory)
    asked: list[int] = []
    while len(asked) < _ASKED:
        known = [(at, number) for at, number in known if NOBODY in origins[at : at + GRAM]]
        votes = Counter(number for _, number in known if number not in asked)
        if not votes:
            break
        number = max(votes, key=lambda number: (votes[number], number))
        asked.append(number)
        old = recall(number)
        if old is None:
            continue
        if len(asked) == 1 and _is_large(origins):
            _rebase(old, new, origins, evidence)
        price = math.log2(memory.size + len(old.origins) + 1) + RECALL
        _fill(old, new.words, origins, evidence, price)
    return asked


def fill_from_lately(
    new: Reading,
    origins: list[int],
    head: Reading,
    lately: Sequence[int],
    recall: RecallVersion,
    evidence: Evidence,
) -> list[int]:
    """If much of the text is unknown, lay it beside the recent revision that it shares most of
    its lines with, unless that is the head: after a vandal's save the one before is the base.

    Returns the revision taken, in a list, or an empty one.
    """
    if not _is_large(origins):
        return []
    lines = set(new.lines)
    best, most = None, _shared(lines, head)
    for number in lately:
        old = recall(number)
        if old is not None and _shared(lines, old.reading) > most:
            best, most = (number, old), _shared(lines, old.reading)
    if best is None:
        return []
    _rebase(best[1], new, origins, evidence)
    return [best[0]]


def _shared(lines: set[str], reading: Reading) -> int:
    return sum(map(len, lines.intersection(reading.lines)))


def fill_copies(old: Version, new: Sequence[str], origins: list[int], evidence: Evidence) -> None:
    """Give text that was copied from elsewhere on the page to the owners of the original."""
    open_holes = list(holes(origins, NOBODY, 0, len(origins)))
    wanted = _copied(new, open_holes, evidence)
    if not wanted:
        return
    words = old.reading.words
    index = _places(words, wanted, _COPIED, 1)
    price = math.log2(len(words) + 1) + COPY
    filler = _Filler(words, old.origins, new, origins, evidence, price)
    for start, stop in open_holes:
        filler.fill(start, stop, index, _COPIED, bound=(start, stop))


def _copied(new: Sequence[str], where: list[tuple[int, int]], evidence: Evidence) -> set[Gram]:
    """The runs of new words that may be copies, because each of their words is on the page."""
    counts = evidence.counts
    wanted: set[Gram] = set()
    for start, stop in where:
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


def _recognised(words: Sequence[str], origins: list[int], memory: Memory) -> list[tuple[int, int]]:
    """Where words nobody has been found for carry a known mark, and the revision it names.

    A mark may reach into the words around them.
    """
    reach = GRAM - 1
    placed: dict[int, int] = {}  # by place, so that marks of two holes are counted once
    for start, stop in holes(origins, NOBODY, 0, len(origins)):
        first = max(0, start - reach)
        placed.update(enumerate(marks(words[first : stop + reach]), first))
    numbers = memory.find(placed.values())
    return [(at, numbers[mark]) for at, mark in placed.items() if mark in numbers]


def _is_large(origins: list[int]) -> bool:
    unknown = origins.count(NOBODY)
    return unknown > _LARGE and unknown > _LARGE_SHARE * len(origins)


def _rebase(old: Version, new: Reading, origins: list[int], evidence: Evidence) -> None:
    """Lay the text beside an old revision; where that explains more, it goes first."""
    other = align(old.reading, new, evidence).carry(old.origins, NOBODY)
    first, second = (
        (other, origins) if other.count(NOBODY) < origins.count(NOBODY) else (origins, other)
    )
    origins[:] = [a or b for a, b in zip(first, second, strict=True)]


def _fill(
    old: Version, new: Sequence[str], origins: list[int], evidence: Evidence, price: float
) -> None:
    reach = GRAM - 1
    spans = [
        (max(0, start - reach), min(len(new), stop + reach))
        for start, stop in holes(origins, NOBODY, 0, len(origins))
    ]
    wanted = {
        tuple(new[at : at + GRAM]) for start, stop in spans for at in range(start, stop - reach)
    }
    words = old.reading.words
    index = _places(words, wanted, GRAM, _PLACES)
    filler = _Filler(words, old.origins, new, origins, evidence, price)
    for start, stop in spans:
        filler.fill(start, stop, index, GRAM, bound=(0, len(new)))


class _Filler:
    """Fills unknown origins with those of the longest equal runs in an older text."""

    def __init__(
        self,
        old: Sequence[str],
        old_origins: list[int],
        new: Sequence[str],
        origins: list[int],
        evidence: Evidence,
        price: float,
    ) -> None:
        self.old = old
        self.old_origins = old_origins
        self.new = new
        self.origins = origins
        self.evidence = evidence
        self.price = price
        self.work = _GROWTH * (len(old) + len(new)) + 100_000

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
            if self.origins[at + step] == NOBODY:
                self.origins[at + step] = self.old_origins[place + step]
