"""A text as the engine reads it: lines, and the folded tokens of each line.

Only lines that changed are cut into tokens: an edit of one line in a long page costs the
comparison of its lines, at C speed, and the tokens of one line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from zlib import crc32

from wiki.text.tokens import fold, tokens

_FIRST_SIGN, _SIGNS = 0x100, 0xFF00
_FEW_SIGNS = 400
_BLOCKS = (2048, 256, 32, 4)  # elements compared at once


@dataclass(slots=True)
class Reading:
    """The lines of a text, the number of tokens in each, and all tokens, folded; never changed."""

    lines: list[str]
    counts: list[int]
    words: list[str]
    known_signs: str | None = None  # None: nobody has asked for them

    @property
    def signs(self) -> str:
        """The tokens, one character each: to be searched at C speed."""
        if self.known_signs is None:
            self.known_signs = "".join(map(_signs, self.lines))
        return self.known_signs

    def learn_signs(self, base: "Reading", before: int, after: int) -> None:
        """Make the signs from those of a text with so many tokens in common at either end, if
        anybody has asked for those and few tokens lie between: for many, lines are quicker."""
        old = base.known_signs
        if old is not None and len(self.words) - before - after < _FEW_SIGNS:
            new = signs(self.words[before : len(self.words) - after])
            self.known_signs = f"{old[:before]}{new}{old[len(old) - after :]}"

    def segments(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The lines between two tokens as pairs of token positions, cut to start and stop."""
        if start >= stop:
            return []
        ends = list(accumulate(self.counts))
        first, last = bisect_right(ends, start), bisect_left(ends, stop)
        edges = [start, *ends[first:last], stop]
        return [(left, right) for left, right in pairwise(edges) if left < right]


NOTHING = Reading([], [], [])


def folded(line: str) -> Sequence[str]:
    """The tokens of a line, folded; the capitals of plain ASCII at C speed.

    Lines met lately are remembered: a page's lines come back with every save and every revert.
    """
    if len(line) <= _SHORT:
        return _remembered(line)
    return _remembered_long(line) if len(line) <= _LONG else _cut(line)


def _cut(line: str) -> Sequence[str]:
    if line.isascii():
        return tuple(tokens(line.lower()))
    return tuple([word.lower() if word.isascii() else fold(word) for word in tokens(line)])


# As many lines as a few pages have, so long that together they take a few MB.
_SHORT, _LONG = 500, 8_000  # characters
_remembered = lru_cache(maxsize=2048)(_cut)
_remembered_long = lru_cache(maxsize=128)(_cut)


def signs(words: Iterable[str]) -> str:
    """The characters of folded tokens. Equal tokens have the same one, and so have a few that
    differ. Lines met lately are remembered, as by `folded`."""
    return "".join(map(_sign, words))


@lru_cache(maxsize=1024)
def _signs(line: str) -> str:
    return signs(folded(line))


@lru_cache(maxsize=16_384)
def _sign(word: str) -> str:
    """One of 65,280 characters, the same in every process; two bytes each, so that strings of
    them are compared without being converted."""
    return chr(_FIRST_SIGN + crc32(word.encode("utf-8", "surrogatepass")) % _SIGNS)


def read(text: str) -> Reading:
    """Read a whole text."""
    return read_after(text, NOTHING)[0]


def read_after(text: str, base: Reading) -> tuple[Reading, int, int]:
    """Read a text that follows `base`, and how many tokens both have in common at either end.

    The counts come from whole lines; the last tokens are for `common_ends` to find.
    """
    lines = text.split("\n")
    head, tail = common_ends(base.lines, lines)
    first, last, end = head, len(lines) - tail, len(base.lines) - tail
    # where a line is the same as before, the same object: its hash is known
    lines[:first], lines[last:] = base.lines[:head], base.lines[end:]
    if last - first == end - head:
        pairs = zip(base.lines[head:end], lines[first:last], strict=True)
        lines[first:last] = [old if old == new else new for old, new in pairs]
    cut = [folded(line) for line in lines[first:last]]
    counts, words = base.counts.copy(), base.words.copy()
    before = sum(counts[:head])
    after = len(words) - before - sum(counts[head:end])
    counts[head:end] = [len(line) for line in cut]
    words[before : len(words) - after] = chain.from_iterable(cut)
    return Reading(lines, counts, words), before, after


def common_ends(
    old: Sequence[object], new: Sequence[object], head: int = 0, tail: int = 0
) -> tuple[int, int]:
    """The lengths of the common beginning and of the common end, which never overlap.

    `head` and `tail` are known to be common already. Cost: blocks at C speed.
    """
    m, n = len(old), len(new)
    room = min(m, n)
    for block in _BLOCKS:
        while head + block <= room and old[head : head + block] == new[head : head + block]:
            head += block
    while head < room and old[head] == new[head]:
        head += 1
    room -= head
    tail = min(tail, room)
    for block in _BLOCKS:
        while tail + block <= room and (
            old[m - tail - block : m - tail] == new[n - tail - block : n - tail]
        ):
            tail += block
    while tail < room and old[m - 1 - tail] == new[n - 1 - tail]:
        tail += 1
    return head, tail


def holes(values: list[int], blank: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The longest stretches of `blank` between two positions; found at C speed."""
    while True:
        try:
            start = values.index(blank, start, stop)
        except ValueError:
            return
        end = start + 1
        while end < stop and values[end] == blank:
            end += 1
        yield start, end
        start = end
