"""The map of money and decisions that the fields of a case tell; pure.

The fields are as a page has them, which may be anything: what has not the shape it should have
is passed over.
"""

from collections.abc import Mapping
from typing import Any

from wiki.cases.drawing.flows import MoneyEdge, PartnerNode
from wiki.cases.facets import group, rows, texts
from wiki.cases.telling import Teller
from wiki.cases.vocabulary import SHIPPED

SHIPPED_WORDS = Teller(SHIPPED)
UNSAID = frozenset({"unknown", "undisclosed"})  # nothing that a drawing would show


def case_flows(
    fields: Mapping[str, Any], teller: Teller = SHIPPED_WORDS
) -> tuple[list[PartnerNode], list[MoneyEdge]]:
    """The partners and flows of a case, in the words of `teller`. A name that is withheld is not
    among them. Cost: 20 µs a row.
    """
    money = rows(fields.get("money"))
    stoppers = {key for row in money for key in texts(row.get("who_can_stop"))}
    partners = [
        _partner(row, teller, stoppers) for row in rows(fields.get("partners")) if _text(row, "id")
    ]
    names = {partner.key: partner.name for partner in partners}
    edges = [_edge(row, teller, names) for row in money if _text(row, "from") and _text(row, "to")]
    return partners, edges


def _partner(row: Mapping[str, Any], teller: Teller, stoppers: set[str]) -> PartnerNode:
    key, kind, name = _text(row, "id"), _label(row, "org_type", teller), _text(row, "name")
    if row.get("name_visibility") == "withheld":
        name = teller.partners.get(key, "")
    return PartnerNode(
        key=key,
        name=name or kind or key,
        kind=kind if name else "",
        decisions=tuple(
            (teller.word("decision_area", area), teller.word("decision_level", level))
            for area, level in group(row.get("decisions")).items()
            if isinstance(area, str) and isinstance(level, str) and level not in UNSAID
        ),
        can_stop=key in stoppers,
    )


def _edge(row: Mapping[str, Any], teller: Teller, names: Mapping[str, str]) -> MoneyEdge:
    instrument = _text(row, "instrument")
    said = _label(row, "amount_band", teller)
    return MoneyEdge(
        giver=_text(row, "from"),
        receiver=_text(row, "to"),
        instrument=_label(row, "instrument", teller),
        amount=" ".join(part for part in (said, said and _text(row, "currency")) if part),
        stopped_by=tuple(names.get(key, key) for key in texts(row.get("who_can_stop"))),
        changed_midway=_text(row, "changed_midway") in ("yes", "partly"),
        unpaid=instrument == "unpaid_labour",
    )


def _label(row: Mapping[str, Any], name: str, teller: Teller) -> str:
    value = _text(row, name)
    return teller.word(name, value) if value not in UNSAID else ""


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""
