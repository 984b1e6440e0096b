"""Partners below each other, each with what it gave; lines in a gutter lead to who received it.

For narrow places, and for what is too wide in columns. Words never meet a line: every text has
rows of its own, whatever the graph is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from wiki.cases.drawing.lettering import isolated
from wiki.cases.drawing.strokes import HEAD, Arrow, Drawn, Rect, box, head, line
from wiki.cases.drawing.svg import number, path

WIDTH = 320.0
LANE, GUTTER = 10.0, 80.0  # between two lines; all of them at most
ENTRY = 15.0  # from the last line to the boxes: room for a head
GAP = 14.0
PORT = 14.0  # between heads that reach the same box
EDGE = 1.5


@dataclass(frozen=True)
class _Card:
    """A partner with its flows: where each part begins, its lines, its height."""

    partner: PartnerNode
    caption: Lines  # above the box
    above: float  # upper edge of the caption
    top: float
    lines: Lines
    flows: tuple[tuple[int, float, Lines], ...]  # flow, upper edge of its row, lines
    head: float  # height of the part with the name
    height: float


def draw(
    partners: Sequence[PartnerNode],
    edges: Sequence[MoneyEdge],
    layer: Mapping[str, int],
    words: FlowWords,
    *,
    mirrored: bool,
) -> Drawn:
    """The drawing; `layer` from `layers_of`; both ends of every edge are partners."""
    touched = {key for edge in edges for key in (edge.giver, edge.receiver)}
    order = sorted(partners, key=lambda each: (each.key not in touched, layer[each.key]))
    lanes = max(1, len(edges))
    gutter = 0.0
    for _ in range(2):  # the width of the gutter decides the heights, these the lanes
        gutter = min(LANE * lanes, GUTTER) + ENTRY if edges else EDGE
        cards = _cards(order, edges, words, WIDTH - gutter - EDGE)
        lane = _lanes(_spans(cards, edges))
        lanes = max(lane.values(), default=0) + 1
    drawn = Drawn(WIDTH, max(card.top + card.height for card in cards) + EDGE)
    for card in cards:
        _print_card(drawn, card, gutter, mirrored)
        side, anchor = (WIDTH - gutter, "end") if mirrored else (gutter, "start")
        drawn.parts += printed(card.caption, side, card.above, anchor=anchor)
    step = (gutter - ENTRY) / lanes  # other lines may have met since the gutter was measured
    for at, (start, end) in _spans(cards, edges).items():
        x = gutter - ENTRY - step * (lane[at] + 0.5)
        _print_line(drawn, (at, edges[at].unpaid), (x, gutter), (start, end), mirrored)
    return drawn


def _cards(
    order: Sequence[PartnerNode], edges: Sequence[MoneyEdge], words: FlowWords, width: float
) -> list[_Card]:
    names = {partner.key: isolated(partner.name) for partner in order}
    touched = {key for edge in edges for key in (edge.giver, edge.receiver)}
    first_alone = next((each.key for each in order if each.key not in touched), None)
    found: list[_Card] = []
    top = EDGE
    for partner in order:
        above, caption = top, caption_lines(words.alone, width)
        if partner.key == first_alone:
            above += GAP if found else 0
            top = above + height_of(caption) + GAP / 2
        else:
            caption = ()
        reached = sum(edge.receiver == partner.key for edge in edges)
        lines = partner_lines(partner, words, width - 2 * PADDING)
        tall = max(height_of(lines) + 2 * PADDING, PORT * (reached + 1))
        rows, at_y = [], top + tall
        for at, edge in enumerate(edges):
            if edge.giver == partner.key:
                first = words.given % {
                    "instrument": edge.instrument or words.form_unknown,
                    "receiver": names[edge.receiver],
                }
                said = flow_lines(edge, words, width - 2 * PADDING, first)
                rows.append((at, at_y, said))
                at_y += height_of(said) + 2 * PADDING * 0.7
        found.append(_Card(partner, caption, above, top, lines, tuple(rows), tall, at_y - top))
        top = at_y + GAP
    return found


def _spans(cards: Sequence[_Card], edges: Sequence[MoneyEdge]) -> dict[int, tuple[float, float]]:
    """For each flow the heights at which it leaves its row and reaches its receiver's box."""
    starts = {
        at: top + PADDING * 0.7 + lines[0].height / 2 if lines else top
        for card in cards
        for at, top, lines in card.flows
    }
    ends: dict[int, float] = {}
    for card in cards:
        coming = [at for at in starts if edges[at].receiver == card.partner.key]
        # what comes from furthest above arrives first, so that lines do not cross at the box
        coming.sort(key=lambda at: (starts[at] > card.top, starts[at]))
        for place, at in enumerate(coming, start=1):
            ends[at] = card.top + card.head * place / (len(coming) + 1)
    return {at: (start, ends[at]) for at, start in starts.items()}


def _lanes(spans: Mapping[int, tuple[float, float]]) -> dict[int, int]:
    """A lane for each flow, 0 next to the boxes: short ones first, no two on one stretch."""
    lanes: list[list[tuple[float, float]]] = []
    found: dict[int, int] = {}
    for at, span in sorted(spans.items(), key=lambda each: abs(each[1][1] - each[1][0])):
        low, high = min(span) - 4, max(span) + 4
        free = (
            lane
            for lane, taken in enumerate(lanes)
            if all(high < other_low or other_high < low for other_low, other_high in taken)
        )
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((min(span), max(span)))
        found[at] = lane
    return found


def _print_card(drawn: Drawn, card: _Card, gutter: float, mirrored: bool) -> None:
    width = WIDTH - gutter - EDGE
    x = EDGE if mirrored else gutter
    rect = Rect(x, card.top, width, card.head)
    drawn.boxes[card.partner.key] = rect
    drawn.parts.append(box(Rect(x, card.top, width, card.height), "d-card"))
    drawn.parts.append(box(rect, "d-box"))
    inner = x + width - PADDING if mirrored else x + PADDING
    anchor = "end" if mirrored else "start"
    top = card.top + (card.head - height_of(card.lines)) / 2
    drawn.parts += printed(card.lines, inner, top, anchor=anchor)
    for place, (at, row, lines) in enumerate(card.flows):
        if place:
            drawn.parts.append(path(f"M{number(x)} {number(row)}h{number(width)}", "d-rule"))
        wide = width_of_block(lines)
        left = inner - wide if mirrored else inner
        drawn.labels[at] = Rect(left, row + PADDING * 0.7, wide, height_of(lines))
        drawn.parts += printed(lines, inner, row + PADDING * 0.7, anchor=anchor)


def _print_line(
    drawn: Drawn,
    flow: tuple[int, bool],
    across: tuple[float, float],
    down: tuple[float, float],
    mirrored: bool,
) -> None:
    (at, unpaid), (lane, edge), (start, end) = flow, across, down
    side = 1
    tip = edge - HEAD
    if mirrored:
        lane, edge, tip, side = WIDTH - lane, WIDTH - edge, WIDTH - tip, -1
    drawn.parts.append(
        line(
            f"M{number(edge)} {number(start)}H{number(lane)}V{number(end)}H{number(tip)}",
            unpaid=unpaid,
        )
    )
    drawn.parts.append(head((edge, end), side))
    drawn.arrows.append(Arrow(((edge, start), (lane, start), (lane, end), (edge, end)), at))
