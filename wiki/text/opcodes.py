"""What was kept, put in and taken out between two sequences of strings, at a bounded cost.

Common ends are set aside, then elements that occur once on both sides become fixed points
("patience diff", Bram Cohen), and only the small gaps between them are given to difflib, whose
cost is quadratic and more. A gap too dear for what is left of the budget is replaced whole.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]  # equal | replace | delete | insert, i1, i2, j1, j2
Match = tuple[int, int, int]  # i, j, length: a[i:i+length] == b[j:j+length]

_DEPTH = 6  # how often a gap is searched for elements that are unique within it


@dataclass
class Budget:
    """Comparisons that may still be spent; `spent_out` tells that some gap was replaced whole.

    The default, 300,000, takes about 0.2 s on one core at worst.
    """

    left: int = 300_000
    dearest: int = 40_000  # for one gap
    spent_out: bool = field(default=False, init=False)

    def pay(self, price: int) -> bool:
        """Whether a gap of this price can be afforded; if so it is paid for."""
        if price > min(self.dearest, self.left):
            self.spent_out = True
            return False
        self.left -= price
        return True


def opcodes(a: Sequence[str], b: Sequence[str], budget: Budget | None = None) -> list[Opcode]:
    """How `b` came from `a`: opcodes like difflib's, in order, covering both; never two alike
    in a row. Cost: linear but for gaps, which `budget` bounds.
    """
    found: list[Opcode] = []
    i = j = 0
    for at, to, length in [*matches(a, b, budget or Budget()), (len(a), len(b), 0)]:
        if i < at or j < to:
            tag = "insert" if i == at else "delete" if j == to else "replace"
            found.append((tag, i, at, j, to))
        if length:
            found.append(("equal", at, at + length, to, to + length))
        i, j = at + length, to + length
    return found


def matches(a: Sequence[str], b: Sequence[str], budget: Budget) -> list[Match]:
    """The runs that both hold in the same order, as long as they can be, adjacent ones joined."""
    runs: list[Match] = []
    waiting = [(0, len(a), 0, len(b), 0)]  # gaps, the first on top; length 0 marks a match
    while waiting:
        i1, i2, j1, j2, depth = waiting.pop()
        if depth < 0:
            _append(runs, i1, j1, i2 - i1)
            continue
        i0, j0, k1, k2 = i1, j1, i2, j2
        i1, i2, j1, j2 = _without_common_ends(a, b, i1, i2, j1, j2)
        _append(runs, i0, j0, i1 - i0)
        if i2 < k1:
            waiting.append((i2, k1, j2, k2, -1))
        if i1 < i2 and j1 < j2:
            waiting.extend(_inside(a, b, (i1, i2, j1, j2), depth, budget))
    return runs


def _inside(
    a: Sequence[str], b: Sequence[str], gap: tuple[int, int, int, int], depth: int, budget: Budget
) -> list[tuple[int, int, int, int, int]]:
    """What is to be looked at next within a gap, last first."""
    i1, i2, j1, j2 = gap
    anchors = _anchors(a[i1:i2], b[j1:j2]) if depth < _DEPTH else []
    if anchors:
        parts = []
        i, j = i1, j1
        for at, to in anchors:
            parts.append((i, i1 + at, j, j1 + to, depth + 1))
            parts.append((i1 + at, i1 + at + 1, j1 + to, j1 + to + 1, -1))
            i, j = i1 + at + 1, j1 + to + 1
        parts.append((i, i2, j, j2, depth + 1))
        return parts[::-1]
    left, right = a[i1:i2], b[j1:j2]
    price = _price(left, right)
    if not price or not budget.pay(price):
        return []
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [(i1 + i, i1 + i + n, j1 + j, j1 + j + n, -1) for i, j, n in reversed(blocks) if n]


def _without_common_ends(
    a: Sequence[str], b: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> tuple[int, int, int, int]:
    while i1 < i2 and j1 < j2 and a[i1] == b[j1]:
        i1 += 1
        j1 += 1
    while i1 < i2 and j1 < j2 and a[i2 - 1] == b[j2 - 1]:
        i2 -= 1
        j2 -= 1
    return i1, i2, j1, j2


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of elements that each side holds once, as many as keep their order."""
    once = {text for text, count in Counter(left).items() if count == 1}
    twin = {text: j for j, text in enumerate(right)}
    once &= {text for text, count in Counter(right).items() if count == 1}
    if not once:
        return []
    return longest_rising([(i, twin[text]) for i, text in enumerate(left) if text in once])


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second parts rise. Cost: n log n."""
    ends: list[int] = []  # the smallest second part a chain of each length ends with
    last: list[int] = []  # where in `pairs` that chain ends
    before: list[int] = []
    for index, (_, to) in enumerate(pairs):
        place = bisect_left(ends, to)
        ends[place : place + 1] = [to]
        last[place : place + 1] = [index]
        before.append(last[place - 1] if place else -1)
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _price(left: Sequence[str], right: Sequence[str]) -> int:
    """Comparisons difflib makes at worst, about; 0 if the sides have nothing in common."""
    others = Counter(right)
    pairs = sum(count * others[text] for text, count in Counter(left).items() if text in others)
    return pairs and pairs * 2 + 8 * (len(left) + len(right))


def _append(runs: list[Match], i: int, j: int, length: int) -> None:
    if not length:
        return
    if runs:
        at, to, before = runs[-1]
        if at + before == i and to + before == j:
            runs[-1] = (at, to, before + length)
            return
    runs.append((i, j, length))
