"""The fields at the head of a page: found, read as strings, and written in one canonical way.

A front matter is what stands between a first line `---` and the next line `---`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wiki.text import yaml_lines
from wiki.text.yaml_reader import FrontMatterError, Value, check_size, load
from wiki.text.yaml_writer import dump

__all__ = [
    "Document",
    "FrontMatterError",
    "Value",
    "entries",
    "entry",
    "line_of",
    "read",
    "split",
    "write",
]

_FENCE = re.compile(r"---[ \t]*(?:\r?\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"[\w-]{1,100}:(?:\s|\Z)")

_HEAD = ("type", "id", "title", "summary")
_CASE = (
    *_HEAD, "account_basis", "language", "translation_of", "translated_by", "partnership_type",
    "themes", "scope", "places", "when", "stage", "partnership_outcome", "purpose_outcome",
    "end_reason", "outcome_said_by", "education", "sdg", "partners", "money", "power", "rules",
    "technology", "capacities", "value", "lessons", "sources", "related", "content_note",
    "labels", "licence", "review_by",
)  # fmt: skip
_LESSON = (
    *_HEAD, "claim", "kind", "language", "translation_of", "translated_by", "context", "expected",
    "happened", "root_causes", "first_noticed_by", "noticed_when", "was_it_heard", "tried",
    "instead", "borne_by", "evidence", "confidence", "confidence_why", "travels", "positions",
    "themes", "stage", "from", "links", "reuse", "sources", "related", "content_note", "labels",
    "licence", "review_by",
)  # fmt: skip
_INNER = {
    "when": ("start", "end", "key_date"),
    "outcome_said_by": ("partner", "partnership_outcome", "purpose_outcome", "basis"),
    "education": ("isced", "mode", "area"),
    "partners": (
        "id", "name", "name_visibility", "org_type", "ids", "country", "works_in",
        "describes_itself_as", "roles", "money_position", "share_band", "decisions",
        "can_leave_without_loss", "joined", "left", "left_why",
    ),
    "decisions": (
        "purpose_and_agenda", "budget", "staffing", "methods", "data_and_ownership",
        "authorship_and_credit", "publication", "changes_midway", "ending",
    ),
    "money": (
        "from", "to", "instrument", "aid_type", "earmarking", "tied_status", "amount_band",
        "currency", "overhead_paid", "conditions_set_by", "reports_to", "who_can_stop", "notice",
        "changed_midway", "announced_first_by", "source",
    ),
    "power": ("spaces", "forms", "levels", "history", "what_shifted", "reading_by"),
    "rules": ("instrument", "name", "whose", "approval_by", "language"),
    "technology": ("tool", "chosen_by", "owned_by", "shut_out"),
    "capacities": ("skill", "had_by", "lacked_by", "how_gained"),
    "value": ("method", "defined_by"),
    "sources": ("id", "cite", "url", "doi", "type", "read", "accessed", "archived_url", "says"),
    "related": ("id", "relation", "note"),
    "labels": ("label", "community", "url"),
    "evidence": ("type", "case", "source", "passage", "says"),
    "travels": ("needs", "may_not_fit", "basis"),
    "positions": ("partner", "position", "words"),
    "links": ("relation", "lesson", "why"),
    "reuse": ("who", "where", "when", "result", "note"),
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """A page in its two parts. `body_line`: the line of the source on which the body begins,
    from 1.
    """

    fields: dict[str, Value]
    body: str
    body_line: int


def split(source: str) -> tuple[str, str]:
    """(raw front matter, body); ("", source) if there is none. Never raises. Cost: one search."""
    cut = _cut(source)
    return (source[cut[0] : cut[1]], source[cut[2] :]) if cut else ("", source)


def read(source: str) -> Document:
    """The fields and the body. Values are strings, None for an explicit or empty null, lists and
    maps. A source without front matter has no fields.

    FrontMatterError, naming the line, if it is broken, uses what the wiki does not keep, or is
    beyond a limit. The limit of size is checked before anything is parsed.
    """
    cut = _cut(source)
    if cut is None:
        _refuse_unclosed(source)
        return Document({}, source, 1)
    start, end, body = cut
    check_size(source[start:end])
    return Document(load(source[start:end], 2), source[body:], source.count("\n", 0, body) + 1)


def write(fields: Mapping[str, Value], body: str) -> str:
    """The source of a page, in canonical form: read(write(f, b)) gives f and b again, and equal
    fields give equal text (known keys in a fixed order, unknown ones after them as they come).

    FrontMatterError for fields that `read` would refuse.
    """
    inner = _LESSON if fields.get("type") == "lesson" else _CASE
    raw = dump(fields, {**_INNER, "": inner})
    check_size(raw)
    if not raw and not _FENCE.match(body):
        return body
    return f"---\n{raw}---\n{body}"


def entries(raw: str) -> dict[str, str]:
    """The lines of each field of a raw front matter, in order; they make it up.

    For one that `read` accepts and that has each name at the beginning of a line of its own;
    of any other the names are not those that `read` gives. Linear.
    """
    found: dict[str, str] = {}
    name = ""
    for line in raw.splitlines(keepends=True):
        if not line.startswith((" ", "-", "\t", "\n", "\r")):
            name = line.split(":", 1)[0].strip("\"' ")
        found[name] = found.get(name, "") + line
    return found


def entry(name: str, value: Value) -> str:
    """The lines of one field, as `write` writes them."""
    return dump({name: value}, _INNER)


def line_of(source: str, path: Sequence[str | int]) -> int:
    """The line of the source where a field stands; see `yaml_lines.line_of`. 0: not known."""
    return yaml_lines.line_of(split(source)[0], path)


def _cut(source: str) -> tuple[int, int, int] | None:
    """(start of the raw front matter, its end, start of the body)."""
    opening = _FENCE.match(source)
    closing = opening and _CLOSING.search(source, opening.end())
    if opening is None or closing is None:
        return None
    return opening.end(), closing.start(), closing.end()


def _refuse_unclosed(source: str) -> None:
    """A first line `---` may be a mere rule across the page, but not if a field follows it."""
    opening = _FENCE.match(source)
    if opening and _FIELD.match(source, opening.end()):
        raise FrontMatterError(
            "The front matter begins on line 1 and never ends: a line with --- is missing."
        )
