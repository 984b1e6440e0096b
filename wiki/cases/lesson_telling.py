"""What a reader of a lesson is told: the claim, how it stands and why, what holds it up; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wiki.cases import rules
from wiki.cases.case_telling import SourceTold, tell_sources, theme_values
from wiki.cases.facets import group, rows, texts
from wiki.cases.lesson_fields import LESSON
from wiki.cases.telling import Fact, FactValue, Group, Teller, line

Fields = Mapping[str, Any]
_SHORT = ("context", "expected", "happened", "tried", "instead")


@dataclass(frozen=True)
class EvidenceTold:
    """One piece of evidence: its kind, its case and source, the passage, what it says."""

    kind: str
    case: str  # key
    source: str  # key within the case, or within the lesson
    passage: str
    says: str


@dataclass(frozen=True)
class LinkTold:
    """Another lesson that this one names, and why."""

    relation: str
    key: str
    why: str


@dataclass(frozen=True)
class LessonTold:
    """All that the front matter of a lesson tells."""

    claim: str
    kind: FactValue
    confidence: FactValue
    confidence_why: str
    short: list[Fact]  # what was expected, what happened, what to do instead
    facts: list[Fact]
    evidence: list[EvidenceTold]
    travels: list[Fact]
    positions: list[Group]
    links: list[LinkTold]
    reuse: list[Group]
    sources: list[SourceTold]
    cases: list[str]  # keys
    missed: list[str]
    others: list[str]


def tell_lesson(fields: Fields, teller: Teller) -> LessonTold:
    """What a reader is told. Values of the wrong shape are left out. Cost: under 1 ms."""
    return LessonTold(
        claim=line(fields.get("claim")),
        kind=_found(fields, teller, "kind", "kind"),
        confidence=_found(fields, teller, "confidence", "confidence"),
        confidence_why=line(fields.get("confidence_why")),
        short=teller.facts([LESSON[name] for name in _SHORT], fields),
        facts=_facts(fields, teller),
        evidence=[_evidence(row, teller) for row in rows(fields.get("evidence"))],
        travels=teller.facts(LESSON["travels"].inside, group(fields.get("travels"))),
        positions=teller.groups(LESSON["positions"], fields.get("positions")),
        links=[
            LinkTold(line(row.get("relation")), line(row.get("lesson")), line(row.get("why")))
            for row in rows(fields.get("links"))
            if line(row.get("lesson"))
        ],
        reuse=teller.groups(LESSON["reuse"], fields.get("reuse")),
        sources=tell_sources(fields, teller),
        cases=texts(fields.get("from")),
        missed=[teller.translate(field.missed) for field in rules.missed(fields)],
        others=rules.unknown(fields),
    )


def _found(fields: Fields, teller: Teller, name: str, facet: str) -> FactValue:
    values = teller.found_at("lesson", facet, LESSON[name].words, texts(fields.get(name))[:1])
    return values[0] if values else FactValue("")


def _facts(fields: Fields, teller: Teller) -> list[Fact]:
    found = [
        Fact(
            teller.translate(LESSON[name].label),
            teller.found_at("lesson", facet, LESSON[name].words, texts(fields.get(name))),
        )
        for name, facet in (
            ("root_causes", "root_cause"),
            ("borne_by", "borne_by"),
            ("first_noticed_by", "noticed_by"),
            ("noticed_when", "stage"),
            ("was_it_heard", "heard"),
            ("stage", "stage"),
        )
    ]
    themes = Fact(teller.translate(LESSON["themes"].label), theme_values(fields, teller))
    return [fact for fact in (*found, themes) if fact.values]


def _evidence(row: Fields, teller: Teller) -> EvidenceTold:
    return EvidenceTold(
        kind=teller.word("evidence_type", row.get("type")),
        case=line(row.get("case")),
        source=line(row.get("source")),
        passage=line(row.get("passage")),
        says=line(row.get("says")),
    )
