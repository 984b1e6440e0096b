"""Search in files, by Whoosh 2.7.4: its segments, postings and commits; the ranking is ours.

Why not its own searcher: it reads positions it does not need, cannot count without searching
twice, and opens every segment anew after a commit. `segments.py` reads the postings; the version
is pinned and frozen since 2016, and the contract test holds it.

One process writes at a time (a lock of the file system sees to it, and ends with its owner);
any number read. Postings are read under a lock, because Whoosh's readers share a file position.
"""

import logging
import time
import warnings
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

with warnings.catch_warnings():  # Whoosh is older than some of Python's warnings
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import columns, fields, formats, index
    from whoosh.codec import whoosh3 as _  # noqa: F401  # it would be imported later, and warn
    from whoosh.lang import stemmer_for_language
    from whoosh.reading import SegmentReader

from wiki.search.analysis import Stem, analyse, is_english, trigrams
from wiki.search.generations import Generations
from wiki.search.protocol import Document, Hit, IndexUnavailable, Progress, Results, Title
from wiki.search.query import Query
from wiki.search.ranking import norms
from wiki.search.segments import WhooshSegment, nearest, places, search
from wiki.search.snippets import KEPT, Wanted, extract

T = TypeVar("T")
MEMORY_MB = 64  # of a writer, before it sorts postings to disk
HELD_POSTINGS = 400_000  # in memory, of all segments together; 8 bytes each
ATTEMPTS = 20  # to open what a writer may be tidying away meanwhile

log = logging.getLogger(__name__)
stem: Stem = lru_cache(maxsize=50_000)(stemmer_for_language("en"))


class Terms(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field that is given its postings: (term, frequency, weight, bytes) each."""

    scorable = True  # lengths are kept: without them a commit looks for their file a term a time

    def __init__(self, *, positions: bool = False) -> None:
        self.format = formats.Format() if positions else formats.Existence()
        self.format.posting_size = -1 if positions else 0

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """What Whoosh asks a field for."""
        for term, frequency, weight, data in value:
            yield term.encode(), frequency, weight, data


def _schema() -> fields.Schema:
    return fields.Schema(
        page=Terms(),
        body=Terms(),
        exact=Terms(positions=True),
        title=Terms(),
        key=Terms(),
        grams=Terms(),
        shown=fields.STORED(),
        version=fields.COLUMN(columns.VarBytesColumn()),
    )


def _plain(terms: Iterable[str]) -> list[tuple[str, int, float, bytes]]:
    return [(term, 1, 1.0, b"") for term in terms]


def _entry(document: Document) -> dict[str, Any]:
    """The fields of one document."""
    stemming = stem if is_english(document.language) else None
    parts = analyse(document.title, document.headings, document.text, stemming)
    shown = (
        document.page_id,
        document.slug,
        document.title,
        document.language,
        document.kind,
        document.version,
        document.text[:KEPT],
    )
    return {
        "page": _plain([str(document.page_id)]),
        "body": [(t, round(weight), weight, b"") for t, weight in parts.weights.items()],
        "exact": [(w, 1, 1.0, array("I", at).tobytes()) for w, at in parts.places.items()],
        "title": _plain(parts.title),
        "key": _plain([parts.key] if parts.key else []),
        "grams": _plain(parts.grams),
        "shown": shown,
        "version": f"{document.page_id} {document.version}".encode(),
    }


class _Opened:
    """The segments of one state of the index."""

    def __init__(self, folder: Path, before: "_Opened | None") -> None:
        self.folder = folder
        same = before is not None and before.folder == folder
        self.files: Any = before.files if before and same else index.open_dir(str(folder))
        info = self.files._read_toc()
        self.generation: int = info.generation
        known = {s.reader.segment().segment_id(): s for s in before.segments} if same else {}  # type: ignore[union-attr]  # `same` says so
        self.segments: list[WhooshSegment] = []
        for segment in info.segments:
            deleted = frozenset(segment.deleted_docs())
            open_one = known.pop(segment.segment_id(), None)
            if open_one is None:
                reader = SegmentReader(self.files.storage, info.schema, segment)
                open_one = WhooshSegment(reader, deleted)
            open_one.deleted = deleted
            self.segments.append(open_one)
        for gone in known.values():
            gone.reader.close()
        lengths = [segment.lengths for segment in self.segments]
        for segment, values in zip(self.segments, norms(lengths), strict=True):
            segment.norms = values

    def is_current(self, folder: Path) -> bool:
        """Whether nobody has committed or swapped since. One listing of the folder."""
        return folder == self.folder and self.files.latest_generation() == self.generation


class WhooshIndex:
    """The search index in the files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: _Opened | None = None
        self._lock = RLock()

    def _reading(self, question: Callable[[list[WhooshSegment]], T]) -> T:
        """Ask the newest state; whatever a broken file makes Whoosh raise is IndexUnavailable."""
        with self._lock:
            try:
                segments = self._segments()
                answer = question(segments)
            except IndexUnavailable:
                raise
            except Exception as problem:
                self._forget()
                said = repr(problem)
            else:
                if sum(segment.held_size for segment in segments) > HELD_POSTINGS:
                    for segment in segments:
                        segment.forget()
                return answer
        log.warning("The search index cannot be read: %s", said)
        raise IndexUnavailable  # not in the handler: what failed holds files open

    def _segments(self) -> list[WhooshSegment]:
        for attempt in range(ATTEMPTS):
            folder = self._generations.current()
            if folder is None:
                raise IndexUnavailable
            if self._opened is not None and self._opened.is_current(folder):
                return self._opened.segments
            try:
                self._opened = _Opened(folder, self._opened)
            except (OSError, index.EmptyIndexError):
                self._forget()
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(0.01)
        raise IndexUnavailable

    def _forget(self) -> None:
        if self._opened is not None:
            for segment in self._opened.segments:
                with suppress(Exception):
                    segment.reader.close()
        self._opened = None

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        """See SearchIndex."""
        ranking, shown = self._reading(
            lambda segments: search(segments, query, stem, limit, offset)
        )
        wanted = Wanted(query, stem)
        hits = tuple(
            Hit(
                page_id=page_id,
                slug=slug,
                title=title,
                score=round(found.tier * 1000 + found.score, 6),
                language=language,
                kind=kind,
                version=version,
                snippet=extract(text, wanted),
            )
            for found, (page_id, slug, title, language, kind, version, text) in shown
        )
        return Results(ranking.total, ranking.with_all_words, True, hits)

    def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Title, ...]:
        """See SearchIndex."""
        return self._reading(lambda segments: nearest(segments, trigrams(text), limit))

    def count(self) -> int:
        """See SearchIndex."""
        return self._reading(lambda segments: sum(s.size - len(s.deleted) for s in segments))

    def versions(self) -> dict[int, str]:
        """See SearchIndex."""

        def question(segments: list[WhooshSegment]) -> dict[int, str]:
            found: dict[int, str] = {}
            for segment in segments:
                column = segment.reader.column_reader("version", translate=False)
                for document in segment.living():
                    page_id, _, version = column[document].decode().partition(" ")
                    found[int(page_id)] = version
            return found

        return self._reading(question)

    def add(self, documents: Iterable[Document]) -> None:
        """See SearchIndex."""
        newest = {document.page_id: document for document in documents}
        if newest:
            self._write(newest.keys(), newest.values())

    def remove(self, page_ids: Iterable[int]) -> None:
        """See SearchIndex."""
        gone = set(page_ids)
        if gone:
            self._write(gone, ())

    def _write(self, out: Iterable[int], documents: Iterable[Document]) -> None:
        with self._generations.writing():
            old = self._reading(lambda segments: list(places(segments, out)))
            folder = self._generations.current()
            writer = index.open_dir(str(folder)).writer(limitmb=MEMORY_MB)
            with _released(writer):
                for place in old:
                    writer.delete_document(place)
                for document in documents:
                    writer.add_document(**_entry(document))
                writer.commit()

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """See SearchIndex."""
        done = 0
        with self._generations.making() as folder:
            writer = index.create_in(str(folder), _schema()).writer(limitmb=MEMORY_MB)
            with _released(writer):
                for document in documents:
                    writer.add_document(**_entry(document))
                    done += 1
                    if progress is not None:
                        progress(done)
                writer.commit(optimize=True)
            self._generations.swap(folder)
        return done

    def close(self) -> None:
        """See SearchIndex."""
        with self._lock:
            self._forget()


class _released:  # noqa: N801  # read like a word: with _released(writer)
    """Gives Whoosh's write lock back when a commit fails; by itself it would keep it."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        with suppress(Exception):
            self._writer.cancel()
        with suppress(Exception):
            self._writer.writelock.release()
