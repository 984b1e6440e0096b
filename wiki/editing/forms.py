"""What a writer sent, as typed values; nothing is changed before it is shown back."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki.text import front_matter
from wiki.text.front_matter import FrontMatterError


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
    for_whom: str = ""  # kind of affiliation
    for_name: str = ""
    section: str = ""  # id of the heading, if only its section is in the box
    kept: bool = False  # something is kept of this form, until it is saved


def parse(form: Mapping[str, str]) -> Typed:
    """Read the form; a base that is no number counts as 0: nothing seen."""
    base = form.get("base", "")
    return Typed(
        title=form.get("title", ""),
        text=joined(form.get("facts", ""), form.get("text", "")),
        summary=form.get("summary", ""),
        minor=form.get("minor") == "1",
        licence=form.get("licence", ""),
        base=int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0,
        draft=form.get("draft") == "1",
        kind=form.get("kind", ""),
        preview=form.get("action") == "preview",
        for_whom=form.get("for_whom", ""),
        for_name=form.get("for_name", ""),
        section=form.get("section", "")[:300],
        kept=form.get("kept") == "1",
    )


def apart(source: str) -> tuple[str, str]:
    """The lines of facts with their two ---, and the story, for two boxes; ("", source) if one box
    must hold both. Never raises; `joined` puts them together again as they were.
    """
    body = front_matter.split(source)[1]
    if body == source or _has_facts(body):
        return "", source
    return source[: len(source) - len(body)], body


def joined(facts: str, text: str) -> str:
    """One source from the two boxes. A text that brings facts of its own is taken as it is."""
    if not facts.strip() or _has_facts(text):
        return text
    return facts + ("\n" if text and not facts.endswith("\n") else "") + text


def _has_facts(text: str) -> bool:
    try:
        return bool(front_matter.read(text).fields)
    except FrontMatterError:
        return False
