"""Text that was moved and edited: three words as seeds, grown both ways, the heaviest first."""

import heapq

from wiki.attribution.board import Board
from wiki.attribution.lines import holes

SEED = 3
_PLACES = 24  # old places tried for one seed; what is more common than that proves nothing

Run = tuple[float, int, int, int, int]  # -bits, detour, new place, old place, length


def match_seeds(board: Board) -> None:
    """Carry over every run of three and more words that is worth a pointer, best first."""
    runs = _runs(board)
    heapq.heapify(runs)
    while runs and board.work > 0:
        weight, detour, at, place, length = heapq.heappop(runs)
        if -weight < board.pointer:
            return
        free_at, free_length = _longest_free(board, at, place, length)
        if free_length == length:
            board.take(at, place, length)
        elif free_length >= SEED - 1:
            shift = free_at - at
            bits = board.evidence.run(board.new[free_at : free_at + free_length])
            heapq.heappush(runs, (-bits, detour, free_at, place + shift, free_length))


def _runs(board: Board) -> list[Run]:
    """The longest common runs around each seed, once for each pair of places."""
    open_news = [hole for hole in holes(board.source, -1, 0, len(board.new)) if _fits(hole)]
    index = _index(board, open_news)
    runs: list[Run] = []
    reached: dict[int, int] = {}  # by shift between the texts: where its last run ended
    if not index:
        return runs
    new = board.new
    for start, stop in open_news:
        for at in range(start, stop - SEED + 1):
            places = index.get((new[at], new[at + 1], new[at + 2]))
            for place in places or ():
                if reached.get(place - at, -1) > at:
                    continue
                if board.work <= 0:
                    return runs
                left, right = _grow(board, at, place)
                reached[place - at] = at + right
                begin = at - left
                bits = board.evidence.run(new[begin : at + right])
                board.work -= left + right
                runs.append((-bits, abs(at - place), begin, place - left, left + right))
    return runs


def _fits(hole: tuple[int, int]) -> bool:
    return hole[1] - hole[0] >= SEED


def _index(
    board: Board, open_news: list[tuple[int, int]]
) -> dict[tuple[str, str, str], list[int]]:
    """Free old places of the seeds that the new text asks for."""
    new, old, taken = board.new, board.old, board.taken
    wanted: set[tuple[str, str, str]] = set()
    for start, stop in open_news:
        wanted.update(
            zip(
                new[start : stop - 2],
                new[start + 1 : stop - 1],
                new[start + 2 : stop],
                strict=True,
            )
        )
    index: dict[tuple[str, str, str], list[int]] = {}
    start = taken.find(0) if wanted else -1
    while start >= 0:
        stop = taken.find(1, start)
        stop = len(old) if stop < 0 else stop
        for at in range(start, stop - 2):
            seed = (old[at], old[at + 1], old[at + 2])
            if seed in wanted:
                places = index.setdefault(seed, [])
                if len(places) < _PLACES:
                    places.append(at)
        start = taken.find(0, stop)
    return index


def _grow(board: Board, at: int, place: int) -> tuple[int, int]:
    """How far the texts agree to the left of a seed, and to the right counted from its start."""
    new, old, source, taken = board.new, board.old, board.source, board.taken
    right = SEED
    room = min(len(new) - at, len(old) - place)
    while (
        right < room
        and new[at + right] == old[place + right]
        and source[at + right] < 0
        and not taken[place + right]
    ):
        right += 1
    left = 0
    room = min(at, place)
    while (
        left < room
        and new[at - left - 1] == old[place - left - 1]
        and source[at - left - 1] < 0
        and not taken[place - left - 1]
    ):
        left += 1
    return left, right


def _longest_free(board: Board, at: int, place: int, length: int) -> tuple[int, int]:
    """The longest piece of a run that better runs have left over: where it starts, its length."""
    best, best_length, begin = at, 0, 0
    for step in range(length + 1):
        if step == length or board.source[at + step] >= 0 or board.taken[place + step]:
            if step - begin > best_length:
                best, best_length = at + begin, step - begin
            begin = step + 1
    board.work -= length
    return best, best_length
