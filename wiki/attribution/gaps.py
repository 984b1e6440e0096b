"""What is left between carried-over text: runs in order, by weight, then words spelt anew."""

import math

from wiki.attribution.board import SHIFT, STAY, Board
from wiki.attribution.lines import holes

LARGEST = 250_000  # pairs of tokens compared in one gap
DEEPEST = 40  # divisions of one gap

Gap = tuple[int, int, int, int]  # old start, old stop, new start, new stop


def match_gaps(board: Board) -> None:
    """Carry over, inside each gap, the heaviest run, then what lies left and right of it."""
    for start, stop in list(holes(board.source, -1, 0, len(board.new))):
        for old_start, old_stop in facing(board, start, stop):
            _divide(board, (old_start, old_stop, start, stop), 0)


def facing(board: Board, start: int, stop: int) -> list[tuple[int, int]]:
    """The free old stretches that follow on from the left and from the right of a hole."""
    found = []
    left = board.before(start)
    if left is not None and left < len(board.old) and not board.taken[left]:
        end = board.taken.find(1, left)
        found.append((left, len(board.old) if end < 0 else end))
    right = board.after(stop)
    if right is not None and right > 0 and not board.taken[right - 1]:
        stretch = (board.taken.rfind(1, 0, right) + 1, right)
        if stretch not in found:
            found.append(stretch)
    return found


def _divide(board: Board, gap: Gap, depth: int) -> None:
    old_start, old_stop, start, stop = gap
    room, width = old_stop - old_start, stop - start
    if room <= 0 or width <= 0 or depth > DEEPEST or room * width > LARGEST or board.work <= 0:
        return
    bits, at, place, length = _heaviest(board, gap)
    if not length:
        return
    price = math.log2(room - length + 1) + math.log2(width - length + 1)
    in_place = at - start == place - old_start or stop - at == old_stop - place
    price += STAY if in_place else SHIFT
    if (at == start and place == old_start) or (
        at + length == stop and place + length == old_stop
    ):
        price *= 0.5  # a run at the edge of the gap needs no pointer on that side
    if bits < price:
        return
    board.take(at, place, length)
    _divide(board, (old_start, place, start, at), depth + 1)
    _divide(board, (place + length, old_stop, at + length, stop), depth + 1)


def _heaviest(board: Board, gap: Gap) -> tuple[float, int, int, int]:
    """The common run that proves most: bits, new place, old place, length (0: there is none)."""
    old_start, old_stop, start, stop = gap
    places: dict[str, list[int]] = {}
    for place in range(old_start, old_stop):
        if not board.taken[place]:
            places.setdefault(board.old[place], []).append(place)
    best = (0.0, 0, 0, 0)
    running: dict[int, tuple[int, float]] = {}  # by old place: length and bits of the run there
    for at in range(start, stop):
        going: dict[int, tuple[int, float]] = {}
        word = board.new[at]
        if board.source[at] < 0 and word in places:
            weight = board.evidence[word]
            for place in places[word]:
                length, bits = running.get(place - 1, (0, 0.0))
                going[place] = length, bits = length + 1, bits + weight
                if bits > best[0]:
                    best = (bits, at - length + 1, place - length + 1, length)
        board.work -= len(going)
        running = going
    board.work -= old_stop - old_start
    return best
