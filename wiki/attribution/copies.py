"""Text that was copied from elsewhere on the page: it keeps the owners of the original."""

from collections.abc import Iterator, Sequence

from wiki.attribution.board import WORK_EACH, WORK_LEAST
from wiki.attribution.credit import origin_of
from wiki.attribution.lines import signs
from wiki.attribution.memory import GRAM
from wiki.attribution.returns import QUOTED, Gap, Stretch, is_quotation
from wiki.attribution.version import Version

_REACH = QUOTED - 1  # tokens around a gap that may belong to a quotation
_MANY = 400  # tokens looked for from which on an index pays
_PLACES = 8  # places on the page tried for one run of four words


def fill_copies(gap: Gap, old: Version) -> None:
    """Give text that was copied from elsewhere on the page to the owners of the original.

    Seven tokens in a row that touch an open stretch hold four that touch it and begin at every
    fourth place: those are looked for in the page's tokens as one string.
    """
    words = gap.new.words
    runs = [run for start, stop in gap.open for run in _known(gap, start, stop)]
    if not runs:
        return
    asked = sum(last - first for first, last, _ in runs)
    page = _Page(old, words, runs if asked > _MANY else [])
    for first, last, bound in runs:
        at = first
        page.look_for(first, last + GRAM)
        while at < last and page.work > 0:
            end = _copy(gap, page, at, bound)
            step = max(at + 1, end - GRAM + 1) if end else at + GRAM
            at = min(step, last - 1) if at < last - 1 else last
    gap.look_again()


def _known(gap: Gap, start: int, stop: int) -> Iterator[tuple[int, int, Stretch]]:
    """Of an open stretch: first and last place of four tokens to look for, and the quotation's
    bounds, for each run of tokens around it that are all on the page."""
    words, counts = gap.new.words, gap.evidence.counts
    first, end = max(0, start - _REACH), min(len(words), stop + _REACH)
    for at in [*(at for at in range(first, end) if words[at] not in counts), end]:
        if at - first >= QUOTED and first < stop and at > start and is_quotation(words[first:at]):
            last = min(stop, at - GRAM + 1)
            yield max(first, start - GRAM + 1), last, (first, at)
        first = at + 1


class _Page:
    """The page's tokens, to be searched for runs of four: as one string of a character each, or,
    if much is looked for, by an index of what the `indexed` runs of the new words ask for."""

    def __init__(
        self, old: Version, new: Sequence[str], indexed: list[tuple[int, int, Stretch]]
    ) -> None:
        self.words = old.reading.words
        self.credits = old.credits
        self._new = new
        self._index = _index(self.words, new, indexed)
        self._text = "" if indexed else old.reading.signs
        self._asked = ("", 0)  # the signs of a run of new words, and where it begins
        self.work = WORK_LEAST + WORK_EACH * (len(self.words) + len(new))  # as on a board

    def look_for(self, start: int, stop: int) -> None:
        """Get ready to be asked about four of these new tokens after the other."""
        if self._text:
            self._asked = signs(self._new[start:stop]), start

    def places(self, at: int) -> Iterator[int]:
        """Where the four new tokens from `at` on stand on the page: the first few places."""
        words = self._new[at : at + GRAM]
        if not self._text:
            yield from self._index.get(tuple(words), ())
            return
        asked, start = self._asked
        wanted = asked[at - start : at - start + GRAM]
        found = -1
        for _ in range(_PLACES):
            found = self._text.find(wanted, found + 1)
            if found < 0:
                return
            if self.words[found : found + GRAM] == words:
                yield found


def _index(
    words: Sequence[str], new: Sequence[str], runs: list[tuple[int, int, Stretch]]
) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = {
        tuple(new[at : at + GRAM]): [] for first, last, _ in runs for at in range(first, last)
    }
    if index:
        for place, gram in enumerate(zip(words, words[1:], words[2:], words[3:], strict=False)):
            places = index.get(gram)
            if places is not None and len(places) < _PLACES:
                places.append(place)
    return index


def _copy(gap: Gap, page: _Page, at: int, bound: Stretch) -> int:
    """Fill from the longest quotation around four tokens; returns where it ends, or 0."""
    words = gap.new.words
    best = (0, 0, 0, 0)  # length, the older the better, start, place
    for place in page.places(at):
        left, right = _grown(words, page.words, at, place, bound)
        page.work -= left + right
        if left + right >= max(QUOTED, best[0]):
            origin = origin_of(page.credits.between(place, place + 1)[0])
            best = max(best, (left + right, -origin, at - left, place - left))
    length, _, start, place = best
    if not is_quotation(words[start : start + length]):
        return 0
    gap.give(start, page.credits.between(place, place + length))
    return start + length


def _grown(
    new: Sequence[str], old: Sequence[str], at: int, place: int, bound: tuple[int, int]
) -> tuple[int, int]:
    """How far the texts agree to the left, and to the right counted from `at`."""
    right = GRAM
    room = min(bound[1] - at, len(old) - place)
    while right < room and new[at + right] == old[place + right]:
        right += 1
    left = 0
    room = min(at - bound[0], place)
    while left < room and new[at - left - 1] == old[place - left - 1]:
        left += 1
    return left, right
