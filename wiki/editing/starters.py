"""Texts to start a new page from: content/templates, with nothing in them that nobody said."""

from functools import cache

from flask import url_for

from wiki.cases.vocabulary import vocabulary
from wiki.paths import resource
from wiki.text import front_matter
from wiki.text.front_matter import Value
from wiki.web.i18n import gettext as _

KINDS = ("case", "lesson")
_FROM_THE_FORM = ("id", "title", "licence")  # the form asks for them, or they follow from it
_TO_SAY = ("summary", "account_basis", "partnership_outcome", "purpose_outcome", "claim")
_QUICK = {
    "case": (
        "type", "summary", "account_basis", "language", "partnership_type", "themes", "when",
        "partnership_outcome", "purpose_outcome", "partners",
    ),
    "lesson": ("type", "claim", "kind", "language", "context", "instead", "themes", "from"),
}  # fmt: skip
_OF_A_PARTNER = ("id", "name", "name_visibility", "org_type", "roles")
_LISTED = {
    "case": {
        "account_basis": "account_basis",
        "partnership_type": "partnership_type",
        "themes": "theme",
        "partnership_outcome": "partnership_outcome",
        "purpose_outcome": "purpose_outcome",
        "org_type": "org_type",
        "roles": "partner_role",
    },
    "lesson": {"kind": "lesson_kind", "themes": "theme"},
}  # the quick fields that take words of a list
_ABOUT_THE_FIELDS = "\n## Fields at the top"


@cache
def _template(kind: str) -> front_matter.Document:
    path = resource("content") / "templates" / f"{kind}.md"
    return front_matter.read(path.read_text(encoding="utf-8"))


def starter_text(kind: str, *, whole: bool = False) -> str:
    """The text to begin this kind of page with; empty for a plain page.

    The few quick fields; `whole` gives all of the template. What a page would state about a
    partnership is left empty, so that nothing is published that nobody chose.
    """
    if kind not in KINDS:
        return ""
    template = _template(kind)
    kept = [
        name
        for name in template.fields
        if name not in _FROM_THE_FORM and (whole or name in _QUICK[kind])
    ]
    fields: dict[str, Value] = {
        name: "" if name in _TO_SAY else template.fields[name] for name in kept
    }
    if kind == "case":
        fields["partnership_type"] = []
        if not whole:
            fields["partners"] = _partners(template.fields["partners"])
    body = template.body if whole else template.body.partition(_ABOUT_THE_FIELDS)[0]
    return front_matter.write(fields, body.rstrip("\n") + "\n")


def _partners(listed: Value) -> Value:
    """The partners of the template with the few fields that say who they are."""
    rows = listed if isinstance(listed, list) else []
    return [
        {name: row[name] for name in _OF_A_PARTNER if name in row}
        for row in rows
        if isinstance(row, dict)
    ]


Guide = list[tuple[str, str, list[tuple[str, str]]]]


def guide(kind: str) -> Guide:
    """The quick fields that take words of a list: field, label, words and meanings."""
    found = []
    for field, name in _LISTED.get(kind, {}).items():
        known = vocabulary(name)
        found.append((field, known.label, list(known.labels.items())))
    return found


def starters(kind: str, slug: str) -> list[tuple[str, str, bool]]:
    """What one can start from: label, address, whether it is the one in the box."""
    labels = {"": _("Empty page"), "case": _("Case"), "lesson": _("Lesson")}
    return [
        (label, _begin_address(name, slug), name == (kind if kind in KINDS else ""))
        for name, label in labels.items()
    ]


def _begin_address(kind: str, slug: str) -> str:
    """The guided form for what has one, else the form with the starter in its box."""
    if kind in KINDS and not slug:
        return url_for("editing.begin", kind=kind)
    return start_address(kind, slug)


def start_address(kind: str, slug: str, *, whole: bool = False) -> str:
    """The form with this starter in its box, for a new page or for one at a given address."""
    fields = "all" if whole else None
    if slug:
        return url_for("editing.edit", slug=slug, kind=kind or None, fields=fields)
    return url_for("editing.new", kind=kind or None, fields=fields, text=1 if kind else None)
