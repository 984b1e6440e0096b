"""A directed graph in columns: which column, in which order, and how high; pure.

After Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system
structures", IEEE Trans. SMC 11(2), 1981, doi:10.1109/TSMC.1981.4308636: edges against the flow
are turned, nodes get layers by the longest path, the order is improved by barycentres. Heights
are then the least squares to the neighbours' under the distances (pool adjacent violators).
Everything is decided by the order of the input: the same graph is drawn the same way.
"""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Edge = tuple[Key, Key]
SWEEPS = 8


def layers_of(nodes: Sequence[Key], edges: Sequence[Edge[Key]]) -> dict[Key, int]:
    """The layer of each node, 0 first: every edge that is not part of a cycle leads to a later
    one. A node without givers stands just before its first receiver. Self loops are ignored.
    Cost: nodes times edges.
    """
    forward = _without_cycles(nodes, edges)
    layer = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for start, end in forward:
            layer[end] = max(layer[end], layer[start] + 1)
    receives = {end for _, end in forward}
    for node in nodes:
        later = [layer[end] for start, end in forward if start == node]
        if node not in receives and later:
            layer[node] = min(later) - 1
    return layer


def _without_cycles(nodes: Sequence[Key], edges: Sequence[Edge[Key]]) -> list[Edge[Key]]:
    """The edges once each, those turned that lead against the order of giving."""
    place = {node: at for at, node in enumerate(_givers_first(nodes, edges))}
    return [
        (start, end) if place[start] < place[end] else (end, start)
        for start, end in dict.fromkeys(edges)
        if start != end
    ]


def _givers_first(nodes: Sequence[Key], edges: Sequence[Edge[Key]]) -> list[Key]:
    """The nodes, so that few edges lead back: who only gives, then who gives more than it gets.
    After Eades, Lin & Smyth, "A fast and effective heuristic for the feedback arc set problem",
    Information Processing Letters 47(6), 1993, doi:10.1016/0020-0190(93)90079-O.
    """
    left, front, back = list(nodes), list[Key](), list[Key]()
    while left:
        inner = [edge for edge in edges if edge[0] in left and edge[1] in left]
        gives = Counter(start for start, end in inner if start != end)
        gets = Counter(end for start, end in inner if start != end)
        ends = [node for node in left if not gives[node] and gets[node]]
        begins = [node for node in left if not gets[node]]
        if begins:
            front += begins
        elif ends:
            back = ends + back
        else:
            begins = [max(left, key=lambda node: gives[node] - gets[node])]
            front += begins
        left = [node for node in left if node not in begins and (begins or node not in ends)]
    return front + back


def crossings(columns: Sequence[Sequence[Key]], links: Sequence[Edge[Key]]) -> int:
    """How often links between neighbouring columns cross. Cost: links times their logarithm."""
    row = {node: at for column in columns for at, node in enumerate(column)}
    column_of = {node: at for at, column in enumerate(columns) for node in column}
    passed: dict[int, list[int]] = {}
    found = 0
    for start, end in sorted(links, key=lambda link: (row[link[0]], row[link[1]])):
        ends = passed.setdefault(column_of[start], [])
        found += len(ends) - bisect_right(ends, row[end])
        insort(ends, row[end])
    return found


def ordered(columns: Sequence[Sequence[Key]], links: Sequence[Edge[Key]]) -> list[list[Key]]:
    """The columns, each in the order that makes the fewest crossings of those tried. A link
    leads to the next column. Cost: `SWEEPS` times that of counting them.
    """
    best = [list(column) for column in columns]
    fewest = crossings(best, links)
    now = [list(column) for column in best]
    row = {node: float(at) for column in now for at, node in enumerate(column)}
    both = [_neighbours(links, forward=True), _neighbours(links, forward=False)]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        near = both[sweep % 2]
        for column in now if sweep % 2 == 0 else reversed(now):
            column.sort(key=lambda node: _mean(row, near.get(node), row[node]))
            row.update((node, float(at)) for at, node in enumerate(column))
        count = crossings(now, links)
        if count < fewest:
            fewest, best = count, [list(column) for column in now]
    return best


def _neighbours(links: Sequence[Edge[Key]], *, forward: bool) -> dict[Key, list[Key]]:
    near: dict[Key, list[Key]] = {}
    for start, end in links:
        if forward:
            near.setdefault(end, []).append(start)
        else:
            near.setdefault(start, []).append(end)
    return near


def _mean(values: Mapping[Key, float], nodes: Sequence[Key] | None, otherwise: float) -> float:
    return sum(values[node] for node in nodes) / len(nodes) if nodes else otherwise


def heights(
    columns: Sequence[Sequence[Key]],
    links: Sequence[Edge[Key]],
    sizes: Mapping[Key, float],
    gap: float,
) -> dict[Key, float]:
    """The middle of each node on the second axis, the smallest upper edge being 0: near to its
    neighbours, in the order given, `gap` apart at least.
    """
    middle: dict[Key, float] = {}
    for column in columns:
        middle.update(zip(column, _apart([0.0] * len(column), column, sizes, gap), strict=True))
    both = [_neighbours(links, forward=True), _neighbours(links, forward=False)]
    for sweep in range(SWEEPS):
        near = both[sweep % 2]
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [_mean(middle, near.get(node), middle[node]) for node in column]
            middle.update(zip(column, _apart(wanted, column, sizes, gap), strict=True))
    top = min((middle[node] - sizes[node] / 2 for node in middle), default=0.0)
    return {node: value - top for node, value in middle.items()}


def _apart(
    wanted: Sequence[float], column: Sequence[Key], sizes: Mapping[Key, float], gap: float
) -> list[float]:
    """The places nearest to `wanted` that keep order and distance: isotonic regression."""
    shift, shifts = 0.0, []
    for at, node in enumerate(column):
        if at:
            shift += (sizes[column[at - 1]] + sizes[node]) / 2 + gap
        shifts.append(shift)
    pools: list[tuple[float, int]] = []
    for value, moved in zip(wanted, shifts, strict=True):
        mean, count = value - moved, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [value + moved for value, moved in zip(flat, shifts, strict=True)]
