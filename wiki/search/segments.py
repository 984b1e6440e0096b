"""Whoosh's segments as the ranking wants them, and the questions asked of all of them together.

Postings are read block by block with names that are private to Whoosh, because its own way costs
three calls for every document. No import of Whoosh is needed for it.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from itertools import islice
from typing import Any

from wiki.search.analysis import Stem, likeness, trigrams
from wiki.search.fresh import Entry, FreshSegment, Shown
from wiki.search.protocol import Title
from wiki.search.query import Query
from wiki.search.ranking import Found, Postings, Ranking, norms, rank

LIKE_ENOUGH = 0.3


class WhooshSegment:
    """One segment, open for reading for as long as it exists."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.gone: Set[int] = frozenset()
        self.deleted: Set[int] = frozenset()  # what is gone, and what a fresh change speaks of
        self.size: int = reader.doc_count_all()
        self.lengths: Sequence[int] = array(
            "I", (reader.doc_field_length(i, "body") or 0 for i in range(self.size))
        )
        self.norms: Sequence[float] = ()  # see `weigh`
        self.held: dict[tuple[str, str], Postings] = {}
        self.held_size = 0

    def _blocks(self, name: str, term: str) -> Iterator[Any]:
        """Whoosh's matcher, standing on each block of the postings in turn."""
        reader = self.reader
        if (name, term) not in reader:
            return
        matcher = reader._terms.matcher(name, term.encode(), reader.schema[name].format)
        while matcher.is_active():
            matcher.id()
            yield matcher
            matcher._next_block()

    def postings(self, field: str, term: str) -> Postings:
        """Documents, deleted ones included, and weights; remembered."""
        held = self.held.get((field, term))
        if held is None:
            ids, weights = array("I"), array("f")
            for block in self._blocks(field, term):
                block._read_weights()
                ids.extend(block._ids)
                weights.extend(block._weights)
            held = self.held[field, term] = (ids, weights)
            self.held_size += len(ids) + 1
        return held

    def forget(self) -> None:
        """Give the remembered postings back."""
        self.held.clear()
        self.held_size = 0

    def positions(self, word: str, documents: Set[int]) -> Mapping[int, Sequence[int]]:
        """Where the word stands in each of these documents that have it."""
        found: dict[int, Sequence[int]] = {}
        for block in self._blocks("exact", word):
            block._read_values()
            for document, value in zip(block._ids, block._values, strict=True):
                if document in documents:
                    found[document] = array("I", value)
        return found

    def completions(self, prefix: str, limit: int) -> Iterator[tuple[str, int]]:
        """The first `limit` words that begin so, with their numbers of documents."""
        beginning = prefix.encode()
        for name, term in islice(self.reader._terms.terms_from("exact", beginning), limit):
            if name != "exact" or not term.startswith(beginning):
                return
            yield term.decode(), self.reader.doc_frequency("exact", term)

    def shown(self, document: int) -> Shown:
        """What was stored to be shown."""
        stored: Shown = self.reader.stored_fields(document)["shown"]
        return stored

    def versions(self) -> Iterator[tuple[int, str]]:
        """The page and the version of every document that is not deleted."""
        column = self.reader.column_reader("version", translate=False)
        for document in range(self.size):
            if document not in self.deleted:
                page_id, _, version = column[document].decode().partition(" ")
                yield int(page_id), version

    def set_deleted(self, gone: Set[int], fresh: Iterable[int]) -> None:
        """Take out what is deleted, and the pages that a fresh change speaks of."""
        self.gone = gone
        masked = [i for page_id in fresh for i in self.postings("page", str(page_id))[0]]
        self.deleted = gone | frozenset(masked)


Part = WhooshSegment | FreshSegment


def search(
    segments: Sequence[Part], query: Query, stem: Stem, limit: int, offset: int
) -> tuple[Ranking, list[tuple[Found, Shown]]]:
    """The ranking, and the stored fields of the hits from `offset` on."""
    if any(len(part.norms) != part.size for part in segments):
        weigh(segments)
    ranking = rank(segments, query, stem, wanted=offset + limit)
    page = ranking.best[offset:]
    return ranking, [(found, segments[found.segment].shown(found.document)) for found in page]


def weigh(segments: Sequence[Part]) -> None:
    """Set the norms of all documents. After a change of any part they are to be emptied."""
    lengths = [part.lengths for part in segments]
    for part, values in zip(segments, norms(lengths), strict=True):
        part.norms = values


def nearest(segments: Sequence[Part], grams: frozenset[str], limit: int) -> tuple[Title, ...]:
    """The titles that share most trigrams. Cost: the postings of `grams`."""
    found: list[Title] = []
    for segment in segments:
        counts: dict[int, int] = {}
        for gram in grams:
            for document in segment.postings("grams", gram)[0]:
                counts[document] = counts.get(document, 0) + 1
        for document in sorted(counts, key=lambda d: -counts[d])[:30]:
            if document not in segment.deleted:
                page_id, slug, title, *_ = segment.shown(document)
                found.append(Title(page_id, slug, title, likeness(grams, trigrams(title))))
    found.sort(key=lambda title: (-title.likeness, title.title))
    return tuple(title for title in found if title.likeness >= LIKE_ENOUGH)[:limit]


def places(segments: Sequence[WhooshSegment], page_ids: Iterable[int]) -> Iterator[int]:
    """The document numbers, over all segments, of these pages."""
    page_ids, offset = set(page_ids), 0
    for segment in segments:
        for page_id in page_ids:
            for document in segment.postings("page", str(page_id))[0]:
                if document not in segment.gone:
                    yield offset + document
        offset += segment.size


def _plain(terms: Iterable[str]) -> list[tuple[str, int, float, bytes]]:
    return [(term, 1, 1.0, b"") for term in terms]


def fields_of(entry: Entry) -> dict[str, Any]:
    """What Whoosh is given of one document."""
    return {
        "page": _plain([str(entry.page_id)]),
        "body": [(t, round(weight), weight, b"") for t, weight in entry.weights.items()],
        "exact": [(w, 1, 1.0, at) for w, at in entry.places.items()],
        "title": _plain(entry.title),
        "key": _plain([entry.key] if entry.key else []),
        "grams": _plain(entry.grams),
        "shown": entry.shown,
        "version": f"{entry.page_id} {entry.shown[5]}".encode(),
    }


def merging(open_one: Callable[..., Any], most: int) -> Callable[[Any, list[Any]], list[Any]]:
    """What happens to older segments at a commit: empty ones go, the smallest become one.

    Only from more than `most` on: then half of them. `open_one`: Whoosh's SegmentReader.
    """

    def policy(writer: Any, segments: list[Any]) -> list[Any]:
        kept = sorted((s for s in segments if s.doc_count()), key=lambda s: s.doc_count())
        if len(kept) <= most:
            return kept
        for segment in kept[: most // 2]:
            reader = open_one(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return kept[most // 2 :]

    return policy


def release(writer: Any) -> None:
    """Leave a writer whose commit failed, so that the next one can write."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()
