"""Cases, lessons, partners and flows of money as tables: one row each; pure.

The columns come from the description of the fields, so a new field is a new column. A column of
codes has one with the words beside it (`…_label`). Rows inside a row, such as sources, are one
column. A name that is withheld is empty, and with it whatever else could tell who it is. Of the
partners' own ratings those are in it whose speakers agreed to export.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from wiki.cases.case_fields import CASE
from wiki.cases.facets import group, organisation_slug, own_ratings, rows, texts
from wiki.cases.heard import heard_of
from wiki.cases.labels import Labels
from wiki.cases.lesson_fields import LESSON
from wiki.cases.power_fields import MONEY, PARTNERS
from wiki.cases.queries import Entry
from wiki.cases.schema import Field
from wiki.cases.shown import why_said

Cell = str | int | None | list[Any] | dict[str, Any]
Row = dict[str, Cell]
Name = Literal["cases", "lessons", "partners", "money"]
NAMES: tuple[Name, ...] = ("cases", "lessons", "partners", "money")
_TELLING = ("ids", "describes_itself_as")  # of a partner: they name it as well as its name does
_HEAD = ("key", "title", "address", "language", "licence")
_HEARD = {
    "rated_by": "rated_by",
    "partners_disagree": "disagree",
    "dissent": "dissent",
    "community_speaks": "community",
    "no_partner_has_spoken": "silent",
}  # columns of a case, and the facets that fill them
_LEFT_OUT = frozenset({"type", "id", "title", "language", "licence", "partners", "money"})


@dataclass(frozen=True)
class Table:
    """One table: which pages fill it, its columns in order, and the rows that one page gives."""

    name: Name
    kind: str
    columns: tuple[str, ...]
    rows: Callable[[Entry, Labels], Iterator[Row]]


def table_of(name: Name, labels: Labels) -> Table:
    """The table of this name, with the columns that its wiki's lists give it. Linear."""
    kind = "lesson" if name == "lessons" else "case"
    make = {"cases": _case, "lessons": _lesson, "partners": _partners, "money": _money}[name]
    fields = {
        "cases": CASE.fields,
        "lessons": LESSON.fields,
        "partners": PARTNERS.inside,
        "money": MONEY.inside,
    }[name]
    told = [column for field in _shown(name, fields) for column in _columns(field, labels)]
    return Table(name, kind, (*_own(name), *told), make)


def _own(name: Name) -> tuple[str, ...]:
    return {
        "cases": (*_HEAD, "first_year", "last_year", *_HEARD, "own_ratings", "root_causes"),
        "lessons": (*_HEAD, "status", "status_label", "status_why", "breadth"),
        "partners": ("case", "case_title", "address", "licence", "organisation"),
        "money": ("case", "case_title", "address", "licence", "from_name", "to_name"),
    }[name]


def _shown(name: Name, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    inside = name in ("partners", "money")
    return fields if inside else tuple(f for f in fields if f.name not in _LEFT_OUT)


def _columns(field: Field, labels: Labels, before: str = "") -> Iterator[str]:
    name = f"{before}{field.name}"
    if field.kind == "group":
        for inner in field.inside:
            yield from _columns(inner, labels, f"{name}_")
    elif field.kind == "matrix":
        yield from (f"{name}_{area}" for area in labels.lists["decision_area"].labels)
    else:
        yield name
        if field.words or field.kind in ("country", "places"):
            yield f"{name}_label"


def _cells(field: Field, value: object, labels: Labels, before: str = "") -> Iterator[Any]:
    """(column, cell) of one field."""
    name = f"{before}{field.name}"
    if field.kind == "group":
        for inner in field.inside:
            yield from _cells(inner, group(value).get(inner.name), labels, f"{name}_")
    elif field.kind == "matrix":
        for area in labels.lists["decision_area"].labels:
            yield f"{name}_{area}", " ".join(texts(group(value).get(area)))
    elif field.kind == "rows":
        yield name, [dict(row) for row in rows(value)]
    else:
        several = field.kind in ("codes", "lines", "places", "keys", "partners")
        codes = texts(value)
        yield name, codes if several else " ".join(codes)
        words = _words(field, codes, labels)
        if words is not None:
            yield f"{name}_label", words if several else " ".join(words)


def _words(field: Field, codes: list[str], labels: Labels) -> list[str] | None:
    if field.words:
        return [labels.word(field.words, code) for code in codes]
    if field.kind in ("country", "places"):
        return [labels.place(code[:2] if code[:2].isalpha() else code) for code in codes]
    return None


def _all(fields: tuple[Field, ...], values: Mapping[str, Any], labels: Labels) -> Row:
    return dict(cell for field in fields for cell in _cells(field, values.get(field.name), labels))


def _head(entry: Entry) -> Row:
    return {
        "key": entry.key,
        "title": entry.title,
        "address": f"/w/{entry.slug}",
        "language": entry.language,
        "licence": entry.licence,
    }


def _case(entry: Entry, labels: Labels) -> Iterator[Row]:
    yield {
        **_head(entry),
        "first_year": entry.first_year,
        "last_year": entry.last_year,
        **_heard(entry),
        "root_causes": list(entry.facets.get("root_cause", ())),
        **_all(_shown("cases", CASE.fields), entry.fields, labels),
    }


def _heard(entry: Entry) -> Row:
    """Who rates the outcomes and who speaks; own ratings only of those who agreed that files
    carry them."""
    told = {name: " ".join(entry.facets.get(facet, ())) for name, facet in _HEARD.items()}
    ratings = own_ratings(entry.fields, heard_of(entry.computed).ratings)
    return {
        **told,
        "rated_by": list(entry.facets.get("rated_by", ())),
        "own_ratings": [
            {name: value for name, value in asdict(each).items() if name != "carried"}
            for each in ratings
            if each.carried
        ],
    }


def _lesson(entry: Entry, labels: Labels) -> Iterator[Row]:
    status = str(entry.computed.get("status") or "")
    yield {
        **_head(entry),
        "status": status,
        "status_label": labels.word("lesson_status", status),
        "status_why": why_said(entry, labels),
        "breadth": int(entry.computed.get("breadth") or 0),
        **_all(_shown("lessons", LESSON.fields), entry.fields, labels),
    }


def _of_case(entry: Entry) -> Row:
    return {
        "case": entry.key,
        "case_title": entry.title,
        "address": f"/w/{entry.slug}",
        "licence": entry.licence,
    }


def _partners(entry: Entry, labels: Labels) -> Iterator[Row]:
    for row in rows(entry.fields.get("partners")):
        shown = row.get("name_visibility") in (None, "", "named")
        told = {**row, "name": _name(row)}
        if not shown:
            told = {name: value for name, value in told.items() if name not in _TELLING}
        yield {
            **_of_case(entry),
            "organisation": organisation_slug(_name(row)) if shown else "",
            **_all(PARTNERS.inside, told, labels),
        }


def _money(entry: Entry, labels: Labels) -> Iterator[Row]:
    names = {
        key: _name(row)
        for row in rows(entry.fields.get("partners"))
        for key in texts(row.get("id"))
    }
    for row in rows(entry.fields.get("money")):
        ends = {end: " ".join(texts(row.get(end))) for end in ("from", "to")}
        yield {
            **_of_case(entry),
            "from_name": names.get(ends["from"], ""),
            "to_name": names.get(ends["to"], ""),
            **_all(MONEY.inside, row, labels),
        }


def _name(row: Mapping[str, Any]) -> str:
    """The name as everybody may read it: a general one as typed, a withheld one not at all."""
    hidden = row.get("name_visibility") not in (None, "", "named", "generalised")
    return "" if hidden else " ".join(texts(row.get("name")))
