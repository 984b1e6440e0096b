"""Controlled vocabularies: the lists in content/vocab, and the values a moderator added to them.

A value is never used again for something else and never goes away; labels may be improved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import yaml

from wiki.paths import resource


@dataclass(frozen=True)
class Vocabulary:
    """One list: its own label, and for each value a label, a definition and an outside code.

    `questions`: what to ask partners before this happens to them; only causes have them.
    """

    name: str
    label: str
    labels: dict[str, str]
    definitions: dict[str, str]
    maps_to: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)

    def label_of(self, value: str) -> str:
        """The words for a value; an unknown value is shown as it is."""
        return self.labels.get(value, value)

    def __contains__(self, value: object) -> bool:
        return value in self.labels


@dataclass(frozen=True)
class Addition:
    """A value that a moderator added to a list."""

    list: str
    value: str
    label: str
    definition: str


@cache
def vocabulary(name: str) -> Vocabulary:
    """The list `name` as shipped. FileNotFoundError if there is none. One small file, once."""
    path = resource("content") / "vocab" / f"{name}.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # strings only, our own file
    return Vocabulary(
        name=name,
        label=raw["label"],
        labels={row["value"]: row["label"] for row in raw["values"]},
        definitions={row["value"]: row.get("definition", "") for row in raw["values"]},
        maps_to={row["value"]: row["maps_to"] for row in raw["values"] if row.get("maps_to")},
        questions={row["value"]: row["question"] for row in raw["values"] if row.get("question")},
    )


@cache
def list_names() -> tuple[str, ...]:
    """The names of all lists, in order."""
    return tuple(sorted(path.stem for path in (resource("content") / "vocab").glob("*.yaml")))


class Lists:
    """All lists as one wiki has them. Immutable; make a new one when a value is added."""

    def __init__(self, additions: Sequence[Addition] = ()) -> None:
        self._own: Mapping[str, Vocabulary] = _with(additions)

    def __getitem__(self, name: str) -> Vocabulary:
        """The list `name`. FileNotFoundError if there is none."""
        return self._own.get(name) or vocabulary(name)


def _with(additions: Sequence[Addition]) -> dict[str, Vocabulary]:
    lists: dict[str, Vocabulary] = {}
    for each in additions:
        known = lists.get(each.list) or vocabulary(each.list)
        if each.value not in known:
            lists[each.list] = replace(
                known,
                labels={**known.labels, each.value: each.label},
                definitions={**known.definitions, each.value: each.definition},
            )
    return lists


SHIPPED = Lists()
