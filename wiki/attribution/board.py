"""The board on which two texts are laid side by side, and the price of a claim.

Credit is a coding question: a run of words is taken to be carried over from its old place when
pointing there costs fewer bits than writing the run anew. A word weighs -log2 of its share of the
page's own words, mixed with a small prior, so that "of the" proves little and two rare words prove
much; a pointer costs log2 of the places it could point at, and a constant for making one at all.
"""

import math
from collections import Counter
from collections.abc import Sequence

MOVE = 5.0  # bits added to a pointer anywhere in the text
STAY = 3.0  # bits added to a pointer within one gap, at the same distance from an end of it
SHIFT = 5.5  # bits added to a pointer within one gap, elsewhere
RECALL = 5.0  # bits added to a pointer into the memory of deleted text
WORK_EACH = 10  # steps of comparison allowed for each token: what keeps hostile text linear
WORK_LEAST = 200_000

_PRIOR_SIZE = 1500.0  # words that the prior counts for
_RARE = 6e-5  # share of a word the prior does not know
_WORDS = """
    the of and to in a is that for it as was with be by on not he his but at are this have from or
    had an they which one you were all her she there would their we him been has when who will no
    more if out so up said what its about than into them can only other time new some could these
    two may first then do
"""
_PRIOR = {word: 0.175 / (rank + 6) for rank, word in enumerate(_WORDS.split())}
COMMON = frozenset(_PRIOR)
_PRIOR.update(dict.fromkeys(".,()[]'\"-:;*#/|=!?_`<>{}", 0.02))


class Evidence(dict[str, float]):
    """How many bits each word proves on a page of these folded words; weighed when first asked
    for, so that a run is added up at C speed."""

    def __init__(self, words: Sequence[str], counts: Counter[str] | None = None) -> None:
        super().__init__()
        self._words = words
        self.known = counts  # None until somebody asks

    def __missing__(self, word: str) -> float:
        expected = self.counts.get(word, 0) + _PRIOR_SIZE * _PRIOR.get(word, _RARE)
        self[word] = bits = math.log2((len(self._words) + _PRIOR_SIZE) / expected)
        return bits

    @property
    def counts(self) -> Counter[str]:
        """How often each word stands on the page. Cost: one pass over it, the first time."""
        if self.known is None:
            self.known = Counter(self._words)
        return self.known

    def run(self, words: Sequence[str]) -> float:
        """Bits proved by several words."""
        return sum(map(self.__getitem__, words))


class Board:
    """Old and new tokens of a stretch; `source` names for each new token its old one, or -1.

    `taken` marks the old tokens that have found their place: each is carried over once.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], evidence: Evidence) -> None:
        self.old = old
        self.new = new
        self.evidence = evidence
        self.source = [-1] * len(new)
        self.taken = bytearray(len(old))
        self.mended: list[int] = []  # new places whose word is a respelling of the old one
        self.pointer = math.log2(len(old) + 1) + MOVE
        self.work = WORK_LEAST + WORK_EACH * (len(old) + len(new))

    def take(self, at: int, place: int, length: int) -> None:
        """Carry `length` tokens over from `place` to `at`."""
        self.source[at : at + length] = range(place, place + length)
        self.taken[place : place + length] = b"\1" * length

    def pays(self, start: int, stop: int) -> bool:
        """Whether these new tokens prove enough for a pointer to anywhere in the old text."""
        return stop - start > 9 or self.evidence.run(self.new[start:stop]) >= self.pointer

    def before(self, at: int) -> int | None:
        """The old place that would follow on from what stands before `at`; None if unknown."""
        if at == 0:
            return 0
        return self.source[at - 1] + 1 if self.source[at - 1] >= 0 else None

    def after(self, at: int) -> int | None:
        """The old place where what precedes `at` would have to end; None if unknown."""
        if at == len(self.new):
            return len(self.old)
        return self.source[at] if self.source[at] >= 0 else None
