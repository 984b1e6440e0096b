"""Rows of the PostgreSQL engine: vectors made of a document, and the count of every stem."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from wiki.search.analysis import Stem, analyse, is_english
from wiki.search.models import SearchDocument as Row
from wiki.search.models import SearchGeneration, SearchTerm
from wiki.search.protocol import Document
from wiki.search.snippets import KEPT

MOST_POSITIONS = 255  # of one lexeme in a tsvector
LAST_POSITION = 16_383
VECTOR_BYTES = 900_000  # a tsvector holds 1 MB


def row_of(document: Document, generation: int, stem: Stem) -> dict[str, Any]:
    """The row of one document. A stem has a position for each occurrence, label A in the title."""
    stemming = stem if is_english(document.language) else None
    parts = analyse(document.title, document.headings, document.text, stemming)
    return {
        "generation": generation,
        "page_id": document.page_id,
        "slug": document.slug,
        "title": document.title,
        "language": document.language,
        "kind": document.kind,
        "version": document.version,
        "key": parts.key,
        "text": document.text[:KEPT].replace("\0", " "),
        "words": round(sum(parts.weights.values())),
        "body": _vector(
            (
                term,
                (
                    f"{n}A" if n <= 3 and term in parts.title else str(n)
                    for n in range(1, min(round(weight), MOST_POSITIONS) + 1)
                ),
            )
            for term, weight in parts.weights.items()
        ),
        "exact": _vector(
            (word, (str(min(p + 1, LAST_POSITION)) for p in places[:MOST_POSITIONS]))
            for word, places in parts.places.items()
        ),
        "grams": sorted(parts.grams),
    }


def _vector(lexemes: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The text of a tsvector, cut before it is larger than PostgreSQL holds."""
    parts: list[str] = []
    size = 0
    for word, positions in lexemes:
        quoted = word.replace("\\", "\\\\").replace("'", "''")
        part = f"'{quoted}':{','.join(positions)}"
        size += len(part.encode()) + 8
        if size > VECTOR_BYTES:
            break
        parts.append(part)
    return " ".join(parts)


def put_in(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert rows; `count` them afterwards. Cost: 2 ms a page of 600 words."""
    session.execute(insert(Row), rows)


def take_out(session: Session, generation: int, page_ids: Iterable[int]) -> None:
    """Count the rows of these pages off and delete them."""
    pages = list(page_ids)
    count(session, generation, pages, -1)
    session.execute(delete(Row).where(Row.generation == generation, Row.page_id.in_(pages)))


def count(session: Session, generation: int, pages: list[int] | None, sign: int = 1) -> None:
    """Add these pages, or all, to the frequencies; or take them off with `sign` -1.

    Terms go in order, so that two writers do not block each other. Cost: 3 ms a page, much less
    for all at once.
    """
    here = [Row.generation == generation]
    if pages is not None:
        here.append(Row.page_id.in_(pages))
    number, words = session.execute(select(func.count(), func.sum(Row.words)).where(*here)).one()
    if not number:
        return
    lexeme = func.unnest(func.tsvector_to_array(Row.body)).label("term")
    inner = select(lexeme).where(*here).subquery()
    counted = (
        select(literal(generation), inner.c.term, literal(sign) * func.count())
        .group_by(inner.c.term)
        .order_by(inner.c.term)
    )
    put = upsert(SearchTerm).from_select(["generation", "term", "documents"], counted)
    session.execute(
        put.on_conflict_do_update(
            index_elements=["generation", "term"],
            set_={"documents": SearchTerm.documents + put.excluded.documents},
        )
    )
    session.execute(
        update(SearchGeneration)
        .where(SearchGeneration.id == generation)
        .values(
            documents=SearchGeneration.documents + sign * number,
            words=SearchGeneration.words + sign * (words or 0),
        )
    )
