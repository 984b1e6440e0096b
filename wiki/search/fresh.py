"""What changed last, before it is worth a commit of Whoosh: one small file a change.

Whoosh writes every term of a commit by itself, 20 ms for one page; a file of the analysed page
takes one. Each file is a batch, whole or not there; a page of a later one stands in place of an
earlier one and of Whoosh's. Once there are enough, they become one commit, and then they go:
in between a page is in both, which is no harm.
"""

import json
import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate, pairwise
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, cast

from wiki.search.analysis import Analysed
from wiki.search.protocol import Document
from wiki.search.ranking import Postings
from wiki.search.snippets import KEPT

PREFIX = "fresh-"
_PLACE = array("I").itemsize
ENOUGH = 64  # pages: some 0.5 s of a commit

Shown = tuple[int, str, str, str, str, str, str]
# page_id, slug, title, language, kind, version, text


class Entry(NamedTuple):
    """A document taken apart, and what is shown of it. As `Analysed`, but small: every process
    that searches holds ENOUGH of them, and words and places as objects would take 0.6 MB each.
    """

    shown: Shown
    weights: Mapping[str, float]
    places: Mapping[str, bytes]  # four bytes each
    title: frozenset[str]
    key: str
    grams: frozenset[str]
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
        {intern(term): weight for term, weight in parts.weights.items()},
        {intern(word): array("I", at).tobytes() for word, at in parts.places.items()},
        parts.title,
        parts.key,
        parts.grams,
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
    draft = path.with_name(f"{path.name}~")
    with draft.open("w", encoding="utf-8") as file:
        for page_id, entry in changes.items():
            change = [page_id, entry and _plain(entry)]
            file.write(f"{json.dumps(change, ensure_ascii=False)}\n")  # `dump` is ten times slower
    draft.replace(path)
    return path.name


def read(path: Path) -> Changes:
    """The changes of one file. ValueError, TypeError or OSError if it is broken or gone."""
    with path.open(encoding="utf-8") as file:
        lines = map(json.loads, file)
        return {page_id: entry and _entry(**entry) for page_id, entry in lines}


def drop_superseded(folder: Path, files: dict[str, Changes]) -> None:
    """Delete the files that say nothing any more: each of their pages stands in a later one."""
    later: set[int] = set()
    for name in sorted(files, reverse=True):
        pages = files[name].keys()
        if pages <= later:
            (folder / name).unlink()
            del files[name]
        later |= pages


def _plain(entry: Entry) -> dict[str, object]:
    """The entry in words and numbers, one long list of each: fast to write and to read."""
    return {
        "shown": entry.shown,
        "terms": " ".join(entry.weights),
        "weights": list(entry.weights.values()),
        "words": " ".join(entry.places),
        "times": [len(at) // _PLACE for at in entry.places.values()],
        "places": array("I", b"".join(entry.places.values())).tolist(),
        "title": sorted(entry.title),
        "key": entry.key,
        "grams": sorted(entry.grams),
        "weight": entry.weight,
    }


def _entry(
    *,
    shown: Sequence[Any],
    terms: str,
    weights: Sequence[float],
    words: str,
    times: Sequence[int],
    places: Sequence[int],
    title: Sequence[str],
    key: str,
    grams: Sequence[str],
    weight: int,
) -> Entry:
    """The entry again, as `_plain` wrote it."""
    data = array("I", places).tobytes()
    ends = [_PLACE * end for end in accumulate(times, initial=0)]
    return Entry(
        cast(Shown, tuple(shown)),
        dict(zip(map(intern, terms.split()), weights, strict=True)),
        {
            intern(word): data[start:end]
            for word, (start, end) in zip(words.split(), pairwise(ends), strict=True)
        },
        frozenset(title),
        key,
        frozenset(grams),
        weight,
    )


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
        if field == "body":
            return entry.weights.get(term, 0.0)
        if field == "key":
            return float(term == entry.key)
        held: Iterable[str] = {"exact": entry.places, "title": entry.title, "grams": entry.grams}[
            field
        ]
        return float(term in held)

    def positions(self, word: str, documents: Set[int]) -> Mapping[int, Sequence[int]]:
        """Where the word stands in each of these documents that have it."""
        places = {i: self.entries[i].places.get(word) for i in documents}
        return {i: array("I", where) for i, where in places.items() if where}

    def completions(self, prefix: str, limit: int) -> Iterator[tuple[str, int]]:
        """The first `limit` words that begin so, with their numbers of documents."""
        words = (word for entry in self.entries for word in entry.places)
        yield from sorted(Counter(w for w in words if w.startswith(prefix)).items())[:limit]

    def shown(self, document: int) -> Shown:
        """What was stored to be shown."""
        return self.entries[document].shown

    def versions(self) -> Iterator[tuple[int, str]]:
        """The page and the version of every document."""
        return ((entry.shown[0], entry.shown[5]) for entry in self.entries)

    def forget(self) -> None:
        """Nothing is remembered."""
