"""Lines and sentences carried over whole, in place or moved, found by their content."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence

from wiki.attribution.board import Board

Segment = tuple[int, int]  # first token, token after the last
Key = tuple[str, ...]  # the words of a segment
Places = dict[Key, deque[int]]  # where the free old segments with these words begin

ENDS = frozenset(".!?。！？।؟")
_MARKS = frozenset("*#-+|>=")
_SHORTEST = 3  # tokens a sentence has at least before its end mark


def pair_segments(board: Board, old_lines: list[Segment], new_lines: list[Segment]) -> None:
    """Carry over equal lines, then equal sentences of the lines that are left."""
    if len(old_lines) > 1 or len(new_lines) > 1:  # one line that changed is no pair
        _pair(board, old_lines, new_lines)
    _pair(
        board,
        _sentences(board.old, old_lines, lambda at: board.taken[at] == 0),
        _sentences(board.new, new_lines, lambda at: board.source[at] < 0),
    )


def _pair(board: Board, olds: Iterable[Segment], news: Iterable[Segment]) -> None:
    """Equal segments, surest first: alone on both sides, beside a pair, repeated."""
    places: Places = {}
    for start, stop in olds:
        if not board.taken[start]:
            places.setdefault(tuple(board.old[start:stop]), deque()).append(start)
    keyed = [
        (start, stop, tuple(board.new[start:stop]))
        for start, stop in news
        if board.source[start] < 0
    ]
    keyed = [segment for segment in keyed if segment[2] in places]
    if not keyed:
        return
    times = Counter(key for _, _, key in keyed)
    for start, stop, key in keyed:
        if times[key] == 1 and len(places[key]) == 1 and board.pays(start, stop):
            board.take(start, places[key][0], stop - start)
    _grow(board, places, keyed)
    for start, stop, key in keyed:
        place = _free(board, places[key]) if board.source[start] < 0 else None
        if place is not None and board.pays(start, stop):
            board.take(start, place, stop - start)


def _grow(board: Board, places: Places, news: list[tuple[int, int, Key]]) -> None:
    """Segments next to one that is already carried over, forwards and backwards."""
    known = {key: set(found) for key, found in places.items()}
    for start, stop, key in news:
        place = board.before(start)
        if board.source[start] < 0 and place in known[key] and not board.taken[place]:
            board.take(start, place, stop - start)
    for start, stop, key in reversed(news):
        end = board.after(stop)
        if board.source[start] < 0 and end is not None:
            place = end - (stop - start)
            if place in known[key] and not board.taken[place]:
                board.take(start, place, stop - start)


def _free(board: Board, places: deque[int]) -> int | None:
    """The first place that is free. Taken ones are dropped: all asks together cost one pass."""
    while places and board.taken[places[0]]:
        places.popleft()
    return places[0] if places else None


def _sentences(
    words: Sequence[str], lines: list[Segment], is_open: Callable[[int], bool]
) -> list[Segment]:
    """Stretches of open lines cut at the ends of sentences and at list marks, not at line ends."""
    found: list[Segment] = []
    starts: set[int] = set()
    begin = end = -1
    for start, stop in lines:
        if not is_open(start):
            continue
        if start != end:
            found += _cut(words, begin, end, starts)
            begin, starts = start, set()
        starts.add(start)
        end = stop
    return found + _cut(words, begin, end, starts)


def _cut(words: Sequence[str], begin: int, end: int, line_starts: set[int]) -> list[Segment]:
    found = []
    for at in range(begin, end):
        if words[at] in ENDS and at + 1 - begin > _SHORTEST:
            found.append((begin, at + 1))
            begin = at + 1
        elif at > begin and at in line_starts and (words[at] in _MARKS or words[at - 1] in ENDS):
            found.append((begin, at))
            begin = at
    if begin < end:
        found.append((begin, end))
    return found
