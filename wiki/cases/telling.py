"""What a page tells of its front matter: labels and values in words, for any field; pure.

The description of the fields gives the labels, the vocabularies the words; where a value can be
looked for, it leads to the list of all pages that have it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from wiki.cases.facets import group, rows, texts
from wiki.cases.labels import Labels
from wiki.cases.schema import Field

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class FactValue:
    """One value: its text, where it leads (None: nowhere), and a note in small type."""

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and its values."""

    label: str
    values: list[FactValue]


@dataclass(frozen=True)
class Group:
    """Facts that belong together: a row of a table, or a part of the page."""

    label: str
    facts: list[Fact]
    note: str = ""


class Teller(Labels):
    """Tells fields and their values, whatever they hold."""

    def found_at(self, kind: str, facet: str, name: str, values: Sequence[str]) -> list[FactValue]:
        """Values of a list that lead to all pages that have them."""
        return [
            FactValue(
                self.word(name, value) if name else self.place(value), browse(kind, facet, value)
            )
            for value in values
        ]

    def fact(self, known: Field, value: Any) -> Fact:
        """A field and its value in words; no values where there is nothing to say."""
        return Fact(self.translate(known.label), [v for v in self._values(known, value) if v.text])

    def facts(self, known: Sequence[Field], given: Fields) -> list[Fact]:
        """The fields that have a value, in the order of the description."""
        told = [self.fact(each, given.get(each.name)) for each in known]
        return [fact for fact in told if fact.values]

    def groups(self, known: Field, value: Any) -> list[Group]:
        """The rows of a table, each with its facts; empty rows are left out."""
        label = self.translate(known.label)
        told = [Group(label, self.facts(known.inside, row)) for row in rows(value)]
        return [each for each in told if each.facts]

    def _values(self, known: Field, value: Any) -> list[FactValue]:
        if known.kind in ("code", "codes"):
            return [FactValue(self.word(known.words, each)) for each in texts(value)]
        if known.kind in ("partner", "partners"):
            return [FactValue(self.partner(each)) for each in texts(value)]
        if known.kind in ("country", "places"):
            return [FactValue(self.place(each)) for each in texts(value)]
        if known.kind == "url":
            return [FactValue(each, web_address(each)) for each in texts(value)]
        if known.kind == "group":
            inner = self.facts(known.inside, group(value))
            return [each for fact in inner for each in fact.values]
        return [FactValue(each) for each in texts(value)]


def browse(kind: str, facet: str, value: str) -> str:
    """The address of the list of all cases or lessons that have this value."""
    return f"/{kind}s?{urlencode({facet: value})}"


def web_address(value: str) -> str | None:
    """Where an address or a DOI leads; None for anything else."""
    if value.startswith(("https://", "http://")):
        return value
    doi = value.removeprefix("doi:")
    return f"https://doi.org/{doi}" if doi.startswith("10.") else None


def shown_partners(fields: Fields, withheld: str) -> dict[str, str]:
    """The partners by key, as they are named here; `withheld`: said for one whose name is not."""
    return {
        key: withheld if row.get("name_visibility") == "withheld" else (name_of(row) or key)
        for row in rows(fields.get("partners"))
        if isinstance(key := row.get("id"), str) and key
    }


def name_of(row: Fields) -> str:
    """The name that stands in a partner's row."""
    name = row.get("name")
    return name if isinstance(name, str) else ""


def line(value: object) -> str:
    """A text on one line; "" for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""
