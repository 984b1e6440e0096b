"""Two people changed the fields at the head of a page: field by field, and within a field by its
members, by the rows' ids and by the words of a list; pure.

What only one changed is taken. What both changed is a clash, where mine is proposed; but a row
that I took out and they changed stays, so that nothing is lost unseen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wiki.text.merge import chunks, merge
from wiki.text.opcodes import Budget

Path = tuple[str, ...]  # names of fields and members, and ids of rows


class _Absent:
    """A field that is not there; another thing than one that is empty."""


ABSENT: Final = _Absent()


@dataclass(frozen=True)
class MergedFields:
    """The fields, and where somebody has to decide."""

    fields: dict[str, Any]
    clashes: tuple[Path, ...]


def merge_fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> MergedFields:
    """My changes of `base` made to `theirs`. Fields keep their order, mine come after theirs.

    Nothing given is changed. Cost: linear; lists of rows without ids as `text.merge`.
    """
    merging = _Merging()
    fields = merging.maps((), base, mine, theirs)
    return MergedFields(fields, tuple(merging.clashes))


def merge_value(base: Any, mine: Any, theirs: Any) -> tuple[Any, tuple[Path, ...]]:
    """One value and where in it the two clash; ABSENT stands for a field that is not there."""
    merging = _Merging()
    value = merging.value((), base, mine, theirs)
    return value, tuple(merging.clashes)


class _Merging:
    """One walk through three values, and the clashes on the way."""

    def __init__(self) -> None:
        self.clashes: list[Path] = []

    def value(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """What became of one value."""
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        if all(isinstance(x, Mapping) for x in (mine, theirs)) and (
            isinstance(base, Mapping) or base in (ABSENT, None)
        ):
            return self.maps(path, base if isinstance(base, Mapping) else {}, mine, theirs)
        if all(isinstance(x, list) for x in (mine, theirs)) and isinstance(base, (list, _Absent)):
            return self.lists(path, base if isinstance(base, list) else [], mine, theirs)
        if all(isinstance(x, str) and " " in x for x in (base, mine, theirs)):
            merged = merge(base, mine, theirs)
            if not merged.clashes:
                return merged.text
        self.clashes.append(path)
        return mine

    def maps(
        self,
        path: Path,
        base: Mapping[str, Any],
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Member by member."""
        found = {}
        for name in dict.fromkeys([*theirs, *mine]):
            values = (x.get(name, ABSENT) for x in (base, mine, theirs))
            value = self.value((*path, name), *values)
            if value is not ABSENT:
                found[name] = value
        return found

    def lists(self, path: Path, base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
        """By the ids of rows, as a set of words, or else row by row in their order."""
        three = (base, mine, theirs)
        keyed = [_by_id(each) for each in three]
        if all(x is not None for x in keyed):
            return self._rows(path, *(x or {} for x in keyed))
        if all(_is_set(each) for each in three):
            return self._words(path, base, mine, theirs)
        return self._sequence(path, base, mine, theirs)

    def _rows(
        self, path: Path, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
    ) -> list[Any]:
        rows = []
        for key in dict.fromkeys([*theirs, *mine]):
            three = [x.get(key, ABSENT) for x in (base, mine, theirs)]
            if three[0] is ABSENT and ABSENT not in three[1:] and three[1] != three[2]:
                self.clashes.append((*path, key))  # two new rows that came to the same id
                rows.append(three[1])
                continue
            value = self.value((*path, key), *three)
            if value is ABSENT and three[2] not in (ABSENT, three[0]):
                value = three[2]  # a clash: I took out what they changed
            if value is not ABSENT:
                rows.append(value)
        return rows

    def _words(self, path: Path, base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
        if _reordered(base, mine):
            if _reordered(base, theirs):
                self.clashes.append(path)
                return mine
            mine, theirs = theirs, mine
        out = set(base) - set(mine)
        return [x for x in theirs if x not in out] + [
            x for x in mine if x not in base and x not in theirs
        ]

    def _sequence(
        self, path: Path, base: list[Any], mine: list[Any], theirs: list[Any]
    ) -> list[Any]:
        lists = (base, mine, theirs)
        was, own, new = ([json.dumps(x, sort_keys=True) for x in each] for each in lists)
        rows: list[Any] = []
        for chunk in chunks(was, own, new, _rows_apart, Budget()):
            old, my, their = (x[a:b] for x, (a, b) in zip(lists, chunk.spans, strict=True))
            rows += self._stretch(path, old, my, their)
        return rows

    def _stretch(self, path: Path, old: list[Any], my: list[Any], their: list[Any]) -> list[Any]:
        """Rows that somebody changed: those changed where they stand, then those put in."""
        if my in (old, their) or their == old:
            return their if my == old else my
        count = len(old)
        stay = all(_alike(*pair) for rows in (my, their) for pair in zip(old, rows, strict=False))
        new, others = my[count:], [row for row in their[count:] if row not in my[count:]]
        if min(len(my), len(their)) < count or not stay or _any_alike(new, others):
            self.clashes.append(path)
            return my
        rows = [self.value(path, *three) for three in zip(old, my, their, strict=False)]
        return [*rows, *others, *new]


def _alike(one: Any, other: Any) -> bool:
    """Whether one row may be what became of the other: half of what they say is the same."""
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return bool(one == other)
    same = sum(1 for name, value in one.items() if other.get(name, ABSENT) == value)
    return 2 * same >= max(len(one), len(other))


def _any_alike(some: Sequence[Any], others: Sequence[Any]) -> bool:
    return any(_alike(one, other) for one in some for other in others)


def _rows_apart(end: int, start: int, inserts: bool) -> bool:
    return start > end or not inserts


def _by_id(rows: Sequence[Any]) -> dict[str, Any] | None:
    """The rows by their ids; None if some has none, or two have the same."""
    found = {}
    for row in rows:
        key = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(key, str) or key in found:
            return None
        found[key] = row
    return found


def _is_set(values: list[Any]) -> bool:
    return all(isinstance(x, str) for x in values) and len(set(values)) == len(values)


def _reordered(base: list[str], other: list[str]) -> bool:
    both = set(base) & set(other)
    return [x for x in base if x in both] != [x for x in other if x in both]
