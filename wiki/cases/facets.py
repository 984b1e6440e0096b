"""By what cases and lessons can be found: facets, read from their front matter; pure.

A facet has a name that stands in addresses, and values that stand there too. What a lesson says
about the partnership it comes from, it takes from its cases.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wiki.cases import edtf
from wiki.cases.heard import NOBODY, Heard, OwnRating
from wiki.cases.schema import N_

Fields = Mapping[str, Any]
Facets = dict[str, list[str]]
COUNTRY, PARTNER, LANGUAGE = "country", "partner", "language"  # their values are no list's


@dataclass(frozen=True)
class Facet:
    """One way to find pages. `words`: the list its values come from; "" if they are none's."""

    name: str
    label: str
    words: str
    kinds: tuple[str, ...]


_BOTH, _CASE, _LESSON = ("case", "lesson"), ("case",), ("lesson",)
FACETS: tuple[Facet, ...] = (
    Facet("theme", N_("Theme"), "theme", _BOTH),
    Facet("kind", N_("Kind of lesson"), "lesson_kind", _LESSON),
    Facet("status", N_("Status"), "lesson_status", _LESSON),
    Facet("confidence", N_("Confidence"), "confidence", _LESSON),
    Facet("root_cause", N_("Root cause"), "root_cause", _BOTH),
    Facet("partnership_outcome", N_("The relationship"), "partnership_outcome", _CASE),
    Facet("purpose_outcome", N_("The purpose"), "purpose_outcome", _CASE),
    Facet("rated_by", N_("Outcome rated by"), "rater", _CASE),
    Facet("disagree", N_("Partners disagree"), "answer", _CASE),
    Facet("dissent", N_("A partner disagrees with the page"), "answer", _CASE),
    Facet("community", N_("A community speaks directly"), "answer", _CASE),
    Facet("silent", N_("No partner has spoken"), "answer", _CASE),
    Facet("partnership_type", N_("Kind of partnership"), "partnership_type", _BOTH),
    Facet("stage", N_("Stage"), "stage", _BOTH),
    Facet("end_reason", N_("Why it ended"), "end_reason", _CASE),
    Facet("org_type", N_("Who was in it"), "org_type", _BOTH),
    Facet("instrument", N_("Money came as"), "instrument", _BOTH),
    Facet("earmarking", N_("Earmarking"), "earmarking", _BOTH),
    Facet("education_area", N_("Part of education"), "education_area", _BOTH),
    Facet(COUNTRY, N_("Country"), "", _BOTH),
    Facet("account_basis", N_("Whose account"), "account_basis", _CASE),
    Facet("evidence", N_("Kind of evidence"), "evidence_type", _LESSON),
    Facet("borne_by", N_("Who bore the cost"), "partner_role", _LESSON),
    Facet("noticed_by", N_("Who noticed first"), "partner_role", _LESSON),
    Facet("heard", N_("Were they heard?"), "answer", _LESSON),
    Facet(PARTNER, N_("Organisation"), "", _CASE),
    Facet(LANGUAGE, N_("Language"), "", _BOTH),
)
BY_NAME = {facet.name: facet for facet in FACETS}
OUTCOMES = ("partnership_outcome", "purpose_outcome")
YES = ["yes"]
INHERITED = (
    "partnership_type",
    "org_type",
    "instrument",
    "earmarking",
    "education_area",
    COUNTRY,
)  # a lesson's, from its cases


def case_facets(fields: Fields, root_causes: Sequence[str] = (), heard: Heard = NOBODY) -> Facets:
    """The facets of a case; `root_causes`: of its lessons. Wrong shapes are left out. Linear."""
    partners, money = rows(fields.get("partners")), rows(fields.get("money"))
    return _kept(
        theme=texts(fields.get("themes")),
        root_cause=list(root_causes),
        partnership_outcome=texts(fields.get("partnership_outcome")),
        purpose_outcome=texts(fields.get("purpose_outcome")),
        rated_by=raters(fields, heard.ratings),
        disagree=YES if disagreement(fields, heard.ratings) else [],
        dissent=YES if heard.dissent else [],
        community=YES if heard.community else [],
        silent=YES if partners and not heard.partner else [],
        partnership_type=texts(fields.get("partnership_type")),
        stage=texts(fields.get("stage")),
        end_reason=texts(fields.get("end_reason")),
        org_type=_each(partners, "org_type"),
        instrument=_each(money, "instrument"),
        earmarking=_each(money, "earmarking"),
        education_area=texts(group(fields.get("education")).get("area")),
        country=countries(fields),
        account_basis=texts(fields.get("account_basis")),
        partner=[slug for slug, _ in organisations(fields)],
        language=texts(fields.get("language")),
    )


def lesson_facets(fields: Fields, computed: Fields, cases: Sequence[Facets] = ()) -> Facets:
    """The facets of a lesson, with what it takes from its `cases`. Linear."""
    own = _kept(
        theme=texts(fields.get("themes")),
        kind=texts(fields.get("kind")),
        status=texts(computed.get("status")),
        confidence=texts(fields.get("confidence")),
        root_cause=texts(fields.get("root_causes")),
        stage=texts(fields.get("stage")),
        evidence=_each(rows(fields.get("evidence")), "type"),
        borne_by=texts(fields.get("borne_by")),
        noticed_by=texts(fields.get("first_noticed_by")),
        heard=texts(fields.get("was_it_heard")),
        language=texts(fields.get("language")),
    )
    taken = {name: [v for case in cases for v in case.get(name, ())] for name in INHERITED}
    return {**own, **_kept(**taken)}


def own_ratings(fields: Fields, ratings: Iterable[OwnRating]) -> list[OwnRating]:
    """Those of partners that the case names, in its order."""
    by_partner = {rating.partner: rating for rating in ratings}
    named = [key for row in rows(fields.get("partners")) for key in texts(row.get("id"))]
    return [by_partner[key] for key in dict.fromkeys(named) if key in by_partner]


def disagreement(fields: Fields, ratings: Iterable[OwnRating] = ()) -> bool:
    """Whether two partners rate the relationship or the purpose differently: as they say
    themselves, else as the writers tell it."""
    own = own_ratings(fields, ratings)
    themselves = {rating.partner for rating in own}
    told = [r for r in rows(fields.get("outcome_said_by")) if r.get("partner") not in themselves]
    return any(
        len({*(getattr(rating, name) for rating in own), *_each(told, name)} - {""}) > 1
        for name in OUTCOMES
    )


def raters(fields: Fields, ratings: Iterable[OwnRating] = ()) -> list[str]:
    """Who rates the outcomes of a case: values of the list rater."""
    told = rows(fields.get("outcome_said_by"))
    found = {
        "partner_itself": bool(own_ratings(fields, ratings)),
        "partner_as_told": any(_each(told, name) for name in OUTCOMES),
        "writers": any(texts(fields.get(name)) for name in OUTCOMES),
    }
    return [value for value, rates in found.items() if rates]


def organisations(fields: Fields) -> Iterator[tuple[str, str]]:
    """(slug, name) of each partner that is named, once."""
    seen = set()
    for row in rows(fields.get("partners")):
        name = row.get("name")
        shown = row.get("name_visibility") in (None, "", "named")
        slug = organisation_slug(name) if isinstance(name, str) and shown else ""
        if slug and slug not in seen:
            seen.add(slug)
            yield slug, str(name)


def organisation_slug(name: str) -> str:
    """A name as it stands in an address: what differs only in case, marks or spaces is one."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "-".join(re.findall(r"[^\W_]+", folded))[:120]


def countries(fields: Fields) -> list[str]:
    """ISO 3166-1 codes of the places, coarse: KE for KE-30; UN M49 numbers of regions stay."""
    return [place[:2] if place[:2].isalpha() else place for place in texts(fields.get("places"))]


def years(fields: Fields) -> tuple[int | None, int | None]:
    """First and last year of a case; None where open, not known, or not a date."""
    when = group(fields.get("when"))
    first, last = _span(when.get("start")), _span(when.get("end"))
    start = first.first.year if first and first.first else None
    end = last.last.year if last and last.last else None
    if first and first.last and not when.get("end"):
        end = first.last.year
    return start, end


def _span(value: object) -> edtf.Span | None:
    try:
        return edtf.read(value) if isinstance(value, str) and value else None
    except edtf.DateProblem:
        return None


def texts(value: object) -> list[str]:
    """The texts of a list, or the one text; nothing for other shapes and empty texts."""
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [each for each in listed if isinstance(each, str) and each]


def rows(value: object) -> list[Mapping[str, Any]]:
    """The maps of a list; nothing for other shapes."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def group(value: object) -> Mapping[str, Any]:
    """The map, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def _each(listed: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return [v for row in listed if isinstance(v := row.get(name), str) and v]


def _kept(**found: list[str]) -> Facets:
    """Each value once, in order; facets without values are left out."""
    return {name: list(dict.fromkeys(values)) for name, values in found.items() if values}
