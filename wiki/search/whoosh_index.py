"""Search in files, by Whoosh 2.7.4: its segments, postings and commits; the ranking is ours.

Why not its own searcher: it reads positions it does not need, cannot count without searching
twice, and opens every segment anew after a commit. `segments.py` reads the postings; the version
is pinned and frozen since 2016, and the contract test holds it.

A change is a small file first (`fresh.py`); what is many changes is a commit.

One process writes at a time (a lock of the file system sees to it, and ends with its owner);
any number read. Postings are read under a lock, because Whoosh's readers share a file position.
"""

import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

with warnings.catch_warnings():  # Whoosh is older than some of Python's warnings
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import columns, fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.lang import stemmer_for_language
    from whoosh.reading import SegmentReader

from wiki.search import fresh
from wiki.search.analysis import Stem, analyse, is_english, trigrams
from wiki.search.fresh import ENOUGH, Entry, FreshSegment, entry_of
from wiki.search.generations import Generations
from wiki.search.protocol import Document, Hit, IndexUnavailable, Progress, Results, Title
from wiki.search.query import Query
from wiki.search.segments import (
    Part,
    WhooshSegment,
    fields_of,
    merging,
    nearest,
    places,
    release,
    search,
)
from wiki.search.snippets import Wanted, extract

T = TypeVar("T")
MEMORY_MB = 64  # of a writer, before it sorts postings to disk
HELD_POSTINGS = 400_000  # in memory, of all segments together; 8 bytes each
ENOUGH_SEGMENTS = 12  # before the idle worker makes fewer of them
MOST_SEGMENTS = 40  # before a busy one does
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
        **{name: Terms() for name in ("page", "body", "title", "key", "grams")},
        exact=Terms(positions=True),
        shown=fields.STORED(),
        version=fields.COLUMN(columns.VarBytesColumn()),
    )


def _codec() -> W3Codec:
    """Blocks as they are: packing the few bytes of each term took a quarter of a commit."""
    return W3Codec(compression=0)


def _open(folder: Path) -> Any:
    """Read from its files: what is mapped into memory, Whoosh copies whole into each process."""
    return FileStorage(str(folder), supports_mmap=False).open_index()


def _analysed(document: Document) -> Entry:
    stemming = stem if is_english(document.language) else None
    parts = analyse(document.title, document.headings, document.text, stemming)
    return entry_of(document, parts)


class _Opened:
    """The segments of one state of the index, the fresh changes among them."""

    def __init__(self, folder: Path, before: "_Opened | None") -> None:
        self.folder = folder
        before = before if before is not None and before.folder == folder else None
        self.fresh = fresh.names(folder)  # first: what leaves it is in Whoosh by then
        held = before.changes if before else {}
        self.changes: dict[str, fresh.Changes] = {
            n: held.get(n) or fresh.read(folder / n) for n in self.fresh
        }
        self.latest: fresh.Changes = {p: e for c in self.changes.values() for p, e in c.items()}
        self.files: Any = before.files if before else _open(folder)
        info = self.files._read_toc()
        self.generation: int = info.generation
        known = {s.reader.segment().segment_id(): s for s in before.whoosh} if before else {}
        self.whoosh: list[WhooshSegment] = []
        for segment in info.segments:
            open_one = known.pop(segment.segment_id(), None)
            if open_one is None:
                reader = SegmentReader(self.files.storage, info.schema, segment)
                open_one = WhooshSegment(reader)
            open_one.set_deleted(frozenset(segment.deleted_docs()), self.latest)
            self.whoosh.append(open_one)
        for gone in known.values():
            gone.reader.close()
        new = FreshSegment([entry for entry in self.latest.values() if entry])
        self.segments: list[Part] = [*self.whoosh, new]
        for part in self.segments:
            part.norms = ()  # who only writes never needs them

    def is_current(self, folder: Path) -> bool:
        """Whether nobody has written or swapped since. Two listings of the folder."""
        return (
            folder == self.folder
            and fresh.names(folder) == self.fresh
            and self.files.latest_generation() == self.generation
        )


class WhooshIndex:
    """The search index in the files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._opened: _Opened | None = None
        self._lock = RLock()

    def _reading(self, question: Callable[[list[Part]], T]) -> T:
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

    def _segments(self) -> list[Part]:
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
            for segment in self._opened.whoosh:
                with suppress(Exception):
                    segment.reader.close()
        self._opened = None

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        """See SearchIndex. Of equals the page that was made first comes first: in the order of the
        index it would be the one that was changed first, and nobody is to learn that."""
        ranking, shown = self._reading(
            lambda segments: search(segments, query, stem, limit, offset)
        )
        wanted = Wanted(query, stem)
        hits = [
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
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.page_id))
        return Results(ranking.total, ranking.with_all_words, True, tuple(hits))

    def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Title, ...]:
        """See SearchIndex."""
        return self._reading(lambda segments: nearest(segments, trigrams(text), limit))

    def count(self) -> int:
        """See SearchIndex."""
        return self._reading(lambda segments: sum(s.size - len(s.deleted) for s in segments))

    def versions(self) -> dict[int, str]:
        """See SearchIndex."""
        return self._reading(lambda segments: dict(v for s in segments for v in s.versions()))

    def add(self, documents: Iterable[Document]) -> None:
        """See SearchIndex."""
        newest = {document.page_id: document for document in documents}
        self._write({page_id: _analysed(document) for page_id, document in newest.items()})

    def remove(self, page_ids: Iterable[int]) -> None:
        """See SearchIndex."""
        self._write(dict.fromkeys(page_ids))

    def _write(self, changes: fresh.Changes) -> None:
        """Keep changes in a file of their own, or with all such files as one commit of Whoosh."""
        if not changes:
            return
        with self._generations.writing():
            state, old = self._reading(lambda _: self._standing(changes))
            if len(state.latest.keys() | changes.keys()) < ENOUGH:
                name = fresh.write(state.folder, state.generation, changes)
                state.changes[name] = changes  # the next state need not read it
                fresh.drop_superseded(state.folder, state.changes)
                return
            with self._writer(state.folder) as writer:
                for place in old:
                    writer.delete_document(place)
                for entry in (state.latest | changes).values():
                    if entry is not None:
                        writer.add_document(**fields_of(entry))
                writer.commit(mergetype=merging(SegmentReader, MOST_SEGMENTS))
            for name in state.fresh:
                (state.folder / name).unlink()

    def _standing(self, changes: fresh.Changes) -> tuple["_Opened", list[int]]:
        """The state, and the places in Whoosh of all pages that changed since its last commit."""
        state = self._opened
        if state is None:
            raise IndexUnavailable
        return state, list(places(state.whoosh, state.latest.keys() | changes.keys()))

    @contextmanager
    def _writer(self, folder: Path) -> Iterator[Any]:
        """Whoosh's writer. It gives its lock back when a commit fails; it would keep it."""
        writer = _open(folder).writer(limitmb=MEMORY_MB, codec=_codec())
        try:
            yield writer
        except BaseException:
            release(writer)
            raise

    def tidy(self) -> None:
        """See SearchIndex. Many segments become few; 10 ms for every page in them."""
        with self._generations.writing():
            state, _ = self._reading(lambda _: self._standing({}))
            if len(state.whoosh) <= ENOUGH_SEGMENTS:
                return
            with self._writer(state.folder) as writer:
                writer.commit(mergetype=merging(SegmentReader, ENOUGH_SEGMENTS))

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """See SearchIndex."""
        done = 0
        with self._generations.making() as folder:
            index.create_in(str(folder), _schema())
            with self._writer(folder) as writer:
                for document in documents:
                    writer.add_document(**fields_of(_analysed(document)))
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
