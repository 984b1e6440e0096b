"""Texts to start a new page from: content/templates."""

from functools import cache

from flask import url_for

from wiki.paths import resource
from wiki.web.i18n import gettext as _

KINDS = ("case", "lesson")


@cache
def _text(kind: str) -> str:
    return (resource("content") / "templates" / f"{kind}.md").read_text(encoding="utf-8")


def starter_text(kind: str) -> str:
    """The template of this kind of page; empty for a plain one."""
    return _text(kind) if kind in KINDS else ""


def starters(kind: str, slug: str) -> list[tuple[str, str, bool]]:
    """What one can start from: label, address, whether it is the one in the box."""
    labels = {"": _("Empty page"), "case": _("Case"), "lesson": _("Lesson")}
    found = []
    for name, label in labels.items():
        if slug:
            address = url_for("editing.edit", slug=slug, kind=name or None)
        else:
            address = url_for("editing.new", kind=name or None)
        found.append((label, address, name == (kind if kind in KINDS else "")))
    return found
