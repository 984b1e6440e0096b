"""Facts a reader needs first, from a page's front matter, as label and values; pure.

The first slice: the fields that every starter page has. Values of controlled lists are shown in
their words, everything else as it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wiki.cases.vocabulary import vocabulary


@dataclass(frozen=True)
class FactValue:
    """One value: its text, where it leads ("" nowhere), and a note in small type."""

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and its values."""

    label: str
    values: list[FactValue]


Fields = Mapping[str, Any]
_CASE: tuple[tuple[str, str], ...] = (
    ("partnership_outcome", "partnership_outcome"),
    ("purpose_outcome", "purpose_outcome"),
    ("partnership_type", "partnership_type"),
    ("stage", "stage"),
    ("end_reason", "end_reason"),
)
_LESSON: tuple[tuple[str, str], ...] = (
    ("kind", "lesson_kind"),
    ("root_causes", "root_cause"),
    ("borne_by", "partner_role"),
    ("confidence", "confidence"),
)


def account_line(fields: Fields) -> str:
    """Whose account a case is, in words; "" for other pages."""
    basis = _text(fields.get("account_basis"))
    return vocabulary("account_basis").label_of(basis) if basis else ""


def facts(fields: Fields, translate: Callable[[str], str] = str) -> list[Fact]:
    """The facts of a case or a lesson; none for other pages. `translate` turns labels."""
    kind = fields.get("type")
    if kind == "case":
        found = [
            *_listed(fields, _CASE),
            _when(fields.get("when")),
            Fact("Where", [FactValue(place) for place in _texts(fields.get("places"))]),
            _partners(fields.get("partners")),
            _themes(fields),
            _sources(fields.get("sources")),
        ]
    elif kind == "lesson":
        found = [*_listed(fields, _LESSON), _themes(fields), _sources(fields.get("sources"))]
    else:
        return []
    return [Fact(translate(fact.label), fact.values) for fact in found if fact.values]


def _listed(fields: Fields, keys: tuple[tuple[str, str], ...]) -> list[Fact]:
    found = []
    for key, name in keys:
        words = vocabulary(name)
        values = [FactValue(words.label_of(value)) for value in _texts(fields.get(key))]
        found.append(Fact(words.label, values))
    return found


def _when(value: object) -> Fact:
    if not isinstance(value, Mapping):
        return Fact("When", [])
    start, end = _text(value.get("start")), _text(value.get("end"))
    return Fact("When", [FactValue(" – ".join(part for part in (start, end) if part))])


def _partners(value: object) -> Fact:
    roles = vocabulary("partner_role")
    found = []
    for row in value if isinstance(value, list) else []:
        if isinstance(row, Mapping) and _text(row.get("name")):
            note = ", ".join(roles.label_of(role) for role in _texts(row.get("roles")))
            found.append(FactValue(_text(row.get("name")), note=note))
    return Fact("Partners", found)


def _themes(fields: Fields) -> Fact:
    words = vocabulary("theme")
    values = [
        FactValue(words.label_of(slug), href=f"/w/{slug}") for slug in _texts(fields.get("themes"))
    ]
    return Fact("Themes", [value for value in values if value.text != value.href])


def _sources(value: object) -> Fact:
    found = []
    for row in value if isinstance(value, list) else []:
        if isinstance(row, Mapping) and _text(row.get("cite")):
            url = _text(row.get("url"))
            safe = url if url.startswith(("https://", "http://")) else None
            found.append(FactValue(_text(row.get("cite")), href=safe, note=_text(row.get("says"))))
    return Fact("Sources", found)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
