"""What a reader of a case is told: outcomes and who says so, partners, decisions, the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from wiki.cases import rules
from wiki.cases.case_fields import CASE
from wiki.cases.facets import (
    OUTCOMES,
    countries,
    group,
    organisation_slug,
    own_ratings,
    rows,
    texts,
)
from wiki.cases.heard import OwnRating
from wiki.cases.rating_telling import PartnerSays, tell_ratings, who_disagree
from wiki.cases.telling import Fact, FactValue, Group, Teller, browse, line, name_of, web_address

Fields = Mapping[str, Any]
_AFTER = ("power", "rules", "technology", "capacities")  # told in tables after the story
_OF_A_PARTNER = (
    "describes_itself_as", "works_in", "money_position", "share_band", "can_leave_without_loss",
    "joined", "left", "left_why",
)  # fmt: skip


@dataclass(frozen=True)
class PartnerTold:
    """A partner as the page shows it. href: the page of the organisation, if it is named."""

    name: str
    href: str | None
    note: str  # whether the name is the real one
    kind: str
    roles: list[str]
    facts: list[Fact]


@dataclass(frozen=True)
class Matrix:
    """Who decided what: one line for each area, one column for each partner that says anything."""

    partners: list[str]
    lines: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class SourceTold:
    """A source: what it is, where, how much of it was read, what it says."""

    key: str
    cite: str
    href: str | None
    notes: list[str]
    says: str


@dataclass(frozen=True)
class CaseTold:
    """All that the front matter of a case tells."""

    relationship: FactValue
    purpose: FactValue
    end_reasons: list[FactValue]
    rated_by_writers: bool
    said: list[PartnerSays]
    disagree: str  # see `who_disagree`
    when_and_where: list[str]
    facts: list[Fact]
    partners: list[PartnerTold]
    matrix: Matrix
    details: list[Group]
    sources: list[SourceTold]
    content_note: list[str]
    missed: list[str]
    others: list[str]  # names of fields that no description knows


def tell_case(fields: Fields, teller: Teller, ratings: Iterable[OwnRating] = ()) -> CaseTold:
    """What a reader is told; `ratings`: the partners' own. Values of the wrong shape are left out.
    Cost: under 1 ms.
    """
    own = own_ratings(fields, ratings)
    return CaseTold(
        relationship=_outcome(fields, teller, "partnership_outcome"),
        purpose=_outcome(fields, teller, "purpose_outcome"),
        end_reasons=teller.found_at(
            "case", "end_reason", "end_reason", texts(fields.get("end_reason"))
        ),
        rated_by_writers=any(texts(fields.get(name)) for name in OUTCOMES),
        said=tell_ratings(fields, own, teller),
        disagree=who_disagree(fields, own),
        when_and_where=[
            *(value.text for value in _when(group(fields.get("when")))[:1]),
            *(teller.place(code) for code in countries(fields)[:4]),
        ],
        facts=[fact for fact in _facts(fields, teller) if fact.values],
        partners=[_partner(row, teller) for row in rows(fields.get("partners"))],
        matrix=_matrix(fields, teller),
        details=_details(fields, teller),
        sources=tell_sources(fields, teller),
        content_note=texts(fields.get("content_note")),
        missed=[teller.translate(field.missed) for field in rules.missed(fields)],
        others=rules.unknown(fields),
    )


def _outcome(fields: Fields, teller: Teller, name: str) -> FactValue:
    value = line(fields.get(name))
    return FactValue(teller.word(name, value), browse("case", name, value) if value else None)


def _facts(fields: Fields, teller: Teller) -> list[Fact]:
    education, said = group(fields.get("education")), teller.translate
    where = [
        FactValue(teller.place(code), browse("case", "country", code))
        for code in countries(fields)
    ]
    return [
        Fact(said(CASE["when"].label), _when(group(fields.get("when")))),
        Fact(said(CASE["places"].label), where),
        Fact(
            said(CASE["partners"].label),
            [_in_short(row, teller) for row in rows(fields.get("partners"))],
        ),
        *(
            Fact(
                said(CASE[name].label),
                teller.found_at("case", facet, CASE[name].words, texts(fields.get(name))),
            )
            for name, facet in (("partnership_type", "partnership_type"), ("stage", "stage"))
        ),
        Fact(said(CASE["scope"].label), [FactValue(teller.word("scope", fields.get("scope")))])
        if texts(fields.get("scope"))
        else Fact("", []),
        Fact(
            said(CASE["education"].label),
            teller.found_at(
                "case", "education_area", "education_area", texts(education.get("area"))
            ),
        ),
        Fact(said(CASE["themes"].label), theme_values(fields, teller)),
    ]


def theme_values(fields: Fields, teller: Teller) -> list[FactValue]:
    """The themes, leading to their own pages."""
    return [
        FactValue(teller.word("theme", slug), f"/w/{slug}")
        for slug in texts(fields.get("themes"))
        if slug in teller.words("theme")
    ]


def _when(when: Fields) -> list[FactValue]:
    start, end, day = (line(when.get(name)) for name in ("start", "end", "key_date"))
    span = f"{start} – {end.replace('..', '…')}" if start and end else start or end
    return [FactValue(text) for text in (span, day) if text]


def _partner(row: Fields, teller: Teller) -> PartnerTold:
    key = row.get("id")
    shown = teller.partner(key) or name_of(row)
    href = organisation_page(row)
    fields = {field.name: field for field in CASE["partners"].inside}
    facts = teller.facts([fields[name] for name in _OF_A_PARTNER], _known(row))
    base = texts(row.get("country"))
    if base:
        label = teller.translate(fields["country"].label)
        facts.insert(0, Fact(label, [FactValue(teller.place(base[0]))]))
    return PartnerTold(
        name=shown,
        href=href,
        note="" if href else teller.word("name_visibility", row.get("name_visibility")),
        kind=teller.word("org_type", row.get("org_type")),
        roles=[teller.word("partner_role", role) for role in texts(row.get("roles"))],
        facts=facts,
    )


def _known(row: Fields) -> Fields:
    """Without what only says that nobody knows."""
    return {name: value for name, value in row.items() if value != "unknown"}


def _in_short(row: Fields, teller: Teller) -> FactValue:
    roles = [teller.word("partner_role", role) for role in texts(row.get("roles"))]
    return FactValue(
        teller.partner(row.get("id")) or name_of(row), organisation_page(row), ", ".join(roles)
    )


def organisation_page(row: Fields) -> str | None:
    """Where the page of a partner's organisation is; None for one that is not named."""
    named = row.get("name_visibility") in (None, "", "named") and organisation_slug(name_of(row))
    return f"/partners/{quote(named)}" if named else None


def _matrix(fields: Fields, teller: Teller) -> Matrix:
    partners = [
        row for row in rows(fields.get("partners")) if any(group(row.get("decisions")).values())
    ]
    lines = []
    for area in teller.words("decision_area").labels:
        levels = [
            teller.word("decision_level", group(row.get("decisions")).get(area))
            for row in partners
        ]
        if any(levels):
            lines.append((teller.word("decision_area", area), levels))
    return Matrix([teller.partner(row.get("id")) or name_of(row) for row in partners], lines)


def _details(fields: Fields, teller: Teller) -> list[Group]:
    found = [each for name in _AFTER for each in teller.groups(CASE[name], fields.get(name))]
    value, education = group(fields.get("value")), group(fields.get("education"))
    known = {field.name: field for field in CASE["education"].inside}
    single = {
        CASE["value"]: teller.facts(CASE["value"].inside, value),
        CASE["education"]: [
            *teller.facts([known["isced"], known["mode"]], education),
            *teller.facts([CASE["sdg"]], fields),
        ],
    }
    found += [Group(teller.translate(field.label), told) for field, told in single.items() if told]
    return [*found, *teller.groups(CASE["labels"], fields.get("labels"))]


def tell_sources(fields: Fields, teller: Teller) -> list[SourceTold]:
    """The sources of a case or a lesson, in their order."""
    known = {field.name: field for field in CASE["sources"].inside}
    told = []
    for row in rows(fields.get("sources")):
        if not line(row.get("cite")):
            continue
        address = line(row.get("url")) or line(row.get("doi")) or line(row.get("archived_url"))
        notes = [
            teller.word("source_type", row.get("type")),
            _noted(teller, known["read"].label, teller.word("read_extent", row.get("read"))),
            _noted(teller, known["accessed"].label, line(row.get("accessed"))),
        ]
        told.append(
            SourceTold(
                key=line(row.get("id")),
                cite=line(row.get("cite")),
                href=web_address(address),
                notes=[note for note in notes if note],
                says=line(row.get("says")),
            )
        )
    return told


def _noted(teller: Teller, label: str, value: str) -> str:
    return f"{teller.translate(label)}: {value}" if value else ""
