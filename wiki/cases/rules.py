"""What the fields of a case or a lesson must be, and what a reader would still miss; pure.

`check` refuses what is wrong, `missing` says what a page needs before it is published, `missed`
says what a reader would like to know. Names that no schema knows are kept and named (`unknown`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wiki.cases import edtf
from wiki.cases.case_fields import CASE
from wiki.cases.lesson_fields import LESSON
from wiki.cases.looking import Look
from wiki.cases.schema import N_, Field, Schema
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import WrongField

SCHEMAS: dict[str, Schema] = {"case": CASE, "lesson": LESSON}
Fields = Mapping[str, Any]
_ENDED = frozenset({"ended_early", "broke_down", "completed_as_planned"})


def check(fields: Fields, lists: Lists = SHIPPED) -> list[WrongField]:
    """All that is wrong with the fields, in the order of the schema; none for other pages.

    Empty values are never wrong. Cost: linear; under 1 ms for a full case.
    """
    schema = SCHEMAS.get(_kind(fields))
    if schema is None:
        return []
    look = Look(lists, frozenset(texts_of_rows(fields.get("partners"), "id")))
    found = list(look.fields((), schema.fields, fields))
    found += _CROSS[schema.kind](fields)
    return found


def unknown(fields: Fields) -> list[str]:
    """Names at the top level that no schema knows: kept as they are."""
    schema = SCHEMAS.get(_kind(fields))
    known = {field.name for field in schema.fields} if schema else set(fields)
    return [name for name in fields if name not in known]


def missing(fields: Fields) -> list[Field]:
    """The fields without which the page cannot be published."""
    schema = SCHEMAS.get(_kind(fields))
    return [f for f in schema.fields if _needed(f, fields)] if schema else []


def missed(fields: Fields) -> list[Field]:
    """What a reader would miss, in the order of the schema: fields with `missed` and no value."""
    schema = SCHEMAS.get(_kind(fields))
    if schema is None:
        return []
    return [
        field
        for path, field in schema.walk()
        if field.missed and _applies(field, fields) and not any(_at(fields, path))
    ]


def texts_of_rows(rows: object, name: str) -> list[str]:
    """The texts under `name` in a list of maps; whatever else stands there is left out."""
    listed = rows if isinstance(rows, list) else []
    found = [row.get(name) for row in listed if isinstance(row, Mapping)]
    return [value for value in found if isinstance(value, str) and value]


def _counted(partners: object) -> int:
    """The partners that a reader meets: those with a name, and those whose name is withheld."""
    withheld = texts_of_rows(partners, "name_visibility").count("withheld")
    return len(texts_of_rows(partners, "name")) + withheld


def _kind(fields: Fields) -> str:
    kind = fields.get("type")
    return kind if isinstance(kind, str) else ""


def _needed(field: Field, fields: Fields) -> bool:
    if not field.need or not _applies(field, fields):
        return False
    if field.name == "partners":
        return _counted(fields.get("partners")) < 2
    return not _filled(fields.get(field.name))


def _applies(field: Field, fields: Fields) -> bool:
    if field.need == "ended":
        return fields.get("stage") == "ended" or fields.get("partnership_outcome") in _ENDED
    return field.need != "avoid" or fields.get("kind") == "avoid"


def _filled(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_filled, value.values()))
    if isinstance(value, list):
        return any(map(_filled, value))
    return isinstance(value, str) and bool(value.strip())


def _at(value: object, path: tuple[str, ...]) -> Iterator[bool]:
    """Whether there is something at each place that `path` leads to, through rows."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield _filled(value)
    elif isinstance(value, Mapping):
        yield from _at(value.get(path[0]), path[1:])


def _of_a_case(fields: Fields) -> Iterator[WrongField]:
    yield from _twice(fields, "partners")
    yield from _twice(fields, "sources")
    for place, partner in enumerate(_rows(fields, "partners")):
        if partner.get("name_visibility") == "withheld" and partner.get("name"):
            yield WrongField(
                ("partners", place, "name"),
                N_("A name that is withheld cannot stand here: everybody can read this text."),
            )
    when = fields.get("when")
    if isinstance(when, Mapping):
        yield from _backwards(when)
    for place, flow in enumerate(_rows(fields, "money")):
        if flow.get("from") and flow.get("from") == flow.get("to"):
            yield WrongField(
                ("money", place, "to"), N_("Money cannot flow from a partner to itself.")
            )
    yield from _opening(fields, "c-")


def _of_a_lesson(fields: Fields) -> Iterator[WrongField]:
    own = fields.get("id")
    for place, link in enumerate(_rows(fields, "links")):
        if own and link.get("lesson") == own:
            yield WrongField(
                ("links", place, "lesson"),
                N_("A lesson cannot support, contradict or replace itself."),
            )
    kinds = breadth(fields)
    if fields.get("confidence") == "high" and kinds < 2:
        yield WrongField(
            ("confidence",),
            N_("“high” needs at least two different kinds of evidence; here is %(kinds)s."),
            {"kinds": kinds},
        )
    yield from _twice(fields, "sources")
    yield from _opening(fields, "l-")


def breadth(fields: Fields) -> int:
    """How many different kinds of evidence hold a lesson up (Patton and Millett, 1998)."""
    return len(set(texts_of_rows(fields.get("evidence"), "type")))


_CROSS: dict[str, Callable[[Fields], Iterator[WrongField]]] = {
    "case": _of_a_case,
    "lesson": _of_a_lesson,
}


def _rows(fields: Fields, name: str) -> list[Mapping[str, Any]]:
    value = fields.get(name)
    return (
        [row if isinstance(row, Mapping) else {} for row in value]
        if isinstance(value, list)
        else []
    )


def _twice(fields: Fields, name: str) -> Iterator[WrongField]:
    seen = set()
    for place, row in enumerate(_rows(fields, name)):
        key = row.get("id")
        if key and key in seen:
            yield WrongField(
                (name, place, "id"), N_("“%(value)s” is there twice."), {"value": key}
            )
        seen.add(key if isinstance(key, str) else None)


def _backwards(when: Mapping[str, Any]) -> Iterator[WrongField]:
    try:
        start, end = (edtf.read(str(when.get(name) or "..")) for name in ("start", "end"))
        edtf.between(start, end)
    except edtf.DateProblem as problem:
        if "before" in problem.message:
            yield WrongField(("when", "end"), problem.message, {"value": when.get("end")})


def _opening(fields: Fields, start: str) -> Iterator[WrongField]:
    own = fields.get("id")
    if isinstance(own, str) and own and not own.startswith(start):
        yield WrongField(
            ("id",), N_("The short name of this page must begin with %(start)s"), {"start": start}
        )
