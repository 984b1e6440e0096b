"""Text that was copied from elsewhere on the page: it keeps the owners of the original."""

from collections.abc import Iterator, Sequence

from wiki.attribution.board import WORK_EACH, WORK_LEAST
from wiki.attribution.credit import origin_of
from wiki.attribution.lines import as_one
from wiki.attribution.memory import GRAM
from wiki.attribution.returns import QUOTED, Gap, Stretch, is_quotation
from wiki.attribution.version import Version

_REACH = QUOTED - 1  # tokens around a gap that may belong to a quotation
_MANY = 400  # tokens looked for from which on an index pays
_PLACES = 8  # places on the page tried for one run of four words


def fill_copies(gap: Gap, old: Version) -> None:
    """Give text that was copied from elsewhere on the page to the owners of the original.

    Seven tokens in a row that touch an open stretch hold four that touch it and begin at every
    fourth place: those are looked for in the page's tokens as one string, at C speed.
    """
    words = gap.new.words
    runs = [run for start, stop in gap.open for run in _known(gap, start, stop)]
    if not runs:
        return
    asked = sum(last - first for first, last, _ in runs)
    page = _Page(old, words, runs if asked > _MANY else [])
    for first, last, bound in runs:
        at = first
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
    for at in range(first, end + 1):
        if at == end or words[at] not in counts:
            if is_quotation(words[first:at]) and first < stop and at > start:
                last = min(stop, at - GRAM + 1)
                yield max(first, start - GRAM + 1), last, (first, at)
            first = at + 1


class _Page:
    """The page's tokens, to be searched for runs of four: as one string between spaces, or, if
    much is looked for, by an index of what the `indexed` runs of the new words ask for."""

    def __init__(
        self, old: Version, new: Sequence[str], indexed: list[tuple[int, int, Stretch]]
    ) -> None:
        self.words = old.reading.words
        self.credits = old.credits
        self._new = new
        self._index = _index(self.words, new, indexed)
        self._text = "" if indexed else as_one(old.reading.lines)
        self.work = WORK_LEAST + WORK_EACH * (len(self.words) + len(new))  # as on a board

    def places(self, at: int, bound: Stretch) -> Iterator[int]:
        """Where the four new tokens from `at` on stand on the page within something that may be
        a quotation: the first few places."""
        words = self._new[at : at + GRAM]
        if not self._text:
            yield from self._index.get(tuple(words), ())
            return
        wanted = f" {' '.join(words)} "
        before, after = self._new[bound[0] : at], self._new[at + GRAM : bound[1]]
        found = -1
        for _ in range(_PLACES):
            found = self._text.find(wanted, found + 1)
            if found < 0:
                return
            if _agrees(self._text, found, found + len(wanted), before, after):
                yield self._text.count(" ", 0, found)


def _agrees(text: str, start: int, stop: int, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether three tokens beside a place in the page's text are the expected ones, too."""
    more = QUOTED - GRAM
    for word in after[:more]:
        if not text.startswith(f"{word} ", stop):
            break
        stop += len(word) + 1
        more -= 1
    for word in before[: -more - 1 : -1] if more else ():
        start -= len(word) + 1
        if not text.startswith(f" {word} ", start):
            break
        more -= 1
    return more == 0


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
    for place in page.places(at, bound):
        left, right = _grown(words, page.words, at, place, bound)
        page.work -= left + right
        run = (left + right, -origin_of(page.credits[place]), at - left, place - left)
        best = max(best, run)
    length, _, start, place = best
    if not is_quotation(words[start : start + length]):
        return 0
    gap.give(start, page.credits[place : place + length])
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
