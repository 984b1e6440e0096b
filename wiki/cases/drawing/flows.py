"""What a map of money and decisions shows, and the same in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wiki.cases.drawing.lettering import isolated


@dataclass(frozen=True)
class PartnerNode:
    """A partner. `key` is unique in its case; the rest is shown as it stands, "" is left out."""

    key: str
    name: str
    kind: str = ""  # label of the kind of organisation
    decisions: tuple[tuple[str, str], ...] = ()  # (label of the area, label of the level)
    can_stop: bool = False  # could stop money of this partnership


@dataclass(frozen=True)
class MoneyEdge:
    """Money, things or unpaid work that one partner gave to another (or kept for itself)."""

    giver: str  # key of a partner
    receiver: str
    instrument: str  # its label; "" if its form is not known
    amount: str = ""
    stopped_by: tuple[str, ...] = ()  # names of those who could stop it
    changed_midway: bool = False
    unpaid: bool = False  # labour that nobody paid for


def _comma(parts: Sequence[str]) -> str:
    return ", ".join(parts)


@dataclass(frozen=True)
class FlowWords:
    """The sentences of the map in the reader's language; %(…)s is filled in here."""

    name: str  # of the drawing: Money and decisions
    description: str  # where the same stands in words
    flow: str  # %(giver)s to %(receiver)s: %(instrument)s
    given: str  # To %(receiver)s: %(instrument)s
    form_unknown: str  # form not known
    stops: str  # %(names)s can stop it
    changed: str  # changed midway
    unpaid: str  # unpaid
    could_stop: str  # could stop money
    decided: str  # %(level)s: %(areas)s
    no_flow: str  # No money, things or work of this partner is recorded.
    alone: str  # above the boxes of such partners: No flow of money is recorded for these:
    too_many: str  # %(count)s partners are too many for a drawing.
    listed: Callable[[Sequence[str]], str] = _comma  # joins names


def notes(edge: MoneyEdge, words: FlowWords) -> list[str]:
    """What is said under a flow's name."""
    return [
        note
        for note in (
            edge.amount,
            words.unpaid if edge.unpaid else "",
            stopping(edge, words),
            words.changed if edge.changed_midway else "",
        )
        if note
    ]


def stopping(edge: MoneyEdge, words: FlowWords) -> str:
    """Who could stop it; "" if nobody is said to."""
    names = [isolated(name) for name in edge.stopped_by]
    return words.stops % {"names": words.listed(names)} if names else ""


def decisions(partner: PartnerNode, words: FlowWords) -> list[str]:
    """A line for each level: the areas that were decided like that, in the order given."""
    by_level: dict[str, list[str]] = {}
    for area, level in partner.decisions:
        by_level.setdefault(level, []).append(area)
    return [
        words.decided % {"level": level, "areas": words.listed(areas)}
        for level, areas in by_level.items()
    ]


def flow_sentence(edge: MoneyEdge, names: dict[str, str], words: FlowWords) -> str:
    """One flow in a sentence; a partner who is not listed is called by its key."""
    said = words.flow % {
        "giver": names.get(edge.giver, edge.giver),
        "receiver": names.get(edge.receiver, edge.receiver),
        "instrument": edge.instrument or words.form_unknown,
    }
    return "; ".join([said, *notes(edge, words)])


def in_words(
    partners: Iterable[PartnerNode], edges: Iterable[MoneyEdge], words: FlowWords
) -> tuple[str, ...]:
    """All that the map shows: a sentence for each flow, then one for each partner."""
    listed = list(partners)
    names = {partner.key: isolated(partner.name) for partner in listed}
    edges = list(edges)
    said = [flow_sentence(edge, names, words) for edge in edges]
    touched = {key for edge in edges for key in (edge.giver, edge.receiver)}
    for partner in listed:
        parts = decisions(partner, words)
        if partner.can_stop:
            parts = [words.could_stop, *parts]
        if partner.key not in touched:
            parts.append(words.no_flow)
        if parts:
            kind = f" ({partner.kind})" if partner.kind else ""
            said.append(f"{isolated(partner.name)}{kind}. {'; '.join(parts)}")
    return tuple(said)
