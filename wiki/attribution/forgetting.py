"""What is kept of a text that leaves the page, so that it is known when it comes back.

A small loss goes into the memory at once, as marks. A large one, a vandal's save perhaps, sets the
whole revision aside instead: most such texts are back after a save or two. What is not back by
then goes into the memory.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, repeat

from wiki.attribution.lines import Reading
from wiki.attribution.memory import GRAM, Memory, marks
from wiki.attribution.returns import is_large
from wiki.attribution.version import RecallVersion, Version

ASIDE = 4  # revisions set aside
Stretch = tuple[int, int]  # first token, token after the last


def lose(
    memory: Memory, old: Version, lost: Sequence[Stretch], aside: Sequence[int], number: int
) -> Sequence[int]:
    """Keep what revision `number` loses; returns the revisions that are set aside then."""
    if is_large(sum(stop - start for start, stop in lost), len(old.credits)):
        return [number, *(other for other in aside if other != number)]
    _bury(memory, old, lost)
    return aside


def bury_aside(
    memory: Memory, aside: Sequence[int], there: Reading, recall: RecallVersion
) -> None:
    """Put the revisions set aside into the memory, but for the lines that are there.

    Cost: reading each of these revisions.
    """
    if not aside:
        return
    kept = set(there.lines)
    for number in aside:
        old = recall(number)
        if old is not None:
            _bury(memory, old, lines_lost(old, kept))


def lines_lost(old: Version, kept: set[str]) -> list[Stretch]:
    """The lines of a text that are not among the kept ones, neighbours together."""
    found: list[Stretch] = []
    reading = old.reading
    ends = accumulate(reading.counts)
    for line, count, stop in zip(reading.lines, reading.counts, ends, strict=True):
        if count and line not in kept:
            start = stop - count
            if found and found[-1][1] == start:
                start = found.pop()[0]
            found.append((start, stop))
    return found


def _bury(memory: Memory, old: Version, lost: Sequence[Stretch]) -> None:
    memory.bury(chain.from_iterable(_owned_marks(old, stretch) for stretch in lost))


def _owned_marks(old: Version, lost: Stretch) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """The marks that hold a lost token, with the owners of their tokens."""
    start, stop = max(0, lost[0] - GRAM + 1), lost[1] + GRAM - 1
    credits = old.credits.between(start, min(stop, len(old.credits)))
    found = marks(old.reading.words[start:stop])
    if credits.count(credits[0]) == len(credits):  # as most of what is lost
        a = credits[0]
        return zip(found, repeat((a, a, a, a)), strict=False)
    owners = zip(credits, credits[1:], credits[2:], credits[3:], strict=False)
    return zip(found, owners, strict=True)
