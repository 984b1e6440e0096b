"""Two people filled in the same form: their changes side by side, piece by piece; pure.

A piece is a field, a member of a group, one column of one partner (by its id), or a whole list of
other rows. What only one of the two changed is taken; what both changed is joined as
`text.field_merge` joins it (rows side by side, words far apart), or else a clash.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from wiki.cases.forms import Fields, rows_of
from wiki.cases.schema import Field
from wiki.text.field_merge import ABSENT, merge_value

Piece = tuple[str, ...]  # name; name, member; or partners, id, column


@dataclass(frozen=True)
class Merged:
    """Head with my changes; in `clashes`, where I win, what the other one had written.

    `removed`: ids of partners that I took out and that are still there because of a clash.
    """

    fields: dict[str, Any]
    clashes: Mapping[Piece, Any]
    removed: frozenset[str] = frozenset()


def merge(asked: Sequence[Field], base: Fields, mine: Fields, head: Fields) -> Merged:
    """My changes of `base`, in the asked fields, made to `head`. Nothing given is changed."""
    result = deepcopy(dict(head))
    clashes: dict[Piece, Any] = {}
    removed: frozenset[str] = frozenset()
    for known in asked:
        name = known.name
        if known.kind == "rows" and _by_id(base, mine, head, name):
            found, gone = _partners(known, base, mine, result)
            clashes.update(found)
            removed |= gone
        elif known.kind == "group" and all(_is_map(x.get(name)) for x in (base, mine, head)):
            inner = dict(result.get(name) or {})
            for member in known.inside:
                values = [(x.get(name) or {}).get(member.name) for x in (base, mine, head)]
                _take((name, member.name), member.name, values, inner, clashes)
            _set(result, name, inner)
        else:
            _take((name,), name, [x.get(name) for x in (base, mine, head)], result, clashes)
    if not clashes:
        kept = [row for row in rows_of(result.get("partners")) if _id(row) not in removed]
        if removed:
            _set(result, "partners", kept)
        removed = frozenset()
    return Merged(result, clashes, removed)


def _take(
    piece: Piece, name: str, values: list[Any], into: dict[str, Any], clashes: dict[Piece, Any]
) -> None:
    base, mine, head = values
    if mine in (base, head):
        return
    value, clash = merge_value(*(ABSENT if x is None else x for x in (base, mine, head)))
    if clash:
        clashes[piece] = head
        value = mine
    _set(into, name, None if value is ABSENT else value)


def _partners(
    known: Field, base: Fields, mine: Fields, result: dict[str, Any]
) -> tuple[dict[Piece, Any], frozenset[str]]:
    before = {_id(row): row for row in rows_of(base.get(known.name))}
    after = {_id(row): row for row in rows_of(mine.get(known.name))}
    rows = [dict(row) for row in rows_of(result.get(known.name))]
    there = {_id(row): row for row in rows}
    clashes: dict[Piece, Any] = {}
    for key, row in after.items():
        if key not in there and (key not in before or row != before[key]):
            rows.append(dict(row))
            if key in before:  # they took out what I changed
                clashes[(known.name, key, known.inside[0].name)] = None
        elif key in there and key in before:
            for column in known.inside:
                name = column.name
                values = [x.get(name) for x in (before[key], row, there[key])]
                _take((known.name, key, name), name, values, there[key], clashes)
    gone = frozenset(set(before) - set(after)) & set(there)
    for key in gone:
        clashes.update(_changed(known.name, key, before[key], there[key]))
    _set(result, known.name, rows)
    return clashes, gone


def _changed(name: str, key: str, before: Fields, there: Fields) -> dict[Piece, Any]:
    """What somebody changed in a row that I took out."""
    return {
        (name, key, column): value
        for column, value in there.items()
        if value != before.get(column)
    }


def _by_id(base: Fields, mine: Fields, head: Fields, name: str) -> bool:
    """Whether each row, everywhere, can be told by its id."""
    for fields in (base, mine, head):
        ids = [_id(row) for row in rows_of(fields.get(name))]
        if not all(ids) or len(ids) != len(set(ids)):
            return False
    return name == "partners"


def _id(row: object) -> str:
    key = row.get("id") if isinstance(row, Mapping) else None
    return key if isinstance(key, str) else ""


def _is_map(value: object) -> bool:
    return value is None or value == "" or isinstance(value, Mapping)


def _set(into: dict[str, Any], name: str, value: Any) -> None:
    """Set a value that is another one; an empty one takes the name out."""
    if value == into.get(name):
        return
    if value in (None, "", [], {}):
        into.pop(name, None)
    else:
        into[name] = value
