"""Text that comes back: whose it was before.

Seven tokens in a row, four of them words and five of them different, are a quotation and no
coincidence, and so is a shorter run if its words are rare enough to pay for the pointer. What
stands around a gap counts as part of a run: a word that returns to its old place between old
neighbours returns to its author.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.attribution.alignment import align
from wiki.attribution.board import RECALL, Evidence
from wiki.attribution.credit import NOBODY, Credit
from wiki.attribution.lines import Reading, holes
from wiki.attribution.memory import GRAM, Memory, Owners, marks
from wiki.attribution.version import RecallVersion, Version
from wiki.text.tokens import is_word

QUOTED = 7  # tokens of a quotation at least …
_WORDS = 4  # … and words among them …
_DIFFERENT = 5  # … and different tokens
_REACH = QUOTED - 1  # tokens around a gap that may belong to a quotation
_LARGE = 40  # tokens from which on another revision may be the better base …
_LARGE_SHARE = 0.15  # … if they are this share of the text
_SEEN = 60  # tokens of a run that are looked at for that
_SCRAP = 12.0  # bits that part of a stretch must prove by itself
_FEW = 60  # open tokens
_BRIDGE = 4  # marks in a row that prove nothing within a chain of known ones

Stretch = tuple[int, int]  # first token, token after the last


@dataclass(slots=True)
class Gap:
    """A new text, revision `number`, some of whose tokens have nobody yet; they are filled in.
    `credits` are those of the tokens from `head` on, up to where the old text goes on; `open` are
    the stretches that have nobody."""

    new: Reading
    head: int
    tail: int
    credits: list[Credit]
    evidence: Evidence
    number: int
    open: list[Stretch]
    changed: bool = False  # since it was looked at

    def is_large(self) -> bool:
        """Whether so much is unknown that an old revision may be the better base."""
        return is_large(sum(stop - start for start, stop in self.open), len(self.new.words))

    def look_again(self) -> None:
        """Find what is still open of the open stretches."""
        if not self.changed:
            return
        self.changed = False
        self.open = [hole for start, stop in self.open for hole in self._holes(start, stop)]

    def around(self) -> list[tuple[int, int]]:
        """The open stretches with what may belong to a quotation around them, merged."""
        found: list[tuple[int, int]] = []
        for start, stop in self.open:
            start, stop = max(0, start - _REACH), min(len(self.new.words), stop + _REACH)
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, stop))
        return found

    def give(self, start: int, owners: Sequence[Credit]) -> None:
        """Fill the open places from `start` on, but for a scrap of a stretch that goes on: a new
        sentence does not owe its full stop to the old one that follows it."""
        for left, right in self._holes(start, start + len(owners)):
            whole = self._ends(left - 1) and self._ends(right)
            if whole or self.evidence.run(self.new.words[left:right]) >= _SCRAP:
                self.own(left, owners[left - start : right - start])
                self.changed = True

    def own(self, start: int, owners: Sequence[Credit]) -> None:
        """Give the tokens from `start` on these owners, whatever they had."""
        at = start - self.head
        self.credits[at : at + len(owners)] = owners

    def _ends(self, at: int) -> bool:
        """Whether an open stretch beside this token ends there."""
        at -= self.head
        return not 0 <= at < len(self.credits) or self.credits[at] != NOBODY

    def _holes(self, start: int, stop: int) -> list[Stretch]:
        """The open stretches between two tokens."""
        head = self.head
        stop = min(stop - head, len(self.credits))
        found = holes(self.credits, NOBODY, max(start - head, 0), stop)
        return [(left + head, right + head) for left, right in found]


def is_large(tokens: int, of: int) -> bool:
    """Whether so many of a text's tokens are much of it."""
    return tokens > _LARGE and tokens > _LARGE_SHARE * of


def is_quotation(words: Sequence[str]) -> bool:
    """Whether a run of tokens is too long and too varied to be a coincidence."""
    words = words[:_SEEN]
    return (
        len(words) >= QUOTED
        and len(set(words)) >= _DIFFERENT
        and sum(map(is_word, words)) >= _WORDS
    )


def fill_from_aside(gap: Gap, head: Version, aside: Sequence[int], recall: RecallVersion) -> bool:
    """Lay a text of which much is unknown beside the revision set aside that it shares most of
    its lines with, unless that is the head. Whether there was one.
    """
    lines = set(gap.new.lines)
    best, most = None, _shared(lines, head.reading)
    for number in aside:
        old = recall(number)
        if old is not None and _shared(lines, old.reading) > most:
            best, most = old, _shared(lines, old.reading)
    if best is None:
        return False
    _rebase(gap, head, best)
    return True


def _shared(lines: set[str], reading: Reading) -> int:
    return sum(map(len, lines.intersection(reading.lines)))


def _rebase(gap: Gap, head: Version, old: Version) -> None:
    """Lay the text beside an old revision too; the one that explains more goes first."""
    beside = align(old.reading, gap.new, gap.evidence)
    other = _whole(old, beside.head, beside.tail, beside.carry(old.credits, gap.number))
    mine = _whole(head, gap.head, gap.tail, gap.credits)
    first, second = (other, mine) if other.count(NOBODY) < mine.count(NOBODY) else (mine, other)
    gap.head = gap.tail = 0
    gap.credits = [a or b for a, b in zip(first, second, strict=True)]
    gap.open = list(holes(gap.credits, NOBODY, 0, len(gap.credits)))


def _whole(old: Version, head: int, tail: int, middle: list[Credit]) -> list[Credit]:
    """A credit for each token of a text that has both ends in common with an old one."""
    size = len(old.credits)
    return [*old.credits.between(0, head), *middle, *old.credits.between(size - tail, size)]


def fill_from_memory(gap: Gap, memory: Memory) -> None:
    """Give returning passages their first owners, as the marks of deleted text remember them.

    Cost: the open stretches, and the parts of the memory that hold their marks.
    """
    words = gap.new.words
    if not _may_return(gap, memory):
        return
    asked = [(start, marks(words[start:stop])) for start, stop in gap.around()]
    known = memory.find(mark for _, found in asked for mark in found)
    if not known:
        return
    price = math.log2(memory.size + 1) + RECALL
    for start, found in asked:
        for first, last in _chains(found, known):
            run = words[start + first : start + last + GRAM]
            if is_quotation(run) or gap.evidence.run(run) >= price:
                gap.give(start + first, _owners(found[first : last + 1], known))
    gap.look_again()


def _may_return(gap: Gap, memory: Memory) -> bool:
    """Whether the memory knows a mark that holds an open token. Asked first where few are open:
    what people write is new, as a rule, and then the marks around it need not be looked up."""
    if sum(stop - start for start, stop in gap.open) > _FEW:
        return True
    around = GRAM - 1
    near = [
        marks(gap.new.words[max(0, start - around) : stop + around]) for start, stop in gap.open
    ]
    # a chain leads over tokens of which no mark proves anything
    return not all(map(any, near)) or bool(memory.find(mark for found in near for mark in found))


def _chains(found: Sequence[int], known: dict[int, Owners]) -> Iterator[tuple[int, int]]:
    """First and last place of each chain of known marks."""
    first = last = -1
    for place, mark in enumerate(found):
        if mark in known:
            if first < 0 or place - last > _BRIDGE or any(found[last + 1 : place]):
                if first >= 0:
                    yield first, last
                first = place
            last = place
    if first >= 0:
        yield first, last


def _owners(chain: Sequence[int], known: dict[int, Owners]) -> list[Credit]:
    """The owner of each token of a chain; where no mark says it, that of the token before."""
    owners = [NOBODY] * (len(chain) + GRAM - 1)
    for place, mark in enumerate(chain):
        for shift, owner in enumerate(known.get(mark, ())):
            if owners[place + shift] == NOBODY:
                owners[place + shift] = owner
    for place, owner in enumerate(owners):
        if owner == NOBODY:
            owners[place] = owners[place - 1]
    return owners
