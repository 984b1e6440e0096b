"""Partners in columns along the flow of money, the words of each flow in a column between."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from wiki.cases.drawing.boxes import (
    PADDING,
    Lines,
    caption_lines,
    flow_lines,
    height_of,
    partner_lines,
    printed,
    width_of_block,
)
from wiki.cases.drawing.flows import FlowWords, MoneyEdge, PartnerNode
from wiki.cases.drawing.layers import heights, ordered
from wiki.cases.drawing.strokes import HEAD, Arrow, Drawn, Point, Rect, box, head, line, wave

BOX, WIDE_BOX = 148.0, 170.0  # width of a partner; of one where there are two columns at most
WORDS, CHANNEL = 116.0, 20.0  # widths of the words of a flow and of the room for curves
GAP = 16.0  # between what stands in one column
PORT = 15.0  # between lines that meet the same box
EDGE = 1.5  # around the drawing
BESIDE = 5.0  # between a line and its words

Item = tuple[str, str | int, int]  # "box", "words" or "pass"; key or flow; column
Way = tuple[Item, ...]


def draw(
    partners: Sequence[PartnerNode],
    edges: Sequence[MoneyEdge],
    layer: Mapping[str, int],
    words: FlowWords,
    *,
    mirrored: bool,
) -> Drawn:
    """The drawing; `layer` from `layers_of`; both ends of every edge are partners."""
    return _Columns(partners, edges, layer, words, mirrored).drawing()


class _Columns:
    """What stands in which column; then how high it stands; then the drawing."""

    def __init__(
        self,
        partners: Sequence[PartnerNode],
        edges: Sequence[MoneyEdge],
        layer: Mapping[str, int],
        words: FlowWords,
        mirrored: bool,
    ) -> None:
        self.edges = edges
        self.mirrored = mirrored
        self.anchor = "end" if mirrored else "start"
        self.lines: dict[Item, Lines] = {}
        touched = {key for edge in edges for key in (edge.giver, edge.receiver)}
        first = min((layer[key] for key in touched), default=0)
        last = max((layer[key] for key in touched), default=0)
        self.box = BOX if last - first > 1 else WIDE_BOX
        self.item_of: dict[str, Item] = {}
        self.columns: list[list[Item]] = []
        self.alone: list[PartnerNode] = []
        for partner in partners:
            if partner.key not in touched:
                self.alone.append(partner)
                continue
            item = ("box", partner.key, 2 * (layer[partner.key] - first))
            self.item_of[partner.key] = item
            self._place(item)
            self.lines[item] = partner_lines(partner, words, self.box - 2 * PADDING)
        self.ways = [self._way(at, edge) for at, edge in enumerate(edges)]
        for way, edge in zip(self.ways, edges, strict=True):
            self.lines[next(i for i in way if i[0] == "words")] = flow_lines(
                edge, words, WORDS - 2 * BESIDE
            )
        self.links = [
            (min(a, b, key=_column), max(a, b, key=_column))
            for way in self.ways
            for a, b in pairwise(way)
        ]
        self.words = words
        self.drawn = Drawn(0, 0)

    def drawing(self) -> Drawn:
        """All of it."""
        self._arrange()
        self._boxes_without_flows()
        self._print()
        return self.drawn

    def _place(self, item: Item) -> None:
        while len(self.columns) <= item[2]:
            self.columns.append([])
        self.columns[item[2]].append(item)

    def _way(self, at: int, edge: MoneyEdge) -> Way:
        """From the giver over the flow's words to the receiver, an item in each column between."""
        giver, receiver = self.item_of[edge.giver], self.item_of[edge.receiver]
        near, far = sorted((giver, receiver), key=_column)
        said: Item = ("words", at, near[2] + 1)
        passed: list[Item] = [("pass", at, column) for column in range(near[2] + 2, far[2])]
        for item in (said, *passed):
            self._place(item)
        between = [said, *passed]
        return (giver, *(between if giver == near else reversed(between)), receiver)

    def _arrange(self) -> None:
        ports: dict[tuple[Item, int], int] = {}
        for start, end in self.links:
            ports[start, 1] = ports.get((start, 1), 0) + 1
            ports[end, -1] = ports.get((end, -1), 0) + 1
        sizes = {item: height_of(lines) for item, lines in self.lines.items()}
        for item in self.item_of.values():
            most = max(ports.get((item, side), 0) for side in (1, -1))
            sizes[item] = max(sizes[item] + 2 * PADDING, PORT * (most + 1))
        for way in self.ways:
            sizes.update({item: 0.0 for item in way if item[0] == "pass"})
        columns = ordered(self.columns, self.links)
        middle = heights(columns, self.links, sizes, GAP)
        self.middle, self.sizes = middle, sizes
        last = len(columns) - 1
        wide = last // 2 * (self.box + WORDS + 2 * CHANNEL) + self.box if columns else 0.0
        self.drawn.width = 2 * EDGE + wide + (CHANNEL + WORDS + BESIDE if last % 2 else 0)
        bottom = max((middle[item] + sizes[item] / 2 for item in middle), default=0.0)
        self.drawn.height = bottom + 2 * EDGE

    def rect(self, item: Item) -> Rect:
        """Where the item stands; a column's full width."""
        kind, _, column = item
        x = EDGE + column // 2 * (self.box + WORDS + 2 * CHANNEL)
        width = self.box
        if column % 2:
            x, width = x + self.box + CHANNEL, WORDS
        if self.mirrored:
            x = self.drawn.width - x - width
        height = self.sizes[item]
        return Rect(x, EDGE + self.middle[item] - height / 2, width, height)

    def _boxes_without_flows(self) -> None:
        """Partners without a flow, in rows below the others, and a line that says so."""
        if not self.alone:
            return
        step = self.box + GAP
        across = max(int((self.drawn.width + GAP) // step), min(3, len(self.alone)))
        wide = min(across, len(self.alone)) * step - GAP + 2 * EDGE
        self.drawn.width = max(self.drawn.width, wide)
        top = self.drawn.height + (2 * GAP if self.item_of else 0)
        caption = caption_lines(self.words.alone, self.drawn.width)
        self.drawn.parts += printed(
            caption, self.drawn.width if self.mirrored else 0, top, anchor=self.anchor
        )
        top += height_of(caption) + GAP / 2
        for start in range(0, len(self.alone), across):
            row = self.alone[start : start + across]
            blocks = [
                partner_lines(partner, self.words, self.box - 2 * PADDING) for partner in row
            ]
            tall = max(height_of(block) for block in blocks) + 2 * PADDING
            for at, (partner, block) in enumerate(zip(row, blocks, strict=True)):
                x = EDGE + at * step
                x = self.drawn.width - x - self.box if self.mirrored else x
                self._print_box(partner.key, Rect(x, top, self.box, tall), block)
            top += tall + GAP
        self.drawn.height = top - GAP + EDGE

    def _print(self) -> None:
        for key, item in self.item_of.items():
            self._print_box(key, self.rect(item), self.lines[item])
        ports = self._ports()
        for at, way in enumerate(self.ways):
            self._print_flow(at, way, ports)

    def _print_box(self, key: str, rect: Rect, lines: Lines) -> None:
        self.drawn.boxes[key] = rect
        top = rect.y + (rect.height - height_of(lines)) / 2
        self.drawn.parts.append(box(rect, "d-box"))
        x = rect.x + (rect.width - PADDING if self.mirrored else PADDING)
        self.drawn.parts += printed(lines, x, top, anchor=self.anchor)

    def _ports(self) -> dict[tuple[int, int], float]:
        """The height at which each flow leaves and reaches a box: (flow, step of its way)."""
        met: dict[tuple[Item, int], list[tuple[float, int, int]]] = {}
        for at, way in enumerate(self.ways):
            for step, near in ((0, 1), (len(way) - 1, len(way) - 2)):
                side = 1 if way[near][2] > way[step][2] else -1
                met.setdefault((way[step], side), []).append((self.middle[way[near]], at, step))
        found = {}
        for (item, _), meeting in met.items():
            rect = self.rect(item)
            for place, (_, at, step) in enumerate(sorted(meeting), start=1):
                found[at, step] = rect.y + rect.height * place / (len(meeting) + 1)
        return found

    def _print_flow(self, at: int, way: Way, ports: Mapping[tuple[int, int], float]) -> None:
        points: list[Point] = []
        strokes: list[str] = []
        for step, (start, end) in enumerate(pairwise(way)):
            onwards = (1 if end[2] > start[2] else -1) * (-1 if self.mirrored else 1)
            one = self._point(start, onwards, ports.get((at, step)))
            other = self._point(end, -onwards, ports.get((at, step + 1)))
            points += [one, other]
            if end[0] == "box":
                strokes.append(wave(one, (other[0] - onwards * HEAD, other[1])))
                self.drawn.parts.append(head(other, onwards))
            else:
                pieces = self._across(end, other, onwards)
                loop = way[0] == way[-1]  # turns back at its words
                strokes += [wave(one, other), *(pieces[:1] if loop else pieces)]
        self.drawn.parts.append(line("".join(strokes), unpaid=self.edges[at].unpaid))
        self.drawn.arrows.append(Arrow(tuple(points), at))
        self._print_words(at, next(item for item in way if item[0] == "words"))

    def _across(self, item: Item, start: Point, onwards: int) -> list[str]:
        """The line through a column, with a gap for the words of the flow."""
        rect = self.rect(item)
        end = (start[0] + rect.width * onwards, start[1])
        if item[0] == "pass":
            return [wave(start, end)]
        half = (width_of_block(self.lines[item]) / 2 + BESIDE) * onwards
        stops = ((rect.middle - half, start[1]), (rect.middle + half, start[1]))
        return [wave(start, stops[0]), wave(stops[1], end)]

    def _print_words(self, at: int, item: Item) -> None:
        rect, lines = self.rect(item), self.lines[item]
        wide = min(width_of_block(lines), WORDS)
        self.drawn.labels[at] = Rect(rect.middle - wide / 2, rect.y, wide, rect.height)
        self.drawn.parts += printed(lines, rect.middle, rect.y)

    def _point(self, item: Item, side: int, port: float | None) -> Point:
        """Where a line meets the item on its side of larger (1) or smaller x (-1)."""
        rect = self.rect(item)
        middle = rect.y + rect.height / 2
        return rect.middle + side * rect.width / 2, middle if port is None else port


def _column(item: Item) -> int:
    return item[2]
