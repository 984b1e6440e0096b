"""Controlled vocabularies: the lists in content/vocab, read once."""

from dataclasses import dataclass
from functools import cache

import yaml

from wiki.paths import resource


@dataclass(frozen=True)
class Vocabulary:
    """One list: its own label, and for each value a label and a definition."""

    name: str
    label: str
    labels: dict[str, str]
    definitions: dict[str, str]

    def label_of(self, value: str) -> str:
        """The words for a value; an unknown value is shown as it is."""
        return self.labels.get(value, value)


@cache
def vocabulary(name: str) -> Vocabulary:
    """The list `name`. FileNotFoundError if there is none. Cost: one small file, once."""
    path = resource("content") / "vocab" / f"{name}.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # strings only, our own file
    return Vocabulary(
        name=name,
        label=raw["label"],
        labels={row["value"]: row["label"] for row in raw["values"]},
        definitions={row["value"]: row.get("definition", "") for row in raw["values"]},
    )
