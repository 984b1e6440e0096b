"""Measuring the search on a collection with known answers: files in, a TREC run out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from wiki.errors import WikiError
from wiki.search.protocol import SearchIndex
from wiki.search.query import parse

DEPTH = 100  # hits a query
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
