"""The map of money and decisions that the fields of a case tell; pure.

The fields are as a page has them, which may be anything: what has not the shape it should have
is passed over.
"""

from collections.abc import Mapping
from typing import Any

from wiki.cases.drawing.flows import MoneyEdge, PartnerNode
from wiki.cases.facets import group, rows, texts
from wiki.cases.vocabulary import SHIPPED, Lists

UNSAID = frozenset({"unknown", "undisclosed"})  # nothing that a drawing would show


def case_flows(
    fields: Mapping[str, Any], lists: Lists = SHIPPED
) -> tuple[list[PartnerNode], list[MoneyEdge]]:
    """The partners and flows of a case, in the labels of the wiki's lists. Cost: 20 µs a row."""
    money = rows(fields.get("money"))
    stoppers = {key for row in money for key in texts(row.get("who_can_stop"))}
    partners = [
        _partner(row, lists, stoppers) for row in rows(fields.get("partners")) if _text(row, "id")
    ]
    names = {partner.key: partner.name for partner in partners}
    edges = [_edge(row, lists, names) for row in money if _text(row, "from") and _text(row, "to")]
    return partners, edges


def _partner(row: Mapping[str, Any], lists: Lists, stoppers: set[str]) -> PartnerNode:
    key, kind = _text(row, "id"), _label(row, "org_type", lists, "org_type")
    areas, levels = lists["decision_area"], lists["decision_level"]
    return PartnerNode(
        key=key,
        name=_text(row, "name") or kind or key,
        kind=kind if _text(row, "name") else "",
        decisions=tuple(
            (areas.label_of(area), levels.label_of(level))
            for area, level in group(row.get("decisions")).items()
            if isinstance(area, str) and isinstance(level, str) and level not in UNSAID
        ),
        can_stop=key in stoppers,
    )


def _edge(row: Mapping[str, Any], lists: Lists, names: Mapping[str, str]) -> MoneyEdge:
    instrument = _text(row, "instrument")
    amount = _text(row, "amount_band")
    said = lists["amount_band"].label_of(amount) if amount and amount not in UNSAID else ""
    return MoneyEdge(
        giver=_text(row, "from"),
        receiver=_text(row, "to"),
        instrument=lists["instrument"].label_of(instrument or "unknown"),
        amount=" ".join(part for part in (said, said and _text(row, "currency")) if part),
        stopped_by=tuple(names.get(key, key) for key in texts(row.get("who_can_stop"))),
        changed_midway=_text(row, "changed_midway") in ("yes", "partly"),
        unpaid=instrument == "unpaid_labour",
    )


def _label(row: Mapping[str, Any], name: str, lists: Lists, words: str) -> str:
    value = _text(row, name)
    return lists[words].label_of(value) if value and value not in UNSAID else ""


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""
