"""Front matter, field by field: which revision set the value that each field has now.

A field is a place and a value. The place is a path of names; an item of a list is known by its
`id` or name, a plain item by its value, any other item by all that it says. So neither the order
of fields nor the way they are written matters. An item that is known by what it says is followed
through an edit of one of its fields: the others keep their setters.

A value that comes back, whole item or single field, goes back to the revision that first set it
there; a value that moved to another place was set there by the mover.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from wiki.text import front_matter
from wiki.text.front_matter import FrontMatterError, Value

Path = tuple[str, ...]
Asked = Callable[["Leaf"], int | None]  # the first revision that set a value that was lost since

_ITEM, _UNNAMED = "\0", "\0\0"  # how such steps of a path begin; no name holds a NUL
_NAMES = ("id", "name", "partner")  # what names an item, the surest first


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a front matter. `shown` is its path as people write it: `partners[v3].country`,
    `money[2].instrument` (the second), `themes[]`; `path` is the one that survives reordering.
    """

    path: Path
    value: str | None
    shown: str

    @property
    def key(self) -> str:
        """Place and value in one string, for hashing."""
        said = "~" if self.value is None else "=" + self.value
        return "\n".join(("field", *self.path, said))


def leaves(source: str) -> list[Leaf]:
    """The values of a text's front matter in the order written; none if it cannot be read.

    Cost: one search for a text without front matter; else about 1 ms a kB of it.
    """
    if not source.startswith("---"):
        return []
    try:
        fields = front_matter.read(source).fields
    except FrontMatterError:
        return []
    return list(_walk(fields, (), "")) if fields else []


def _walk(value: Value, path: Path, shown: str) -> Iterator[Leaf]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _walk(inner, (*path, name), f"{shown}.{name}" if shown else name)
    elif isinstance(value, list) and value:
        for place, item in enumerate(value, 1):
            if item and not isinstance(item, str):
                name, print_as = _name_of(item, place)
                yield from _walk(item, (*path, name), f"{shown}[{print_as}]")
            else:
                yield from _walk(item, (*path, _ITEM), f"{shown}[]")
    else:
        yield Leaf(path, value if isinstance(value, str) else None, shown)


def _name_of(item: Value, place: int) -> tuple[str, str]:
    """What an item of a list is known by, and how that is printed."""
    if isinstance(item, dict):
        for key in _NAMES:
            name = item.get(key)
            if isinstance(name, str):
                return f"{_ITEM}{key}={name}", name
    said = blake2b(json.dumps(item, sort_keys=True).encode(), digest_size=8).hexdigest()
    return _UNNAMED + said, str(place)


def settle(
    old: Sequence[Leaf], setters: Sequence[int], new: Sequence[Leaf], number: int, asked: Asked
) -> list[int]:
    """For each value of `new` the revision that set it; `number` for one that is new.

    `setters` belong to `old`; ValueError if the lengths differ. Cost: linear, and for items that
    are known by what they say the pairs of those that changed.
    """
    known: dict[tuple[Path, str | None], deque[int]] = {}
    for leaf, setter in zip(old, setters, strict=True):
        known.setdefault((leaf.path, leaf.value), deque()).append(setter)
    was = _followed(old, new)
    found = []
    for leaf in new:
        held = known.get((_before(leaf.path, was), leaf.value))
        found.append(held.popleft() if held else asked(leaf) or number)
    return found


def gone(old: Sequence[Leaf], new: Sequence[Leaf]) -> list[int]:
    """The places in `old` of values that `new` no longer has where they were."""
    left = Counter((leaf.path, leaf.value) for leaf in new)
    lost = []
    for place, leaf in enumerate(old):
        if left[leaf.path, leaf.value] > 0:
            left[leaf.path, leaf.value] -= 1
        else:
            lost.append(place)
    return lost


def _before(path: Path, was: dict[Path, Path]) -> Path:
    """The path this one had before an item on it was edited."""
    for length in range(1, len(path)):
        if path[:length] in was:
            return was[path[:length]] + path[length:]
    return path


def _followed(old: Sequence[Leaf], new: Sequence[Leaf]) -> dict[Path, Path]:
    """For items that are known by what they say and were edited: the item each was before.

    Of the items that vanished from the same list it is the one with which it shares most values,
    and at least one.
    """
    olds, news = _items(old), _items(new)
    free = {item: said for item, said in olds.items() if item not in news}
    was: dict[Path, Path] = {}
    for item, said in news.items():
        if item in olds or any(item[:length] in was for length in range(1, len(item))):
            continue
        rivals = [before for before in free if before[:-1] == item[:-1]]
        best = max(rivals, key=lambda before: (free[before] & said).total(), default=None)
        if best is not None and (free[best] & said).total():
            was[item] = best
            del free[best]
    return was


def _items(leaves_of: Sequence[Leaf]) -> dict[Path, Counter[tuple[Path, str | None]]]:
    """What each item that is known by what it says holds, by its path, the outer ones first."""
    found: dict[Path, Counter[tuple[Path, str | None]]] = {}
    for leaf in leaves_of:
        for length, step in enumerate(leaf.path, 1):
            if step.startswith(_UNNAMED):
                said = found.setdefault(leaf.path[:length], Counter())
                said[leaf.path[length:], leaf.value] += 1
    return found
