"""Measuring the search on a collection with known answers: files in, a TREC run out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

import zstandard
from sqlalchemy.orm import Session, sessionmaker

from wiki.accounts.models import User
from wiki.accounts.service import imported_contributor
from wiki.db import writing
from wiki.errors import WikiError
from wiki.pages.models import Rendered
from wiki.pages.service import NewRevision, append_revision, create_page
from wiki.rendering.version import RENDERER_VERSION
from wiki.rendering.worker import InlineRenderer, RendererProtocol
from wiki.search.protocol import SearchIndex
from wiki.search.query import parse

DEPTH = 100  # hits a query
BATCH = 200  # pages of one transaction
TITLE_LENGTH = 200  # characters
REPORT_EVERY = 100


@dataclass(frozen=True)
class Entry:
    """A line of docs.jsonl or queries.jsonl; a query has no title."""

    id: str
    text: str
    title: str = ""


def entries(path: Path) -> Iterator[Entry]:
    """The lines of a file, one JSON object each. WikiError names the line that is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _entry(path, number, line)
    except (OSError, UnicodeDecodeError) as problem:
        raise WikiError(
            "%(path)s cannot be read: %(problem)s", {"path": path, "problem": problem}
        ) from problem


def _entry(path: Path, number: int, line: str) -> Entry:
    try:
        said = json.loads(line)
        return Entry(str(said["id"]), str(said.get("text", "")), str(said.get("title", "")))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise WikiError(
            "Line %(number)s of %(path)s is no JSON object with id, title and text.",
            {"number": number, "path": path},
        ) from problem


def load(
    factory: sessionmaker[Session], lines: Iterable[Entry], *, now: datetime
) -> dict[int, str]:
    """Make each entry a public page with one rendered revision; page → document id.

    For a wiki that is thrown away: the text is trusted and nothing is queued.
    """
    names: dict[int, str] = {}
    renderer = InlineRenderer()
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        with writing(factory) as session:
            author = imported_contributor(session, name="Collection", source="", now=now)
            for entry in batch:
                page_id = _page(session, entry, len(names) + 1, author, renderer, now)
                names[page_id] = entry.id
    return names


def _page(
    session: Session,
    entry: Entry,
    number: int,
    author: User,
    renderer: RendererProtocol,
    now: datetime,
) -> int:
    title = (entry.title or entry.id)[:TITLE_LENGTH]
    text = entry.text.replace("\0", " ")
    page = create_page(session, slug=f"document-{number}", title=title, now=now)
    new = NewRevision(text=text, author=author, saved_at=now, via="import")
    revision = append_revision(session, page, new)
    page.public_number = page.public_from_number = revision.number
    key = (revision.text_id, RENDERER_VERSION)
    if session.get(Rendered, key) is None:  # two documents may have one text
        made = renderer.render(text)
        session.add(
            Rendered(
                text_id=revision.text_id,
                version=RENDERER_VERSION,
                html=zstandard.compress(made.html.encode(), 3),
                contents=[[h.level, h.id, h.text] for h in made.toc],
                links=list(made.links),
                words=made.words,
                failed=made.failed,
            )
        )
        session.flush()
    return page.id


def write_run(
    index: SearchIndex,
    queries: Iterable[Entry],
    names: dict[int, str],
    out: TextIO,
    progress: TextIO,
) -> int:
    """Ask every query; `qid docid rank score` a line, 100 deep. `names`: page → document id.

    Returns the number of queries.
    """
    asked = 0
    for query in queries:
        results = index.search(parse(query.text), limit=DEPTH)
        for rank, hit in enumerate(results.hits, 1):
            out.write(f"{query.id} {names[hit.page_id]} {rank} {hit.score:.6f}\n")
        asked += 1
        if asked % REPORT_EVERY == 0:
            progress.write(f"{asked} queries\n")
    return asked
