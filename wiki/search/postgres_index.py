"""Search in PostgreSQL: a table of postings for the order, tsvector and GIN for phrases.

Both are made here and not by PostgreSQL's dictionaries, so that both engines fold and stem alike
and no extension is needed. Any number of processes may write; they take turns.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import cast, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from wiki.search.analysis import Stem, likeness, trigrams
from wiki.search.models import SearchDocument as Row
from wiki.search.models import SearchGeneration, SearchPosting
from wiki.search.postgres_query import in_force, statement
from wiki.search.postgres_rows import put_in, row_of, take_out
from wiki.search.protocol import (
    Document,
    Hit,
    IndexUnavailable,
    Progress,
    RebuildRunning,
    Results,
    Title,
)
from wiki.search.query import Query
from wiki.search.snippets import Wanted, extract

BATCH = 200  # documents of one transaction while a new index is made
LIKE_ENOUGH = 0.3
WRITING, MAKING = 7_201_002, 7_201_003  # names of advisory locks


class PostgresIndex:
    """The search index in the tables of models.py; `stem` is the English stemmer."""

    def __init__(self, factory: sessionmaker[Session], stem: Stem) -> None:
        self._factory = factory
        self._stem = stem

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._factory() as session:
                yield session
        except (InterfaceError, OperationalError, ProgrammingError) as problem:
            raise IndexUnavailable from problem

    @contextmanager
    def _writing(self) -> Iterator[tuple[Session, int]]:
        """A transaction that nobody else writes beside, and the generation in force."""
        with self._session() as session:
            session.execute(select(func.pg_advisory_xact_lock(WRITING)))
            yield session, _in_force(session).id
            session.commit()

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        """See SearchIndex. One SELECT."""
        with self._session() as session:
            rows = session.execute(statement(query, self._stem, limit=limit, offset=offset)).all()
        if not rows:
            raise IndexUnavailable
        wanted = Wanted(query, self._stem)
        hits = tuple(
            Hit(
                page_id=row.page_id,
                slug=row.slug,
                title=row.title,
                score=round(row.tier * 1000 + row.score, 6),
                language=row.language,
                kind=row.kind,
                version=row.version,
                snippet=extract(row.text, wanted),
            )
            for row in rows
            if row.page_id is not None
        )
        return Results(rows[0].total, rows[0].with_all, True, hits)

    def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Title, ...]:
        """See SearchIndex. Cost: one SELECT that counts shared trigrams of all titles with any."""
        grams = trigrams(text)
        with self._session() as session:
            asked = cast(sorted(grams), ARRAY(TEXT))
            common = select(func.unnest(Row.grams)).intersect(select(func.unnest(asked)))
            shared = func.cardinality(func.array(common.scalar_subquery()))
            rows = session.execute(
                select(Row.page_id, Row.slug, Row.title)
                .where(Row.generation == in_force(), Row.grams.op("&&")(asked))
                .order_by(shared.desc(), func.cardinality(Row.grams))
                .limit(10 * limit)
            ).all()
        found = [
            Title(r.page_id, r.slug, r.title, likeness(grams, trigrams(r.title))) for r in rows
        ]
        found.sort(key=lambda title: (-title.likeness, title.title))
        return tuple(title for title in found if title.likeness >= LIKE_ENOUGH)[:limit]

    def count(self) -> int:
        """See SearchIndex."""
        with self._session() as session:
            return _in_force(session).documents

    def versions(self) -> dict[int, str]:
        """See SearchIndex."""
        with self._session() as session:
            generation = _in_force(session).id
            rows = session.execute(
                select(Row.page_id, Row.version).where(Row.generation == generation)
            )
            return {row.page_id: row.version for row in rows}

    def add(self, documents: Iterable[Document]) -> None:
        """See SearchIndex."""
        newest = {document.page_id: document for document in documents}
        if newest:
            with self._writing() as (session, generation):
                rows = [row_of(d, generation, self._stem) for d in newest.values()]
                put_in(session, generation, rows)

    def remove(self, page_ids: Iterable[int]) -> None:
        """See SearchIndex."""
        gone = set(page_ids)
        if gone:
            with self._writing() as (session, generation):
                take_out(session, generation, gone)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """See SearchIndex. The new rows are committed in parts and seen only after the swap."""
        with self._making() as generation:
            done = 0
            rest = iter(documents)
            while batch := list(islice(rest, BATCH)):
                with self._session() as session:
                    rows = [row_of(d, generation, self._stem) for d in batch]
                    put_in(session, generation, rows)
                    session.commit()
                done += len(batch)
                if progress is not None:
                    progress(done)
            self._swap(generation)
            return done

    @contextmanager
    def _making(self) -> Iterator[int]:
        with self._session() as holder:
            if not holder.scalar(select(func.pg_try_advisory_lock(MAKING))):
                raise RebuildRunning
            try:
                self._forget_others()
                with self._session() as session:
                    made = SearchGeneration(in_force=False)
                    session.add(made)
                    session.commit()
                    generation = made.id
                try:
                    yield generation
                finally:
                    self._forget_others()
            finally:
                holder.execute(select(func.pg_advisory_unlock(MAKING)))

    def _swap(self, generation: int) -> None:
        with self._session() as session:
            session.execute(select(func.pg_advisory_xact_lock(WRITING)))
            session.execute(
                update(SearchGeneration).values(in_force=SearchGeneration.id == generation)
            )
            session.commit()
        with self._session() as session:
            plain = session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
            # After it, answers come from the indexes alone.
            plain.execute(text("VACUUM (ANALYZE) search_document, search_posting"))

    def _forget_others(self) -> None:
        """Remove whatever is not in force."""
        with self._session() as session:
            kept = select(SearchGeneration.id).where(SearchGeneration.in_force)
            for table in (Row, SearchPosting):
                session.execute(delete(table).where(table.generation.not_in(kept)))
            session.execute(delete(SearchGeneration).where(~SearchGeneration.in_force))
            session.commit()

    def tidy(self) -> None:
        """See SearchIndex. The database tidies by itself."""

    def close(self) -> None:
        """See SearchIndex. The connections are the database's."""


def _in_force(session: Session) -> SearchGeneration:
    """One SELECT. IndexUnavailable if no generation is in force."""
    found = session.scalar(select(SearchGeneration).where(SearchGeneration.in_force))
    if found is None:
        raise IndexUnavailable
    return found
