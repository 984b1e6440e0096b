"""What one value of a field must look like, whatever the page; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wiki.cases import edtf
from wiki.cases.schema import LINE_LENGTH, N_, Field
from wiki.cases.vocabulary import Lists
from wiki.errors import WrongField

Path = tuple[str | int, ...]
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|\d{3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_URL = re.compile(r"https?://[^\s<>\"]+|10\.\d{4,9}/\S+|doi:10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Look:
    """One look over the fields of a page: its lists, and the keys of the partners it defines."""

    lists: Lists
    partners: frozenset[str]

    def fields(
        self, path: Path, known: tuple[Field, ...], given: Mapping[str, Any]
    ) -> Iterator[WrongField]:
        """All that is wrong with the values of these fields; empty values are not."""
        for field in known:
            value = given.get(field.name)
            if value is not None and value != "" and value != []:
                yield from self._value((*path, field.name), field, value)

    def _value(self, path: Path, field: Field, value: Any) -> Iterator[WrongField]:
        if field.kind in _LISTED:
            yield from self._several(path, field, value)
        elif field.kind == "rows":
            yield from self._rows(path, field, value)
        elif field.kind == "group":
            if isinstance(value, Mapping):
                yield from self.fields(path, field.inside, value)
            else:
                yield WrongField(path, N_("It must be a group of names and values."))
        elif field.kind == "matrix":
            yield from self._matrix(path, value)
        elif not isinstance(value, str):
            yield WrongField(path, N_("It must be one text, not a list."))
        else:
            yield from self._one(path, field, value)

    def _several(self, path: Path, field: Field, value: Any) -> Iterator[WrongField]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(v, str | None) for v in value):
            yield WrongField(path, N_("It must be a list of texts."))
            return
        if len(value) > field.limit:
            yield WrongField(
                path, N_("It may have %(limit)s values, not more."), {"limit": field.limit}
            )
        for place, each in enumerate(value):
            if each:
                yield from self._one((*path, place), field, each)

    def _rows(self, path: Path, field: Field, value: Any) -> Iterator[WrongField]:
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            yield WrongField(path, N_("It must be a list of rows, each with names and values."))
            return
        if len(value) > field.limit:
            yield WrongField(
                path, N_("It may have %(limit)s rows, not more."), {"limit": field.limit}
            )
        for place, row in enumerate(value):
            yield from self.fields((*path, place), field.inside, row)

    def _matrix(self, path: Path, value: Any) -> Iterator[WrongField]:
        if not isinstance(value, Mapping):
            yield WrongField(path, N_("It must be a group of names and values."))
            return
        areas, levels = self.lists["decision_area"], self.lists["decision_level"]
        for area, level in value.items():
            if area not in areas:
                yield WrongField((*path, area), _NOT_LISTED, _listed(area, areas.labels))
            elif level and level not in levels:
                yield WrongField((*path, area), _NOT_LISTED, _listed(level, levels.labels))

    def _one(self, path: Path, field: Field, value: str) -> Iterator[WrongField]:
        kind = _LISTED.get(field.kind, field.kind)
        if kind == "code":
            known = self.lists[field.words]
            if value not in known:
                yield WrongField(path, _NOT_LISTED, _listed(value, known.labels))
        elif kind == "partner":
            if value not in self.partners:
                yield WrongField(
                    path,
                    N_("“%(value)s” is none of the partners of this page: %(allowed)s."),
                    {"value": value, "allowed": ", ".join(sorted(self.partners)) or "–"},
                )
        elif kind in ("line", "text"):
            yield from _length(path, field, value)
        elif kind == "date":
            yield from _date(path, value)
        elif not _SHAPES[kind][0].fullmatch(value):
            yield WrongField(path, _SHAPES[kind][1], {"value": value[:80]})


_LISTED = {
    "codes": "code",
    "partners": "partner",
    "keys": "key",
    "lines": "line",
    "places": "place",
}
_NOT_LISTED = N_("“%(value)s” is none of its values; it may be: %(allowed)s.")
_SHAPES = {
    "key": (
        _KEY,
        N_("“%(value)s” is not a short name: letters, digits, - and _, a letter first."),
    ),
    "language": (_LANGUAGE, N_("“%(value)s” is not a language tag such as en or pt-BR.")),
    "place": (
        _PLACE,
        N_("“%(value)s” is not a code such as KE, KE-30 or 202 (ISO 3166, UN M49)."),
    ),
    "country": (_COUNTRY, N_("“%(value)s” is not a country code such as KE (ISO 3166-1).")),
    "url": (_URL, N_("“%(value)s” is not a web address (https://…) or a DOI (10.…).")),
}


def _listed(value: str, allowed: Mapping[str, str]) -> dict[str, object]:
    return {"value": value[:80], "allowed": ", ".join(allowed)}


def _length(path: Path, field: Field, value: str) -> Iterator[WrongField]:
    limit = field.limit if field.kind in ("line", "text") else LINE_LENGTH
    if len(value) > limit:
        yield WrongField(
            path,
            N_("It has %(size)s characters; %(limit)s fit."),
            {"size": len(value), "limit": limit},
        )


def _date(path: Path, value: str) -> Iterator[WrongField]:
    try:
        edtf.read(value)
    except edtf.DateProblem as problem:
        yield WrongField(path, problem.message, {"value": value[:80]})
