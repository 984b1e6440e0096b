"""The statement that answers a query in PostgreSQL: BM25 as one aggregate over postings.

The postings of the typed words are read from one index, counted for the rarity of each word, and
added up by page. What must or must not be there only filters: it is looked up in the vectors.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOUBLE_PRECISION, INTEGER, TEXT, TSQUERY

from wiki.search.analysis import Stem, alternatives
from wiki.search.models import SearchDocument as Row
from wiki.search.models import SearchGeneration as Generation
from wiki.search.models import SearchPosting as Posting
from wiki.search.query import Query
from wiki.search.ranking import ALL, K1, KEY, SOME, TITLE, B

Pages = Select[int]  # their numbers


def _quoted(word: str) -> str:
    inside = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{inside}'"


def in_force() -> ScalarSelect[int]:
    """The generation that answers; NULL if none does."""
    return select(Generation.id).where(Generation.in_force).scalar_subquery()


def statement(query: Query, stem: Stem, *, limit: int, offset: int) -> Select[*tuple[Any, ...]]:
    """One SELECT: both counts in every row, and tier, score and what is shown of each hit.

    Without a hit it is one row whose page is NULL; without a generation in force, none.
    Cost: 1 µs for every posting of the typed words, on top of 2 ms. A phrase costs 0.05 ms for
    every page that has all its words.
    """
    found = _Statement(query, stem).found()
    counted = select(
        func.count().label("total"), func.count().filter(found.c.complete).label("with_all")
    ).select_from(found)
    counts = counted.cte("counts")
    order = (found.c.tier.desc(), found.c.score.desc(), found.c.page_id)
    best = select(found.c.page_id, found.c.tier, found.c.score)
    hit = best.order_by(*order).limit(limit).offset(offset).cte("hit")
    shown = (Row.page_id, Row.slug, Row.title, Row.language, Row.kind, Row.version, Row.text)
    return (
        select(counts.c.total, counts.c.with_all, hit.c.tier, hit.c.score, *shown)
        .select_from(Generation)
        .join(counts, true())
        .outerjoin(hit, true())
        .outerjoin(Row, and_(Row.generation == Generation.id, Row.page_id == hit.c.page_id))
        .where(Generation.in_force)
        .order_by(hit.c.tier.desc(), hit.c.score.desc(), Row.page_id)
    )


class _Statement:
    """The parts of the statement."""

    def __init__(self, query: Query, stem: Stem) -> None:
        self.query = query
        self.stem = stem
        self.words = [alternatives(word, stem) for word in query.words]

    def found(self) -> CTE:
        """Every page that answers: tier, score, and whether it has all words."""
        held = self._answering()
        tier = self._tier(held).label("tier")
        return select(held.c.page_id, held.c.score, held.c.complete, tier).cte("found")

    def _tier(self, held: CTE) -> ColumnElement[int]:
        """The first part of the order, as in ranking.py."""
        whens: list[tuple[ColumnElement[bool], int]] = []
        if self.words and not self.query.prefixes:
            if self.query.key:  # who has the title has all of its words in it
                its_key = (
                    select(Row.key == self.query.key)
                    .where(
                        Row.generation == in_force(),
                        Row.page_id == held.c.page_id,
                    )
                    .scalar_subquery()
                )
                whens.append((case((held.c.titled, its_key), else_=false()), KEY))
            whens.append((held.c.titled, TITLE))
        return case(*whens, (held.c.complete, ALL), else_=SOME)

    def _answering(self) -> CTE:
        """Every page that answers: its score, and whether it has all words, all in the title."""
        scored = self._scored()
        must = [self._with_title_word(word) for word in self.query.title_words]
        must += [self._with_phrase(phrase) for phrase in self.query.phrases]
        begun = [self._with_beginning(prefix) for prefix in self.query.prefixes]
        source: FromClause = scored
        page_id = scored.c.page_id
        if must or begun:
            pages = _intersection(must) if must else union(select(page_id), *begun)
            others = pages.cte("pages")
            source = others.outerjoin(scored, page_id == others.c.page_id)
            page_id = others.c.page_id
        complete = and_(
            func.coalesce(scored.c.held, 0) == len(self.words),
            *(page_id.in_(each) for each in begun),
        )
        return (
            select(
                page_id,
                func.coalesce(scored.c.score, 0.0).label("score"),
                complete.label("complete"),
                and_(complete, func.coalesce(scored.c.titled, false())).label("titled"),
            )
            .select_from(source)
            .where(*(page_id.not_in(each) for each in self._excluded()))
            .cte("answering")
        )

    def _scored(self) -> CTE:
        """BM25 of every page that has one of the words; how many of them, and all in the title?"""
        held = self._held()
        n = cast(func.count().over(partition_by=held.c.word), DOUBLE_PRECISION)
        size = _of_all(Generation.documents)
        counted = select(
            held.c.page_id,
            held.c.weight,
            held.c.titled,
            ((K1 + 1) * func.ln(1 + (size - n + 0.5) / (n + 0.5))).label("gain"),
        ).cte("counted")
        weight = counted.c.weight
        mean = _of_all(func.greatest(Generation.words / func.nullif(Generation.documents, 0), 1.0))
        norm = K1 * (1 - B) + (K1 * B / mean) * Row.words
        return (
            select(
                counted.c.page_id,
                func.sum(counted.c.gain * weight / (weight + norm)).label("score"),
                func.count().label("held"),
                func.bool_and(counted.c.titled).label("titled"),
            )
            .join(Row, Row.page_id == counted.c.page_id)
            .where(Row.generation == in_force())
            .group_by(counted.c.page_id)
            .cte("scored")
        )

    def _held(self) -> CTE:
        """How much each page has of each word, in whichever of its forms."""
        terms = [(term, number) for number, word in enumerate(self.words) for term in word]
        asked = func.unnest(
            cast([term for term, _ in terms], ARRAY(TEXT)),
            cast([number for _, number in terms], ARRAY(INTEGER)),
        ).table_valued("term", "word")
        asked = asked.render_derived(name="asked")
        return (
            select(
                Posting.page_id,
                asked.c.word,
                cast(func.sum(Posting.weight), DOUBLE_PRECISION).label("weight"),
                func.bool_or(Posting.titled).label("titled"),
            )
            .join(asked, Posting.term == asked.c.term)
            .where(Posting.generation == in_force())
            .group_by(Posting.page_id, asked.c.word)
            .cte("held")
        )

    def _excluded(self) -> list[Pages]:
        """What must not be found."""
        return [
            *(self._matching(_quoted(word)) for word in self.query.not_words),
            *(self._with_phrase(phrase) for phrase in self.query.not_phrases),
            *(self._with_title_word(word) for word in self.query.not_title_words),
        ]

    def _with_title_word(self, word: str) -> Pages:
        return select(Posting.page_id).where(
            Posting.generation == in_force(),
            Posting.term.in_(alternatives(word, self.stem)),
            Posting.titled,
        )

    def _with_phrase(self, phrase: Sequence[str]) -> Pages:
        return self._matching(" <-> ".join(map(_quoted, phrase)))

    def _with_beginning(self, prefix: str) -> Pages:
        return self._matching(f"{_quoted(prefix)}:*")

    def _matching(self, query: str) -> Pages:
        """Pages whose words, as they are written, match this text of a tsquery."""
        matches = Row.exact.op("@@", is_comparison=True)(cast(query, TSQUERY))
        return select(Row.page_id).where(Row.generation == in_force(), matches)


def _of_all(figure: Any) -> ScalarSelect[float]:
    """A figure of the generation in force."""
    column = cast(figure, DOUBLE_PRECISION)
    return select(column).where(Generation.in_force).scalar_subquery()


def _intersection(parts: Sequence[Pages]) -> Pages:
    first, *others = parts
    column = first.selected_columns.page_id
    return first.where(*(column.in_(other) for other in others))
