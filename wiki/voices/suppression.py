"""A table of counts as everybody may see it: no cell, sum or difference tells of a few; pure.

Rows and columns with fewer than `least` are put together first, so that every margin may be told.
A cell between 0 and `least` is then withheld, and others with it, until the range in which its
value can be found from all that is shown is at least `least` wide. After Cox, "Suppression
methodology and statistical disclosure control", JASA 75, 1980, doi:10.1080/01621459.1980.10477481;
the range of a withheld cell is found by flows in the network of withheld cells (Fischetti and
Salazar, "Models and algorithms for the 2-dimensional cell suppression problem in statistical
disclosure control", Mathematical Programming 84, 1999). A range says nothing against readers who
know some of the people, or who replay these rules.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 10
FEW = ""  # the row or column of all that have fewer

Cell = tuple[str, str]
Counts = Mapping[Cell, int]


@dataclass(frozen=True)
class Table:
    """What may be shown. rows, columns: name and sum, the largest first; a cell of None: withheld.

    Without columns only sums of rows may be told; without rows nothing.
    """

    rows: tuple[tuple[str, int], ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    cells: Mapping[Cell, int | None] | None = None
    total: int = 0


def shown_table(counts: Counts, least: int = LEAST) -> Table:
    """The table of these counts. Cost: a few ms for 16 rows and 12 columns."""
    total = sum(counts.values())
    if total < least:
        return Table()
    grouped = _grouped(_grouped(counts, 0, least), 1, least)
    rows, columns = _margin(grouped, 0), _margin(grouped, 1)
    full = {(row, col): grouped.get((row, col), 0) for row, _ in rows for col, _ in columns}
    withheld = _withheld(full, least)
    if withheld is None:
        return Table(rows=rows, total=total)
    cells = {cell: None if cell in withheld else count for cell, count in full.items()}
    return Table(rows, columns, cells, total)


def _grouped(counts: Counts, axis: int, least: int) -> dict[Cell, int]:
    """The counts with all lines of fewer than `least` made one, the next with them if needed."""
    sums = _sums(counts, axis)
    few = {name for name, number in sums.items() if number < least}
    others = sorted((name for name in sums if name not in few), key=lambda name: sums[name])
    while few and sum(sums[name] for name in few) < least and others:
        few.add(others.pop(0))
    grouped: Counter[Cell] = Counter()
    for cell, count in counts.items():
        name = FEW if cell[axis] in few else cell[axis]
        grouped[(name, cell[1]) if axis == 0 else (cell[0], name)] += count
    return dict(grouped)


def _sums(counts: Counts, axis: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for cell, count in counts.items():
        sums[cell[axis]] += count
    return {name: number for name, number in sums.items() if number}


def _margin(counts: Counts, axis: int) -> tuple[tuple[str, int], ...]:
    sums = _sums(counts, axis)
    order = sorted(sums, key=lambda name: (name == FEW, -sums[name], name))
    return tuple((name, sums[name]) for name in order)


def _withheld(full: Counts, least: int) -> set[Cell] | None:
    """The cells that must not be told; None: no choice of them is enough."""
    primary = sorted(cell for cell, count in full.items() if 0 < count < least)
    withheld = set(primary)
    for cell in primary:
        while not _safe(full, withheld, cell, least):
            more = _next(full, withheld, cell)
            if more is None:
                return None
            withheld.add(more)
    return withheld


def _safe(full: Counts, withheld: set[Cell], cell: Cell, least: int) -> bool:
    low, high = possible(full, withheld, cell)
    return high - low >= least


def _next(full: Counts, withheld: set[Cell], cell: Cell) -> Cell | None:
    """The cell to withhold next: one of the same row or column, the smallest that is not empty."""
    left = [other for other in full if other not in withheld]
    return min(
        left,
        key=lambda other: (
            full[other] == 0,
            other[0] != cell[0] and other[1] != cell[1],
            full[other],
            other,
        ),
        default=None,
    )


def possible(full: Counts, withheld: set[Cell], cell: Cell) -> tuple[int, int]:
    """From the least to the most that a withheld cell can be, for who knows all other cells and
    every sum, and that no count is below 0."""
    others = {other: full[other] for other in withheld if other != cell}
    row, column = ("row", cell[0]), ("column", cell[1])
    more = _flow(others, column, row)
    less = _flow(others, row, column)
    return full[cell] - min(full[cell], less), full[cell] + more


Node = tuple[str, str]


def _flow(cells: Counts, start: Node, end: Node) -> int:
    """How much can go from `start` to `end`: to a column freely (its cell grows), to a row as much
    as the cell has (it shrinks). By shortest paths (Edmonds and Karp, 1972)."""
    room: dict[Node, dict[Node, int]] = {start: {}, end: {}}
    free = sum(cells.values()) + 1
    for (row_name, column_name), count in cells.items():
        row, column = ("row", row_name), ("column", column_name)
        room.setdefault(row, {})[column] = free
        room.setdefault(column, {})[row] = count
    total = 0
    while (path := _path(room, start, end)) is not None:
        step = min(room[one][other] for one, other in path)
        for one, other in path:
            room[one][other] -= step
            room[other][one] = room[other].get(one, 0) + step
        total += step
    return total


def _path(
    room: Mapping[Node, Mapping[Node, int]], start: Node, end: Node
) -> list[tuple[Node, Node]] | None:
    came: dict[Node, Node] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            steps = []
            while here != start:
                steps.append((came[here], here))
                here = came[here]
            return steps
        for there, left in room[here].items():
            if left > 0 and there not in came:
                came[there] = here
                waiting.append(there)
    return None
