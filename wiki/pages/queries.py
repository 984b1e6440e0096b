"""Questions about pages: one question, one SELECT."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from wiki.errors import PageGone, PageNotFound
from wiki.pages.models import Link, Page, PageMember, Redirect
from wiki.policy import ANYBODY, PageFacts, Viewer


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The one criterion of every public query over Page: published pages, and one's own drafts.

    Nearly every page is public, so no index can serve it: said in a way in which none is tried.
    Else SQLite reads all pages by their state rather than the 25 that were asked for.
    """
    public = and_(func.coalesce(Page.state, "") == "public", Page.public_number.is_not(None))
    if not viewer.signed_in:
        return public
    mine = exists().where(PageMember.page_id == Page.id, PageMember.user_id == viewer.user_id)
    return or_(public, and_(Page.state == "draft", mine))


_BY_SLUG = select(Page).where(Page.slug == bindparam("slug"))  # made once: every visit asks it


def find_page(session: Session, slug: str) -> Page | None:
    """The page with this address, in whatever state, or None."""
    return session.scalar(_BY_SLUG, {"slug": slug})


def readable_page(session: Session, slug: str, viewer: Viewer) -> Page:
    """The page if the viewer may know of it. PageNotFound, or PageGone for one in the bin."""
    page = find_page(session, slug)
    if page is None:
        raise PageNotFound(slug)
    if page.state == "deleted" and page.public_from_number is not None:
        raise PageGone(slug)
    if page.state == "public" and page.public_number is not None:
        return page
    if page.state == "draft" and is_member(session, page, viewer):
        return page
    raise PageNotFound(slug)


def readable_pages(session: Session, ids: Collection[int], viewer: Viewer) -> dict[int, Page]:
    """Those of these pages that the viewer may know of, by row number. One SELECT."""
    found = session.scalars(select(Page).where(Page.id.in_(ids), visible_to(viewer)))
    return {page.id: page for page in found}


def is_member(session: Session, page: Page, viewer: Viewer) -> bool:
    """Whether the viewer is a member of the page's draft."""
    return viewer.signed_in and (session.get(PageMember, (page.id, viewer.user_id)) is not None)


def redirect_target(session: Session, slug: str) -> str | None:
    """The present address of a page that had `slug` before it was renamed."""
    return session.scalar(
        select(Page.slug).join(Redirect, Redirect.page_id == Page.id).where(Redirect.slug == slug)
    )


def shown_number(page: Page) -> int:
    """What a reader of this page reads: the public revision, or a draft's head for its members."""
    return page.head_number if page.state == "draft" else (page.public_number or page.head_number)


def facts(session: Session, page: Page, viewer: Viewer) -> PageFacts:
    """What policy needs to know of the page, protection apart. Only drafts have members."""
    member = page.state == "draft" and is_member(session, page, viewer)
    return PageFacts(state=page.state, member=member)


def existing_slugs(session: Session, slugs: Sequence[str], viewer: Viewer) -> set[str]:
    """Which of these addresses lead somewhere the viewer may go, redirects included."""
    if not slugs:
        return set()
    pages: Select[str] = select(Page.slug).where(Page.slug.in_(slugs), visible_to(viewer))
    moved: Select[str] = (
        select(Redirect.slug)
        .join(Page, Page.id == Redirect.page_id)
        .where(Redirect.slug.in_(slugs), visible_to(viewer))
    )
    return set(session.scalars(pages.union_all(moved)))


def addresses(session: Session, page: Page) -> list[str]:
    """The address of a page, then those that it had before. One SELECT."""
    old = select(Redirect.slug).where(Redirect.page_id == page.id).order_by(Redirect.slug)
    return [page.slug, *session.scalars(old)]


@dataclass(frozen=True)
class PageLine:
    """A page in a list."""

    slug: str
    title: str
    kind: str
    language: str
    text: str  # the case's summary, the lesson's claim, the theme's question
    changed_at: datetime


def _lines(session: Session, query: Select[str, str, str, str, str, datetime]) -> list[PageLine]:
    return [PageLine(*row) for row in session.execute(query)]


_LINE = select(Page.slug, Page.title, Page.kind, Page.language, Page.abstract, Page.changed_at)


def backlinks(session: Session, slug: str, viewer: Viewer) -> list[PageLine]:
    """Pages whose public revision points at `slug`, by title."""
    return _lines(
        session,
        _LINE.join(Link, Link.page_id == Page.id)
        .where(Link.target == slug, visible_to(viewer))
        .order_by(Page.title),
    )


def all_pages(
    session: Session, viewer: Viewer, *, after: str = "", kind: str = "", limit: int = 100
) -> list[PageLine]:
    """Pages by address from the one after `after`; of one kind if given."""
    query = _LINE.where(visible_to(viewer), Page.slug > after)
    if kind:
        query = query.where(Page.kind == kind)
    return _lines(session, query.order_by(Page.slug).limit(limit))


def pages_by_slug(session: Session, slugs: Sequence[str], viewer: Viewer) -> list[PageLine]:
    """Those of these pages that the viewer may read, in the order asked for."""
    found = {
        line.slug: line
        for line in _lines(session, _LINE.where(Page.slug.in_(slugs), visible_to(viewer)))
    }
    return [found[slug] for slug in slugs if slug in found]


def newest_of_kind(session: Session, kind: str, viewer: Viewer, limit: int) -> list[PageLine]:
    """The pages of a kind that were made last."""
    return _lines(
        session,
        _LINE.where(visible_to(viewer), Page.kind == kind)
        .order_by(Page.created_at.desc(), Page.slug)
        .limit(limit),
    )


def own_drafts(session: Session, viewer: Viewer) -> list[PageLine]:
    """The drafts the viewer is a member of, newest first."""
    return _lines(
        session,
        _LINE.where(Page.state == "draft", visible_to(viewer)).order_by(Page.changed_at.desc()),
    )


def wanted_pages(session: Session, limit: int = 50) -> list[tuple[str, int]]:
    """Addresses that visible pages point at and that lead nowhere, with the number of links."""
    lead = exists().where(Page.slug == Link.target, visible_to(ANYBODY))
    moved = exists().where(Redirect.slug == Link.target)
    source = Page.__table__.alias("source")
    rows = session.execute(
        select(Link.target, func.count())
        .join(source, source.c.id == Link.page_id)
        .where(source.c.state == "public", ~lead, ~moved)
        .group_by(Link.target)
        .order_by(func.count().desc(), Link.target)
        .limit(limit)
    )
    return [(target, count) for target, count in rows]
