"""Reads the starter content the way the wiki does, for the tests beside this file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiki.paths import resource
from wiki.text import front_matter

CONTENT = resource("content")
PAGES = tuple(sorted((CONTENT / "pages").glob("*.md")))
TEMPLATES = tuple(sorted((CONTENT / "templates").glob("*.md")))


@dataclass(frozen=True)
class Starter:
    """One starter page."""

    slug: str
    source: str
    fields: dict[str, Any]
    body: str


def open_page(path: Path) -> Starter:
    """The page in this file; FrontMatterError if its front matter cannot be read."""
    source = path.read_text(encoding="utf-8")
    document = front_matter.read(source)
    return Starter(path.stem, source, dict(document.fields), document.body)


def of_type(kind: str) -> list[Starter]:
    """All starter pages of one type."""
    return [page for page in map(open_page, PAGES) if page.fields["type"] == kind]


def vocabulary(name: str) -> dict[str, dict[str, str]]:
    """The rows of one list of content/vocab by value, in the order of the file."""
    text = (CONTENT / "vocab" / f"{name}.yaml").read_text(encoding="utf-8")
    fields: dict[str, Any] = dict(front_matter.read(f"---\n{text}---\n").fields)
    assert fields["list"] == name
    return {row["value"]: row for row in fields["values"]}


def values_at(node: Any, path: str) -> Iterator[str]:
    """Every non-empty text at a path of keys, through lists on the way."""
    if isinstance(node, list):
        for item in node:
            yield from values_at(item, path)
    elif path and isinstance(node, dict):
        key, _, rest = path.partition(".")
        if key in node:
            yield from values_at(node[key], rest)
    elif not path and node:
        yield str(node)


def headings(page: Starter) -> list[str]:
    """The headings of the second level, in order."""
    return re.findall(r"^## (.+)$", page.body, re.MULTILINE)
