"""Which words of a line changed, and which lines are versions of each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wiki.text.opcodes import Budget, Match, longest_rising, matches
from wiki.text.tokens import Span, count_words, is_word, token_spans, tokens

LINE_LENGTH = 200_000  # characters between the common ends; a longer change is not looked into
_ALIKE = 0.3  # share of words in common from which two lines are versions of one another
_LONG = 4_000  # characters; a line this long put for a single one is taken for its version
_BY_PLACE = 1_000  # lines
_RARE = 8  # lines that hold a rare word, at most
_CANDIDATES = 3  # lines looked at closely
_SHORT = 12  # tokens in both lines: a single line put for a single line this short is its version


@dataclass(frozen=True)
class Piece:
    """Part of a line; the texts of a line's pieces, joined, are the line."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Changes:
    """One line in its two versions, cut where it changed, with the words that went and came."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    removed_words: int
    added_words: int


def compare_line(old: str, new: str, budget: Budget) -> Changes:
    """The pieces of two versions of a line. Cost: linear, and what `budget` allows.

    A change too long to be looked into is one changed piece, and `budget.spent_out` is set.
    """
    start, end = _common_ends(old, new)
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(left), len(right)) > LINE_LENGTH:
        budget.spent_out = True
        went, came = [(0, len(left))], [(0, len(right))]
        removed, added = count_words(left), count_words(right)
    else:
        went, came, removed, added = _changed_spans(left, right, budget)
    return Changes(
        _pieces(old, [(start + i, start + j) for i, j in went]),
        _pieces(new, [(start + i, start + j) for i, j in came]),
        removed,
        added,
    )


def pair_lines(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[tuple[int, int]]:
    """(place in old, place in new) of lines that are versions of one another, in order.

    A line finds its version by the words that few lines of the block hold. Cost: linear, its
    characters paid from `budget`; what it cannot pay is paired by place, if as many lines came
    as went, and else not at all.
    """
    if len(old) == len(new) == 1:
        return [(0, 0)] if _one_version(old[0], new[0]) else []
    if budget.pay(sum(map(len, old)) + sum(map(len, new))):
        bags = [Counter(tokens(line)) for line in old]
        return _best_pairs(bags, [Counter(tokens(line)) for line in new])
    if len(old) != len(new) or len(old) > _BY_PLACE:
        return []
    return [(place, place) for place in range(len(old))]


def _one_version(old: str, new: str) -> bool:
    if max(len(old), len(new)) > _LONG:
        return True
    left, right = Counter(tokens(old)), Counter(tokens(new))
    return left.total() + right.total() <= _SHORT or _alike(left, right) >= _ALIKE


def _best_pairs(bags: list[Counter[str]], others: list[Counter[str]]) -> list[tuple[int, int]]:
    holders: dict[str, list[int]] = {}
    for j, bag in enumerate(others):
        for token in bag:
            holders.setdefault(token, []).append(j)
    pairs: list[tuple[int, int]] = []
    for i, bag in enumerate(bags):
        rare = (holders.get(token, ()) for token in bag)
        votes = Counter(j for found in rare if len(found) <= _RARE for j in found)
        likest = max(
            ((_alike(bag, others[j]), j) for j, _ in votes.most_common(_CANDIDATES)),
            default=(0.0, 0),
        )
        if likest[0] >= _ALIKE:
            pairs.append((i, likest[1]))
    return longest_rising(pairs)


def _alike(left: Counter[str], right: Counter[str]) -> float:
    """Share of tokens in common, 0 to 1."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    shared = sum(min(count, large[token]) for token, count in small.items() if token in large)
    return 2 * shared / max(1, left.total() + right.total())


def _common_ends(old: str, new: str) -> Span:
    """Lengths of the common beginning and end, both cut at a space so that no token is split."""
    start = _common_length(old, new)
    if start < max(len(old), len(new)):
        start = old.rfind(" ", 0, start) + 1
    left, right = old[start:][::-1], new[start:][::-1]
    return start, left.rfind(" ", 0, _common_length(left, right)) + 1


def _common_length(a: str, b: str) -> int:
    """Length of the common beginning, by halving: each step compares at the speed of memory."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _changed_spans(
    left: str, right: str, budget: Budget
) -> tuple[list[Span], list[Span], int, int]:
    # An empty token at each end of both sides: white space there lies between two kept tokens.
    places = [(0, 0), *token_spans(left), (len(left),) * 2]
    others = [(0, 0), *token_spans(right), (len(right),) * 2]
    a = [left[i:j] for i, j in places]
    b = [right[i:j] for i, j in others]
    went: list[Span] = []
    came: list[Span] = []
    removed = added = i = j = 0
    for at, to, length in _without_stray(matches(a, b, budget), a):
        if i < at or j < to:
            removed += sum(map(is_word, a[i:at]))
            added += sum(map(is_word, b[j:to]))
            _mark((left, right), (places[i - 1 : at + 1], others[j - 1 : to + 1]), (went, came))
        i, j = at + length, to + length
        if left[places[at][0] : places[i - 1][1]] != right[others[to][0] : others[j - 1][1]]:
            for k in range(length - 1):
                near = places[at + k : at + k + 2], others[to + k : to + k + 2]
                _mark((left, right), near, (went, came))
    return went, came, removed, added


def _mark(
    texts: tuple[str, str],
    between: tuple[list[Span], list[Span]],
    changed: tuple[list[Span], list[Span]],
) -> None:
    """Marks what differs between two kept tokens, the first and last of `between`; the white
    space that both sides begin or end with is not part of it.
    """
    starts = [places[0][1] for places in between]
    ends = [places[-1][0] for places in between]
    left, right = (text[i:j] for text, i, j in zip(texts, starts, ends, strict=True))
    if left == right:
        return
    head = _common_space(left, right)
    tail = _common_space(left[head:][::-1], right[head:][::-1])
    for spans, start, end in zip(changed, starts, ends, strict=True):
        spans.append((start + head, end - tail))


def _common_space(left: str, right: str) -> int:
    """How many characters of white space both begin with."""
    same = 0
    for one, other in zip(left, right, strict=False):
        if one != other or not one.isspace():
            break
        same += 1
    return same


def _without_stray(runs: list[Match], a: list[str]) -> list[Match]:
    """Leaves out a kept "," or "of" alone among replaced words: it tells the reader nothing."""
    kept = runs[:1]
    for (at, to, length), after in zip(runs[1:], runs[2:], strict=False):
        before = kept[-1]
        came_before = at + to - before[0] - before[1] - 2 * before[2]
        come_after = after[0] + after[1] - at - to - 2 * length
        stray = length <= 3 and sum(map(len, a[at : at + length])) <= 3
        if not (stray and came_before >= 4 and come_after >= 4):
            kept.append((at, to, length))
    return [*kept, runs[-1]] if len(runs) > 1 else kept


def _pieces(line: str, changed: list[Span]) -> tuple[Piece, ...]:
    pieces = []
    place = 0
    for start, end in changed:
        if start == end:
            continue
        if place < start:
            pieces.append(Piece(line[place:start], False))
        pieces.append(Piece(line[start:end], True))
        place = end
    if place < len(line):
        pieces.append(Piece(line[place:], False))
    return tuple(pieces)
