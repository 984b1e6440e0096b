"""The map of money and decisions of one case: who paid whom, who could stop it, who decided.

Two drawings of the same, of which the style sheet shows the one that fits: partners in columns
along the flow of money, or one below the other with the flows in a gutter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wiki.cases.drawing import flow_columns, flow_list
from wiki.cases.drawing.flows import FlowWords, MoneyEdge, PartnerNode, in_words
from wiki.cases.drawing.layers import layers_of
from wiki.cases.drawing.strokes import Drawn
from wiki.cases.drawing.svg import element, picture

MOST_PARTNERS = 12
MOST_FLOWS = 24
MOST_LAYERS = 4  # that fit on a screen beside each other
SCALE = 0.84  # the smallest at which the letters of a drawing are still easy to read
STEPS = (30, 40, 52, 64)  # rem: the widths of a place at which static/css/drawing.css changes over


@dataclass(frozen=True)
class MoneyMap:
    """The drawing ("" if nothing can be drawn) and the same in sentences."""

    html: Markup
    sentences: tuple[str, ...]
    note: str = ""  # why there is no drawing


def money_map(
    partners: Sequence[PartnerNode],
    edges: Sequence[MoneyEdge],
    words: FlowWords,
    *,
    ident: str = "money",
    mirrored: bool = False,
) -> MoneyMap:
    """The map of these partners. `ident`: unique in its page; `mirrored`: for an interface that
    is written from right to left.

    A flow whose giver or receiver is not listed stands in the sentences only, as does everything
    if there are more than `MOST_PARTNERS` partners or `MOST_FLOWS` flows. Of two partners with
    one key the first counts. Cost: 2 ms for five partners, 7 ms for twelve with 24 flows.
    """
    listed = tuple({partner.key: partner for partner in reversed(partners)}.values())[::-1]
    said = in_words(listed, edges, words)
    if not listed:
        return MoneyMap(Markup(), said)
    drawn = [
        edge
        for edge in edges
        if {edge.giver, edge.receiver} <= {partner.key for partner in listed}
    ]
    if len(listed) > MOST_PARTNERS or len(drawn) > MOST_FLOWS:
        return MoneyMap(Markup(), said, words.too_many % {"count": len(listed)})
    layer = layers_of(
        [partner.key for partner in listed], [(edge.giver, edge.receiver) for edge in drawn]
    )
    narrow = flow_list.draw(listed, drawn, layer, words, mirrored=mirrored)
    pictures, step = [_picture(narrow, words, f"{ident}-narrow", "d-narrow")], 0
    if len({layer[key] for edge in drawn for key in (edge.giver, edge.receiver)}) <= MOST_LAYERS:
        wide = flow_columns.draw(listed, drawn, layer, words, mirrored=mirrored)
        step = next((step for step in STEPS if wide.width * SCALE / 16 <= step), 0)
        if step:
            pictures.insert(0, _picture(wide, words, f"{ident}-wide", "d-wide"))
    kind = f"drawing drawing-{step}" if step else "drawing"
    return MoneyMap(element("div", {"class": kind}, *pictures), said)


def _picture(drawn: Drawn, words: FlowWords, ident: str, kind: str) -> Markup:
    return picture(
        drawn.parts,
        width=drawn.width,
        height=drawn.height,
        name=words.name,
        description=words.description,
        ident=ident,
        kind=kind,
    )
