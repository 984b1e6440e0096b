"""A typed query as PostgreSQL understands it: tsquery texts, and the statement that answers it.

Candidates are chosen by ts_rank and scored again with BM25, because ts_rank does not know that a
rare word says more than a frequent one. Words that stand in very many pages choose no candidates
while there are rarer ones; they count in the score all the same.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOUBLE_PRECISION, TEXT, TSQUERY

from wiki.search.analysis import Stem, alternatives
from wiki.search.models import SearchDocument as Row
from wiki.search.query import Query
from wiki.search.ranking import ALL, K1, KEY, SOME, TITLE, B

CANDIDATES = 200  # pages that are scored again
CHOOSING = 3_000  # pages looked at to choose them, unless the rarest word stands in more


@dataclass(frozen=True)
class Statistics:
    """What is known of the generation in force and of the words of one query."""

    generation: int
    documents: int
    words: int
    frequencies: Mapping[str, int]  # stem → number of pages

    def gain(self, terms: Sequence[str]) -> float:
        """K1 + 1 times Lucene's idf of a word that these terms stand for."""
        n = min(sum(self.frequencies.get(t, 0) for t in terms), self.documents)
        return (K1 + 1) * math.log(1 + (self.documents - n + 0.5) / (n + 0.5))


def terms_of(query: Query, stem: Stem) -> list[tuple[str, ...]]:
    """The stems that stand for each ranked word."""
    return [alternatives(word, stem) for word in query.words]


def _quoted(word: str, label: str = "") -> str:
    inside = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{inside}'{label}"


def _any(terms: Iterable[str], label: str = "") -> str:
    return "(" + " | ".join(_quoted(t, label) for t in terms) + ")"


def _match(column: Any, query: str) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = column.op("@@", is_comparison=True)(cast(query, TSQUERY))
    return condition


def _has_phrase(words: Sequence[str]) -> ColumnElement[bool]:
    return _match(Row.exact, " <-> ".join(map(_quoted, words)))


class Conditions:
    """The parts of the WHERE clause and of the order."""

    def __init__(self, query: Query, stem: Stem, known: Statistics) -> None:
        self.words = terms_of(query, stem)
        self.begins = [_match(Row.exact, f"{_quoted(p)}:*") for p in query.prefixes]
        self.must = [
            _match(Row.body, _any(alternatives(w, stem), ":A")) for w in query.title_words
        ]
        self.must += [_has_phrase(phrase) for phrase in query.phrases]
        self.never = [_match(Row.exact, _quoted(w)) for w in query.not_words]
        untitled = [alternatives(w, stem) for w in query.not_title_words]
        self.never += [_match(Row.body, _any(word, ":A")) for word in untitled]
        self.never += [_has_phrase(phrase) for phrase in query.not_phrases]
        self.here = and_(
            Row.generation == known.generation, *self.must, *(not_(n) for n in self.never)
        )
        self.known = known
        self.key = query.key

    def some(self, words: Sequence[Sequence[str]]) -> ColumnElement[bool]:
        """Pages with one of these words, or all that the query can find if it must have a part."""
        if self.must:
            return self.here
        found = [_match(Row.body, _any(t for w in words for t in w))] if words else []
        return and_(self.here, or_(false(), *found, *self.begins))

    def all(self) -> ColumnElement[bool]:
        """Pages with every word."""
        each = [_match(Row.body, " & ".join(map(_any, self.words)))]
        return and_(*(each if self.words else []), *self.begins)

    def telling(self) -> list[tuple[str, ...]]:
        """The words that choose candidates: from the rarest on, while they are few enough."""
        counts = [(sum(self.known.frequencies.get(t, 0) for t in w), w) for w in self.words]
        chosen: list[tuple[str, ...]] = []
        total = 0
        for count, word in sorted(counts):
            if chosen and total and total + count > CHOOSING:
                break
            chosen.append(word)
            total += count
        return chosen

    def tier(self, complete: CTE) -> ColumnElement[int]:
        """The first part of the order, as in ranking.py, of pages that have every word."""
        whens: list[tuple[ColumnElement[bool], int]] = []
        if self.key:
            whens.append((complete.c.key == self.key, KEY))
        if self.words and not self.begins:
            titled = " & ".join(_any(word, ":A") for word in self.words)
            whens.append((_match(complete.c.body, titled), TITLE))
        return case(*whens, else_=ALL) if whens else literal(ALL)


def statement(
    query: Query, stem: Stem, known: Statistics, *, limit: int, offset: int
) -> Select[*tuple[Any, ...]]:
    """One SELECT: tier, score, what is shown, and both counts in every row.

    Cost: the candidates are taken apart, some 0.1 ms each.
    """
    parts = Conditions(query, stem, known)
    counted = _counted(parts)
    chosen = _chosen(parts, counted, wanted=offset + limit)
    scored = _scored(parts, chosen)
    score = func.coalesce(scored.c.score, 0.0).label("score")
    shown = (Row.page_id, Row.slug, Row.title, Row.language, Row.kind, Row.version, Row.text)
    return (
        select(chosen.c.tier, score, counted.c.total, counted.c.with_all, *shown)
        .select_from(chosen)
        .join(counted, literal(True))
        .outerjoin(scored, scored.c.page_id == chosen.c.page_id)
        .join(Row, and_(Row.generation == known.generation, Row.page_id == chosen.c.page_id))
        .order_by(chosen.c.tier.desc(), score.desc(), Row.page_id)
        .limit(limit)
        .offset(offset)
    )


def _chosen(parts: Conditions, counted: CTE, *, wanted: int) -> CTE:
    """The candidates, with their vectors: with every word, and the rest only if those are few.

    A page is looked into only here: its vector lies apart from its row and costs most.
    """
    number = max(CANDIDATES, 4 * wanted)
    terms = sorted({t for word in parts.words for t in word})
    order = func.ts_rank(Row.body, cast(_any(terms), TSQUERY)) if terms else literal(0.0)
    first = (
        select(Row.page_id, Row.body, Row.words, order.label("rank"), Row.key)
        .where(parts.here, parts.all())
        .order_by(order.desc(), Row.page_id)
        .limit(number)
        .cte("complete")
    )
    few = select(case((counted.c.with_all < wanted, number), else_=0)).scalar_subquery()
    rest = (
        select(Row.page_id, Row.body, Row.words, order.label("rank"), Row.key)
        .where(parts.some(parts.telling()), not_(parts.all()))
        .order_by(order.desc(), Row.page_id)
        .limit(few)
        .cte("partial")
    )
    both = union_all(
        select(first.c.page_id, first.c.body, first.c.words, parts.tier(first).label("tier")),
        select(rest.c.page_id, rest.c.body, rest.c.words, literal(SOME).label("tier")),
    )
    return both.cte("chosen")


def _scored(parts: Conditions, chosen: CTE) -> CTE:
    """BM25 of the candidates, from the vectors taken apart; those with no word are left out."""
    known = parts.known
    gains = {term: known.gain(word) for word in parts.words for term in word}
    lexeme = func.unnest(chosen.c.body).table_valued("lexeme", "positions", "weights")
    lexeme = lexeme.render_derived()
    worth = func.unnest(
        cast(bindparam("terms", list(gains)), ARRAY(TEXT)),
        cast(bindparam("gains", list(gains.values())), ARRAY(DOUBLE_PRECISION)),
    ).table_valued("term", "gain")
    worth = worth.render_derived(name="worth")
    tf = cast(func.cardinality(lexeme.c.positions), DOUBLE_PRECISION)
    mean = max(known.words / known.documents, 1.0) if known.documents else 1.0
    norm = K1 * (1 - B) + (K1 * B / mean) * chosen.c.words
    return (
        select(chosen.c.page_id, func.sum(worth.c.gain * tf / (tf + norm)).label("score"))
        .select_from(chosen.join(lexeme, literal(True)))
        .join(worth, worth.c.term == lexeme.c.lexeme)
        .group_by(chosen.c.page_id)
        .cte("scored")
    )


def _counted(parts: Conditions) -> CTE:
    """How many pages there are in all, and how many with every word: two looks at the index."""
    some = select(func.count()).where(parts.some(parts.words)).scalar_subquery()
    complete = select(func.count()).where(parts.here, parts.all()).scalar_subquery()
    return select(some.label("total"), complete.label("with_all")).cte("counted")
