"""Fields as a form shows them, and what a form sent as fields again; pure.

A control is named by its path with dots: `when.start`, `partners.0.roles`. Row numbers are those
of the fields the form was drawn from; later ones are new rows. A control that comes back as it was
drawn leaves its field as it is, byte for byte, so that nobody changes what they did not touch.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wiki.cases.facets import texts
from wiki.cases.schema import Field
from wiki.cases.vocabulary import vocabulary

Fields = Mapping[str, Any]
Values = Mapping[str, Sequence[str]]  # name of a control to what stands in it
Path = tuple[str | int, ...]
AREAS = "decision_area"
_BREAK = re.compile(r"[\r\n]+")
_LINE_END = re.compile(r"\r\n?")
_OUT = object()  # a row that is no more


@dataclass(frozen=True)
class Countries:
    """Names of countries as the form shows them, and their codes."""

    names: Mapping[str, str] = field(default_factory=dict)  # code to name

    def shown(self, code: str) -> str:
        """The name of a country; any other code as it is."""
        return self.names.get(code, code)

    def code(self, typed: str) -> str:
        """The code of what was typed: a name or a code; anything else as it is."""
        known = {name.casefold(): code for code, name in self.names.items()}
        found = known.get(typed.casefold())
        return found or (typed.upper() if typed.upper() in self.names else typed)


@dataclass(frozen=True)
class Applied:
    """Fields with what the form changed. `rows`: for each list of rows, which row of the form
    each of its rows was."""

    fields: dict[str, Any]
    rows: Mapping[str, list[int]]


def is_ranked(known: Field) -> bool:
    """Whether the order of its values is asked for: first, second, third."""
    return known.kind == "codes" and known.most > 0


def has_fixed_rows(known: Field) -> bool:
    """Whether the form asks about rows that are there and offers no new ones."""
    return known.name == "partners" and all(f.name != "name" for f in known.inside)


def show(
    asked: Sequence[Field], fields: Fields, countries: Countries | None = None
) -> dict[str, list[str]]:
    """What stands in each control of these fields, as a browser sends it back untouched."""
    said = countries or Countries()
    found: dict[str, list[str]] = {}
    for known in asked:
        found.update(_shown(known, known.name, fields.get(known.name), said))
    return found


def apply(
    asked: Sequence[Field],
    fields: Fields,
    sent: Values,
    *,
    new_id: Callable[[str, int], str],
    countries: Countries | None = None,
) -> Applied:
    """The fields with what was sent; `new_id(field, n)` names the n-th new row of a field.

    A field that is emptied is taken out. Nothing is checked: `rules.check` does that.
    """
    reader = _Reader(sent, new_id, countries or Countries())
    result = dict(fields)
    for known in asked:
        _put(result, known.name, fields.get(known.name), reader.value(known, known.name, result))
    return Applied(result, reader.rows)


def control_of(asked: Sequence[Field], path: Path, rows: Mapping[str, list[int]]) -> str:
    """The control that holds what is wrong at `path`; "" if none of these fields does."""
    known = next((f for f in asked if f.name == path[0]), None)
    if known is None:
        return ""
    if known.kind == "group":
        inner = next((f for f in known.inside if path[1:2] == (f.name,)), None)
        return f"{known.name}.{inner.name}" if inner else known.name
    if known.kind != "rows" or len(path) < 2:
        return known.name
    places = rows.get(known.name, [])
    row = int(path[1])
    column = next((f for f in known.inside if path[2:3] == (f.name,)), None)
    if column is None or row >= len(places):
        return "" if len(path) > 2 else known.name
    ending = [str(path[3])] if column.kind == "matrix" and len(path) > 3 else []
    return ".".join([known.name, str(places[row]), column.name, *ending])


def count_rows(known: Field, values: Values) -> int:
    """How many rows of a field a form has."""
    raw = next(iter(values.get(known.name, ())), "")
    count = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
    return min(count, known.limit + 1)


def rows_of(value: object) -> list[Any]:
    """The rows of a list, whatever each of them is."""
    return value if isinstance(value, list) else []


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _shown(
    known: Field, name: str, value: object, countries: Countries
) -> Iterator[tuple[str, list[str]]]:
    if known.kind == "group":
        for inner in known.inside:
            yield from _shown(
                inner, f"{name}.{inner.name}", _map(value).get(inner.name), countries
            )
    elif known.kind == "rows":
        yield name, [str(len(rows_of(value)))]
        for place, row in enumerate(rows_of(value)):
            for inner in known.inside:
                path = f"{name}.{place}.{inner.name}"
                yield from _shown(inner, path, _map(row).get(inner.name), countries)
    elif known.kind == "matrix":
        for area in vocabulary(AREAS).labels:
            yield f"{name}.{area}", texts(_map(value).get(area))[:1] or [""]
    else:
        yield name, _said(known, value, countries)


def _said(known: Field, value: object, countries: Countries) -> list[str]:
    listed = [_BREAK.sub(" ", each) for each in texts(value)]
    if known.kind in ("places", "country"):
        listed = [countries.shown(each) for each in listed]
    if known.kind == "lines":
        return ["\n".join(listed)]
    if known.kind in ("codes", "partners", "keys", "places"):
        return listed
    if known.kind == "text":
        return [_LINE_END.sub("\n", each) for each in texts(value)[:1]] or [""]
    return listed[:1] or [""]


def _put(into: dict[str, Any], name: str, old: object, new: object) -> None:
    """Set what changed; take out what was emptied; leave alone what stayed."""
    if new is old:
        return
    if new in ("", [], {}, None):
        into.pop(name, None)
    else:
        into[name] = new


class _Reader:
    """Reads one form; remembers where the rows went."""

    def __init__(
        self, sent: Values, new_id: Callable[[str, int], str], countries: Countries
    ) -> None:
        self.sent, self.new_id, self.countries = sent, new_id, countries
        self.rows: dict[str, list[int]] = {}

    def value(self, known: Field, name: str, around: Fields) -> Any:
        """What the field holds now; the very same object if it was not touched."""
        old = around.get(known.name)
        if known.kind == "rows":
            return self._rows(known, name, old)
        if known.kind in ("group", "matrix"):
            return self._group(known, name, old)
        if name not in self.sent:
            return old
        typed = [_LINE_END.sub("\n", each) for each in self.sent[name]]
        before = _said(known, old, self.countries)
        if _same(known, typed, before):
            return old
        return self._read(known, typed, texts(old))

    def _group(self, known: Field, name: str, old: object) -> Any:
        inside = known.inside or _areas()
        new = dict(_map(old))
        for inner in inside:
            new_value = self.value(inner, f"{name}.{inner.name}", new)
            _put(new, inner.name, new.get(inner.name), new_value)
        return old if new == _map(old) else new

    def _rows(self, known: Field, name: str, old: object) -> Any:
        held = rows_of(old)
        count = count_rows(known, self.sent)
        last = len(held) if has_fixed_rows(known) else max(count, len(held))
        kept: list[tuple[int, Any]] = []
        fresh = 0
        for place in range(last):
            is_new = place >= len(held)
            row = {} if is_new else held[place]
            new = row if place >= count else self._row(known, f"{name}.{place}", row)
            if new is _OUT or (is_new and not new):
                continue
            if is_new and known.name in ROWS_WITH_IDS:
                new = {"id": self.new_id(known.name, fresh), **new}
                fresh += 1
            kept.append((place, new))
        self.rows[known.name] = [place for place, _new in kept]
        result = [new for _place, new in kept]
        return old if result == held else result

    def _row(self, known: Field, name: str, row: object) -> Any:
        """The row as it is now; _OUT if it was taken out or emptied."""
        if self.sent.get(f"{name}.remove") and not has_fixed_rows(known):
            return _OUT
        new = dict(_map(row))
        for inner in known.inside:
            new_value = self.value(inner, f"{name}.{inner.name}", new)
            _put(new, inner.name, new.get(inner.name), new_value)
        if new == _map(row):
            return row
        own = {"id"} if known.name in ROWS_WITH_IDS else set()
        return new if set(new) - own else _OUT

    def _read(self, known: Field, typed: list[str], old: list[str]) -> Any:
        chosen = list(dict.fromkeys(x for each in typed if (x := each.strip())))
        if known.kind in ("codes", "partners") and not is_ranked(known):
            return [x for x in old if x in chosen] + [x for x in chosen if x not in old]
        if known.kind in ("codes", "keys"):
            return chosen
        if known.kind == "places":
            return list(dict.fromkeys(map(self.countries.code, chosen)))
        if known.kind == "lines":
            return [x for line in "\n".join(typed).split("\n") if (x := line.strip())]
        only = typed[0].strip() if typed else ""
        if known.kind == "country":
            return self.countries.code(only)
        return only if known.kind == "text" else _BREAK.sub(" ", only)


ROWS_WITH_IDS = {"partners": "p-", "sources": "s"}  # rows that others name, and how ids begin


def row_id(name: str, revision: int, place: int) -> str:
    """The id of a new row, made in the save that makes `revision`: p-4a, p-4b.

    No other save has this revision's number, so an id is never used again within its page; and it
    says nothing of a name that somebody may have to take back later.
    """
    letters = chr(ord("a") + place % 26) * (place // 26 + 1)
    return f"{ROWS_WITH_IDS[name]}{revision}{letters}"


def _areas() -> tuple[Field, ...]:
    labels = vocabulary(AREAS).labels
    return tuple(
        Field(name=area, kind="code", label=label, words="decision_level")
        for area, label in labels.items()
    )


def _same(known: Field, typed: list[str], before: list[str]) -> bool:
    """Whether a control came back as it was drawn."""
    if known.kind in ("codes", "partners", "keys", "places"):
        mine = [each for each in typed if each.strip()]
        if known.kind in ("codes", "partners") and not is_ranked(known):
            return set(mine) == {each for each in before if each.strip()}
        return mine == [each for each in before if each.strip()]
    return (typed or [""])[:1] == (before or [""])[:1]
