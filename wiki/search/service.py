"""A search as a reader asks for it: understood, answered, and checked against the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.pages.queries import visible_to
from wiki.policy import Viewer
from wiki.search.documents import PUBLIC, STATE, version_of
from wiki.search.protocol import IndexUnavailable, Piece, Results, SearchIndex, Title
from wiki.search.query import Query, parse
from wiki.text.slugs import TitleError, slugify

PER_PAGE = 20
LAST_PAGE = 500  # places beyond are an empty page; nobody reads so far, and it costs


@dataclass(frozen=True)
class FoundPage:
    """A page that was found, as its row says now; `snippet` may be empty."""

    slug: str
    title: str
    kind: str
    language: str
    changed_at: datetime
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One page of an answer. `exact` is the page whose title was typed; it is a hit too.

    `total` counts what the index knows of; `with_all_words` those that hold every word.
    `nearest` is filled when nothing was found. `index_missing`: only titles were looked at.
    """

    query: Query
    page: int = 1
    total: int = 0
    with_all_words: int = 0
    found: tuple[FoundPage, ...] = ()
    exact: FoundPage | None = None
    nearest: tuple[FoundPage, ...] = ()
    index_missing: bool = False

    @property
    def pages(self) -> int:
        """How many pages of hits there are."""
        return min(-(-self.total // PER_PAGE), LAST_PAGE)


def ask(
    session: Session, index: SearchIndex, typed: str, viewer: Viewer, *, page: int = 1
) -> Answer:
    """Answer what was typed. Never an error: without an index, titles are looked through.

    Cost: one SELECT over what the engine needs (PostgreSQL: two more).
    """
    query = parse(typed)
    page = max(page, 1)
    if query.empty:
        return Answer(query=query, page=page)
    try:
        return _by_index(session, index, query, viewer, page)
    except IndexUnavailable:
        return _by_title(session, query, viewer, page)


def _by_index(
    session: Session, index: SearchIndex, query: Query, viewer: Viewer, page: int
) -> Answer:
    offset = (page - 1) * PER_PAGE
    results = Results()
    if page <= LAST_PAGE:
        results = index.search(query, limit=PER_PAGE, offset=offset)
    near: tuple[Title, ...] = ()
    if not results.total and page == 1:
        near = index.nearest_titles(query.typed)
    ids = [hit.page_id for hit in results.hits] + [title.page_id for title in near]
    slug = _slug(query) if page == 1 else ""
    rows = {row.id: row for row in session.execute(_readable(ids, slug, viewer))}
    found = []
    for hit in results.hits:
        row = rows.get(hit.page_id)
        if row is not None:
            fresh = version_of(row) == hit.version
            found.append(replace(_found(row), snippet=hit.snippet if fresh else ()))
    exact = next((row for row in rows.values() if slug and row.slug == slug), None)
    gone = len(results.hits) - len(found)
    return Answer(
        query=query,
        page=page,
        total=results.total - gone,
        with_all_words=max(results.with_all_words - gone, 0),
        found=tuple(found),
        exact=_found(exact) if exact is not None else None,
        nearest=tuple(_found(rows[t.page_id]) for t in near if t.page_id in rows),
    )


def _slug(query: Query) -> str:
    """The address that the typed words would have as a title."""
    try:
        return slugify(query.typed) if query.key else ""
    except TitleError:
        return ""


def _readable(page_ids: Sequence[int], slug: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """The state of these pages and of the one at `slug`, as far as the viewer may know of them."""
    wanted = or_(Page.id.in_(page_ids), Page.slug == slug)
    columns = (*STATE, Page.changed_at)
    return select(*columns).join(Revision, PUBLIC).where(wanted, visible_to(viewer))


def _found(row: Any) -> FoundPage:
    return FoundPage(row.slug, row.title, row.kind, row.language, row.changed_at)


def _by_title(session: Session, query: Query, viewer: Viewer, page: int) -> Answer:
    """What titles alone can answer while there is no index. One SELECT."""
    title = func.lower(Page.title)
    words = query.words[:8] or query.prefixes[:8] or ("",)
    rows = session.execute(
        select(*STATE, Page.changed_at, func.count().over().label("total"))
        .join(Revision, PUBLIC)
        .where(visible_to(viewer), and_(*(title.contains(w, autoescape=True) for w in words)))
        .order_by(Page.title, Page.id)
        .limit(PER_PAGE)
        .offset((min(page, LAST_PAGE + 1) - 1) * PER_PAGE)
    ).all()
    total = rows[0].total if rows else 0
    found = tuple(_found(row) for row in rows)
    return Answer(query=query, page=page, total=total, found=found, index_missing=True)
