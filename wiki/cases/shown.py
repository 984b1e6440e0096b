"""A case or a lesson as lists show it, in words; pure."""

from dataclasses import dataclass, field
from typing import Any

from wiki.cases.facets import own_ratings
from wiki.cases.heard import OwnRating, heard_of
from wiki.cases.labels import Labels
from wiki.cases.queries import Entry
from wiki.cases.rating_telling import who_disagree
from wiki.cases.schema import N_


@dataclass(frozen=True)
class Line:
    """One case or lesson of a list; "" and 0: there is nothing to say."""

    slug: str
    title: str
    language: str
    kind: str  # case, lesson
    text: str  # the case's summary, the lesson's claim
    outcomes: list[tuple[str, str]] = field(default_factory=list)  # of a case: what, and how
    disagree: str = ""  # who sees one of them differently: see `who_disagree`
    years: str = ""
    account: str = ""  # whose account a case is
    sort: str = ""  # of a lesson: do this, avoid this, …
    status: str = ""
    status_words: str = ""
    why: str = ""  # why it has this status
    breadth: int = 0  # kinds of evidence that hold it up; 0 where `why` says the number
    confidence: str = ""
    themes: list[tuple[str, str]] = field(default_factory=list)  # slug, label
    places: list[str] = field(default_factory=list)


def line(entry: Entry, labels: Labels) -> Line:
    """The entry in words. Linear."""
    facets = entry.facets
    common: dict[str, Any] = {
        "slug": entry.slug,
        "title": entry.title,
        "language": entry.language,
        "kind": entry.kind,
        "themes": [(slug, labels.value("theme", slug)) for slug in facets.get("theme", ())],
        "places": [labels.place(code) for code in facets.get("country", ())],
    }
    made = _case if entry.kind == "case" else _lesson
    return Line(**common, **made(entry, labels))


def _case(entry: Entry, labels: Labels) -> dict[str, Any]:
    outcomes = [
        (labels.facet(name), labels.value(name, value))
        for name in ("partnership_outcome", "purpose_outcome")
        for value in entry.facets.get(name, ())
    ]
    account = _text(entry.fields.get("account_basis"))
    differs = entry.facets.get("disagree")
    return {
        "text": entry.abstract,
        "outcomes": outcomes,
        "disagree": who_disagree(entry.fields, _own(entry)) if differs else "",
        "years": years_said(entry, labels),
        "account": labels.word("account_basis", account),
    }


def _own(entry: Entry) -> list[OwnRating]:
    return own_ratings(entry.fields, heard_of(entry.computed).ratings)


def _lesson(entry: Entry, labels: Labels) -> dict[str, Any]:
    status, values = _text(entry.computed.get("status")), entry.computed.get("values") or {}
    kind, confidence = (_text(entry.fields.get(name)) for name in ("kind", "confidence"))
    return {
        "text": " ".join(_text(entry.fields.get("claim")).split()) or entry.abstract,
        "sort": labels.word("lesson_kind", kind),
        "status": status,
        "status_words": labels.word("lesson_status", status),
        "why": why_said(entry, labels),
        "breadth": 0 if "kinds" in values else int(entry.computed.get("breadth") or 0),
        "confidence": labels.word("confidence", confidence),
    }


def why_said(entry: Entry, labels: Labels) -> str:
    """Why a lesson has its status, as a sentence; "" for a case."""
    why, values = _text(entry.computed.get("why")), entry.computed.get("values") or {}
    return labels.translate(why) % values if values else labels.translate(why) if why else ""


def years_said(entry: Entry, labels: Labels) -> str:
    """The years of a case: 2016, 2016–2019, since 2016, until 2019; "" if they are not told."""
    first, last = entry.first_year, entry.last_year
    if first is None and last is None:
        return ""
    if last is None:
        return labels.translate(N_("since %(year)s")) % {"year": first}
    if first is None:
        return labels.translate(N_("until %(year)s")) % {"year": last}
    return str(first) if first == last else f"{first}–{last}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
