"""What changed last, before it is worth a commit of Whoosh: one small file a change.

Whoosh writes every term of a commit by itself, 20 ms for one page; a file of the analysed page
takes one. Each file is a batch, whole or not there; a page of a later one stands in place of an
earlier one and of Whoosh's. Once there are enough, they become one commit, and then they go:
in between a page is in both, which is no harm.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from wiki.search.analysis import Analysed
from wiki.search.protocol import Document
from wiki.search.ranking import Postings
from wiki.search.snippets import KEPT

PREFIX = "fresh-"
ENOUGH = 64  # pages: some 0.5 s of a commit

Shown = tuple[int, str, str, str, str, str, str]
# page_id, slug, title, language, kind, version, text


class Entry(NamedTuple):
    """A document taken apart, and what is shown of it."""

    shown: Shown
    parts: Analysed
    weight: int  # of all its terms together

    @property
    def page_id(self) -> int:
        """The page."""
        return self.shown[0]


Changes = dict[int, Entry | None]  # by page; None: taken out


def entry_of(document: Document, parts: Analysed) -> Entry:
    """The entry of a document."""
    return Entry(
        (
            document.page_id,
            document.slug,
            document.title,
            document.language,
            document.kind,
            document.version,
            document.text[:KEPT],
        ),
        parts,
        round(sum(parts.weights.values())),
    )


def names(folder: Path) -> tuple[str, ...]:
    """The files there are, in the order they were written. One listing of the folder."""
    return tuple(sorted(n for n in os.listdir(folder) if n.startswith(PREFIX) and n[-1] != "~"))


def write(folder: Path, generation: int, changes: Changes) -> str:
    """Write one more file; its name.

    `generation` is Whoosh's: with it no name is ever used for two contents.
    """
    there = [int(name.rpartition("-")[2]) for name in names(folder)]
    path = folder / f"{PREFIX}{generation:010}-{max(there, default=0) + 1:06}"
    lines = [[page_id, entry and _plain(entry)] for page_id, entry in changes.items()]
    draft = path.with_name(f"{path.name}~")
    draft.write_text(json.dumps(lines, ensure_ascii=False, separators=(",", ":")), "utf-8")
    draft.replace(path)
    return path.name


def read(path: Path) -> Changes:
    """The changes of one file. ValueError or OSError if it is broken or gone."""
    lines = json.loads(path.read_text("utf-8"))
    return {page_id: entry and _entry(*entry) for page_id, entry in lines}


def _plain(entry: Entry) -> list[object]:
    parts = entry.parts
    sets = parts._replace(title=sorted(parts.title), grams=sorted(parts.grams))  # type: ignore[arg-type]  # JSON has no sets
    return [entry.shown, sets, entry.weight]


def _entry(shown: list[object], parts: list[object], weight: int) -> Entry:
    made = Analysed(*parts)  # type: ignore[arg-type]  # as `_plain` wrote them
    whole = made._replace(title=frozenset(made.title), grams=frozenset(made.grams))
    return Entry(tuple(shown), whole, weight)  # type: ignore[arg-type]  # and so is this


class FreshSegment:
    """The pages of these files, as the ranking wants them. A word is looked for in each page."""

    deleted: Set[int] = frozenset()

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.size = len(entries)
        self.lengths: Sequence[int] = [entry.weight for entry in entries]
        self.norms: Sequence[float] = ()  # see `segments.weigh`
        self.held_size = 0

    def postings(self, field: str, term: str) -> Postings:
        """Documents and weights."""
        found = [(i, self._weight(e, field, term)) for i, e in enumerate(self.entries)]
        return [i for i, w in found if w], [w for _, w in found if w]

    @staticmethod
    def _weight(entry: Entry, field: str, term: str) -> float:
        parts = entry.parts
        if field == "body":
            return parts.weights.get(term, 0.0)
        if field == "key":
            return float(term == parts.key)
        held: Iterable[str] = {"exact": parts.places, "title": parts.title, "grams": parts.grams}[
            field
        ]
        return float(term in held)

    def positions(self, word: str, documents: Set[int]) -> Mapping[int, Sequence[int]]:
        """Where the word stands in each of these documents that have it."""
        places = {i: self.entries[i].parts.places.get(word) for i in documents}
        return {i: where for i, where in places.items() if where}

    def completions(self, prefix: str, limit: int) -> Iterator[tuple[str, int]]:
        """The first `limit` words that begin so, with their numbers of documents."""
        words = (word for entry in self.entries for word in entry.parts.places)
        yield from sorted(Counter(w for w in words if w.startswith(prefix)).items())[:limit]

    def shown(self, document: int) -> Shown:
        """What was stored to be shown."""
        return self.entries[document].shown

    def versions(self) -> Iterator[tuple[int, str]]:
        """The page and the version of every document."""
        return ((entry.shown[0], entry.shown[5]) for entry in self.entries)

    def forget(self) -> None:
        """Nothing is remembered."""
