"""Whoosh's segments as the ranking wants them, and the questions asked of all of them together.

Postings are read block by block with names that are private to Whoosh, because its own way costs
three calls for every document. No import of Whoosh is needed for it.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import Any

from wiki.search.analysis import Stem, likeness, trigrams
from wiki.search.protocol import Title
from wiki.search.query import Query
from wiki.search.ranking import Found, Postings, Ranking, rank

LIKE_ENOUGH = 0.3

Shown = tuple[Any, ...]  # page_id, slug, title, language, kind, version, text


class WhooshSegment:
    """One segment, open for reading for as long as it exists."""

    def __init__(self, reader: Any, deleted: Set[int]) -> None:
        self.reader = reader
        self.deleted = deleted
        self.size: int = reader.doc_count_all()
        self.lengths: Sequence[int] = array(
            "I", (reader.doc_field_length(i, "body") or 0 for i in range(self.size))
        )
        self.norms: Sequence[float] = ()  # set with every change of the whole index
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

    def living(self) -> Iterator[int]:
        """The documents that are not deleted."""
        return (i for i in range(self.size) if i not in self.deleted)


def search(
    segments: Sequence[WhooshSegment], query: Query, stem: Stem, limit: int, offset: int
) -> tuple[Ranking, list[tuple[Found, Shown]]]:
    """The ranking, and the stored fields of the hits from `offset` on."""
    ranking = rank(segments, query, stem, wanted=offset + limit)
    page = ranking.best[offset:]
    return ranking, [(found, segments[found.segment].shown(found.document)) for found in page]


def nearest(
    segments: Sequence[WhooshSegment], grams: frozenset[str], limit: int
) -> tuple[Title, ...]:
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
                if document not in segment.deleted:
                    yield offset + document
        offset += segment.size
