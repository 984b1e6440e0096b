"""What a writer sent, as typed values; nothing is changed before it is shown back."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """The fields of the edit form as they came."""

    title: str
    text: str
    summary: str
    minor: bool
    licence: str
    base: int
    draft: bool
    kind: str
    preview: bool


def parse(form: Mapping[str, str]) -> Typed:
    """Read the form; a base that is no number counts as 0: nothing seen."""
    base = form.get("base", "")
    return Typed(
        title=form.get("title", ""),
        text=form.get("text", ""),
        summary=form.get("summary", ""),
        minor=form.get("minor") == "1",
        licence=form.get("licence", ""),
        base=int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0,
        draft=form.get("draft") == "1",
        kind=form.get("kind", ""),
        preview=form.get("action") == "preview",
    )
