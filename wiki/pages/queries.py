"""Questions about pages: one question, one SELECT."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.errors import PageGone, PageNotFound, RevisionNotFound
from wiki.pages.models import Byline as BylineRow
from wiki.pages.models import Link, Page, PageMember, Redirect, Revision, TextRow
from wiki.pages.rules import Byline, Credit, Parts, byline, parts
from wiki.policy import PageFacts, Viewer


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The one criterion of every public query over Page: published pages, and one's own drafts."""
    public = and_(Page.state == "public", Page.public_number.is_not(None))
    if not viewer.signed_in:
        return public
    mine = exists().where(PageMember.page_id == Page.id, PageMember.user_id == viewer.user_id)
    return or_(public, and_(Page.state == "draft", mine))


def find_page(session: Session, slug: str) -> Page | None:
    """The page with this address, in whatever state, or None."""
    return session.scalar(select(Page).where(Page.slug == slug))


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


@dataclass(frozen=True)
class RevisionView:
    """A revision as one viewer may see it; what is hidden is not in here."""

    number: int
    public_id: str
    parent_number: int | None
    text_id: int
    sha256: bytes | None
    byline: Byline
    shows: Parts
    summary: str
    minor: bool
    restores: int | None
    via: str
    saved_at: datetime
    precision: str
    size: int
    importer: str


_REVISION = (
    select(
        Revision,
        TextRow.sha256,
        BylineRow.display,
        User.id.label("user_id"),
        User.name,
        User.imported,
        User.deleted_at,
    )
    .join(TextRow, TextRow.id == Revision.text_id)
    .join(BylineRow, BylineRow.id == Revision.byline_id)
    .join(User, User.id == BylineRow.user_id)
)


def _view(
    row: Row[tuple[Revision, bytes | None, str | None, int, str, bool, datetime | None]],
    viewer: Viewer,
    *,
    on_desk: bool = False,
) -> RevisionView:
    revision = row[0]
    shows = parts(revision, viewer, on_desk=on_desk)
    credit = Credit(row.user_id, row.name, row.display, row.imported, row.deleted_at is not None)
    printed = byline(_Shown(shows), credit, viewer)
    return RevisionView(
        number=revision.number,
        public_id=revision.public_id,
        parent_number=revision.parent_number,
        text_id=revision.text_id,
        sha256=row.sha256,
        byline=printed,
        shows=shows,
        summary=revision.summary if shows.summary else "",
        minor=revision.minor,
        restores=revision.restores,
        via=revision.via,
        saved_at=revision.saved_at,
        precision=revision.precision,
        size=revision.size,
        importer="",
    )


@dataclass(frozen=True)
class _Shown:
    """The flags that are left once `parts` has spoken."""

    shows: Parts

    @property
    def hide_text(self) -> bool:
        return not self.shows.text

    @property
    def hide_summary(self) -> bool:
        return not self.shows.summary

    @property
    def hide_name(self) -> bool:
        return not self.shows.name


def revision_view(
    session: Session, page: Page, number: int, viewer: Viewer, *, on_desk: bool = False
) -> RevisionView:
    """One revision for one viewer. RevisionNotFound."""
    row = session.execute(
        _REVISION.where(Revision.page_id == page.id, Revision.number == number)
    ).one_or_none()
    if row is None:
        raise RevisionNotFound()
    return _view(row, viewer, on_desk=on_desk)


def revision_views(
    session: Session, page: Page, numbers: Sequence[int], viewer: Viewer
) -> dict[int, RevisionView]:
    """Several revisions of one page, by number, in one SELECT."""
    rows = session.execute(
        _REVISION.where(Revision.page_id == page.id, Revision.number.in_(numbers))
    )
    return {row[0].number: _view(row, viewer) for row in rows}


def history(
    session: Session, page: Page, viewer: Viewer, *, before: int | None = None, limit: int = 50
) -> list[RevisionView]:
    """Revisions newest first, from number `before` - 1 down. Costs `limit` rows, however many."""
    query = _REVISION.where(Revision.page_id == page.id)
    if before is not None:
        query = query.where(Revision.number < before)
    rows = session.execute(query.order_by(Revision.number.desc()).limit(limit))
    return [_view(row, viewer) for row in rows]


def revision_row(session: Session, page_id: int, number: int) -> Revision:
    """The row itself, for a service that changes or extends it. RevisionNotFound."""
    row = session.scalar(
        select(Revision).where(Revision.page_id == page_id, Revision.number == number)
    )
    if row is None:
        raise RevisionNotFound()
    return row


@dataclass(frozen=True)
class Change:
    """A line of the recent changes."""

    slug: str
    title: str
    revision: RevisionView


def recent_changes(
    session: Session, viewer: Viewer, *, before: int | None = None, limit: int = 50
) -> list[tuple[int, Change]]:
    """The newest revisions of all pages the viewer may read, as (row number, change).

    Imported histories stand at the time they were written, not in this list: only what was saved
    here, and the newest revision of an import.
    """
    query = (
        _REVISION.add_columns(Page.slug, Page.title)
        .join(Page, Page.id == Revision.page_id)
        .where(visible_to(viewer))
        .where(or_(Revision.via != "import", Revision.number == Page.head_number))
    )
    if before is not None:
        query = query.where(Revision.id < before)
    rows = session.execute(query.order_by(Revision.id.desc()).limit(limit))
    return [(row[0].id, Change(row.slug, row.title, _view(row, viewer))) for row in rows]


def facts(session: Session, page: Page, viewer: Viewer) -> PageFacts:
    """What policy needs to know of the page, protection apart."""
    return PageFacts(state=page.state, member=is_member(session, page, viewer))


def existing_slugs(session: Session, slugs: Sequence[str], viewer: Viewer) -> set[str]:
    """Which of these addresses lead somewhere the viewer may go, redirects included."""
    if not slugs:
        return set()
    pages: Select[tuple[str]] = select(Page.slug).where(Page.slug.in_(slugs), visible_to(viewer))
    moved: Select[tuple[str]] = (
        select(Redirect.slug)
        .join(Page, Page.id == Redirect.page_id)
        .where(Redirect.slug.in_(slugs), visible_to(viewer))
    )
    return set(session.scalars(pages.union_all(moved)))


@dataclass(frozen=True)
class PageLine:
    """A page in a list."""

    slug: str
    title: str
    kind: str
    language: str
    changed_at: datetime


def _lines(session: Session, query: Select[tuple[str, str, str, str, datetime]]) -> list[PageLine]:
    return [PageLine(*row) for row in session.execute(query)]


_LINE = select(Page.slug, Page.title, Page.kind, Page.language, Page.changed_at)


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


def wanted_pages(session: Session, viewer: Viewer, limit: int = 50) -> list[tuple[str, int]]:
    """Addresses that visible pages point at and that lead nowhere, with the number of links."""
    lead = exists().where(Page.slug == Link.target, Page.state != "deleted")
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


def authors_of(session: Session, page_id: int, user_ids: Sequence[int]) -> dict[int, Credit]:
    """The credits of these accounts on this page, by account row number."""
    rows = session.execute(
        select(User.id, User.name, BylineRow.display, User.imported, User.deleted_at)
        .join(BylineRow, BylineRow.user_id == User.id)
        .where(BylineRow.page_id == page_id, User.id.in_(user_ids))
    )
    return {
        row.id: Credit(row.id, row.name, row.display, row.imported, row.deleted_at is not None)
        for row in rows
    }
