"""Questions about revisions, answered as one viewer may see them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.models import User
from wiki.errors import RevisionNotFound
from wiki.pages.affiliations import Affiliation, affiliation_of
from wiki.pages.models import Byline as BylineRow
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.queries import is_member, visible_to
from wiki.pages.rules import Byline, Credit, Parts, byline, parts
from wiki.pages.storage import load_text
from wiki.policy import Viewer

LOOKED = 20_000
MIN_COUNTED = 4  # people a page needs before their number is said while a name is hidden


@dataclass(frozen=True)
class RevisionView:
    """A revision as one viewer may see it; what is hidden is not in here.

    `saved_at` is to be printed no more precisely than `precision` (second, day, month, year);
    sizes are in bytes of UTF-8.
    """

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
    affiliation: Affiliation | None = None  # hidden with the name
    size_change: int | None = None
    is_public: bool = False
    is_newest: bool = False

    @property
    def text_hidden(self) -> bool:
        """Whether the viewer may not read the text."""
        return not self.shows.text

    @property
    def is_special(self) -> bool:
        """Whether a list has more to say of it than who wrote it, when and why."""
        ordinary = self.via == "web" and self.shows.text and not self.restores
        return self.minor or not ordinary or self.joins

    @property
    def joins(self) -> bool:
        """Whether it was written on an older revision and joined with those between. Not told
        with a hidden name: it would say when the writing began."""
        parent = self.parent_number
        return parent is not None and parent < self.number - 1 and self.shows.name

    @property
    def summary_hidden(self) -> bool:
        """Whether the viewer may not read the edit summary."""
        return not self.shows.summary


@dataclass(frozen=True)
class Change:
    """A line of the recent changes: a revision and the page it is of."""

    slug: str
    title: str
    kind: str
    language: str
    revision: RevisionView

    @property
    def is_new(self) -> bool:
        """Whether the page began with this revision."""
        return self.revision.number == 1


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

_ONE = _REVISION.where(
    Revision.page_id == bindparam("page"), Revision.number == bindparam("number")
)


def _view(row: Any, viewer: Viewer, *, on_desk: bool = False) -> RevisionView:
    revision: Revision = row[0]
    shows = parts(revision, viewer, on_desk=on_desk)
    credit = Credit(row.user_id, row.name, row.display, row.imported, row.deleted_at is not None)
    return RevisionView(
        number=revision.number,
        public_id=revision.public_id,
        parent_number=revision.parent_number,
        text_id=revision.text_id,
        sha256=row.sha256,
        byline=byline(shows, credit),
        shows=shows,
        summary=revision.summary if shows.summary else "",
        minor=revision.minor,
        restores=revision.restores,
        via=revision.via,
        saved_at=revision.saved_at,
        precision=revision.precision,
        size=revision.size,
        affiliation=affiliation_of(revision.affiliation) if shows.name else None,
    )


def first_readable(session: Session, page: Page, viewer: Viewer) -> int:
    """The number of the first revision this viewer may know of.

    What was written before a draft was published stays its members'. No SELECT for a page that
    was never a draft.
    """
    if page.state == "draft" or page.public_from_number in (None, 1):
        return 1
    if is_member(session, page, viewer):
        return 1
    return page.public_from_number or 1


def revision_view(
    session: Session, page: Page, number: int, viewer: Viewer, *, on_desk: bool = False
) -> RevisionView:
    """One revision for one viewer. RevisionNotFound, also for what came before publication."""
    row = session.execute(_ONE, {"page": page.id, "number": number}).one_or_none()
    if row is None or number < first_readable(session, page, viewer):
        raise RevisionNotFound()
    return _view(row, viewer, on_desk=on_desk)


def readable_text(session: Session, page: Page, number: int, viewer: Viewer) -> str | None:
    """The source of a revision; None if there is none that this viewer may read."""
    try:
        shown = revision_view(session, page, number, viewer)
    except RevisionNotFound:
        return None
    return None if shown.text_hidden else load_text(session, shown.text_id, shown.sha256)


def revision_views(
    session: Session, page: Page, numbers: Collection[int], viewer: Viewer
) -> dict[int, RevisionView]:
    """Those of these revisions that the viewer may know of, by number. One SELECT."""
    first = first_readable(session, page, viewer)
    wanted = [number for number in numbers if number >= first]
    rows = session.execute(
        _REVISION.where(Revision.page_id == page.id, Revision.number.in_(wanted))
    )
    views = [_view(row, viewer) for row in rows]
    return {view.number: view for view in views}


def history(
    session: Session, page: Page, viewer: Viewer, *, before: int | None = None, limit: int = 50
) -> list[RevisionView]:
    """Revisions newest first, from number `before` - 1 down. Costs `limit` rows, however many."""
    first = first_readable(session, page, viewer)
    query = _REVISION.where(Revision.page_id == page.id, Revision.number >= first)
    if before is not None:
        query = query.where(Revision.number < before)
    rows = session.execute(query.order_by(Revision.number.desc()).limit(limit + 1)).all()
    views = [_view(row, viewer) for row in rows]
    return [
        replace(
            view,
            size_change=view.size - (views[at + 1].size if at + 1 < len(views) else 0)
            if at + 1 < len(views) or view.number == 1
            else None,
            is_public=view.number == page.public_number,
            is_newest=view.number == page.head_number,
        )
        for at, view in enumerate(views[:limit])
    ]


def people(session: Session, page: Page, viewer: Viewer) -> int:
    """How many people wrote the revisions that this viewer may know of; 0: not to be said.

    While a name on the page is hidden, fewer than four would describe who it is. Whoever wrote
    under a name and also hidden counts twice: else the number would say that the hidden one is
    among the named. Not where somebody keeps their name back: it would say whether two who speak
    on the page unnamed are one person. One SELECT, linear in the page's revisions.
    """
    first = first_readable(session, page, viewer)
    seen = (Revision.page_id == page.id, Revision.number >= first)
    other = aliased(Revision)
    also_named = exists().where(
        other.byline_id == Revision.byline_id, not_(other.hide_name), other.number >= first
    )
    twice = Revision.byline_id.distinct()
    hidden = select(func.count(twice)).where(*seen, Revision.hide_name).scalar_subquery()
    both = select(func.count(twice)).where(*seen, Revision.hide_name, also_named).scalar_subquery()
    if first == 1:
        written = select(func.count()).where(BylineRow.page_id == page.id).scalar_subquery()
    else:
        written = select(func.count(twice)).where(*seen).scalar_subquery()
    kept = select(func.count()).where(*seen, Revision.kept_back).scalar_subquery()
    found, unseen, doubled, kept_back = session.execute(select(written, hidden, both, kept)).one()
    number = int(found) + int(doubled)
    return 0 if kept_back or (unseen and number < MIN_COUNTED) else number


def revision_row(session: Session, page_id: int, number: int) -> Revision:
    """The row itself, for a service that changes or extends it. RevisionNotFound."""
    row = session.scalar(
        select(Revision).where(Revision.page_id == page_id, Revision.number == number)
    )
    if row is None:
        raise RevisionNotFound()
    return row


def recent_changes(
    session: Session, viewer: Viewer, *, before: str = "", kind: str = "", limit: int = 50
) -> list[Change]:
    """The newest revisions of all pages the viewer may read, from the one after `before`, the
    public id of another one here.

    Of an imported history only the newest revision stands here: the others were not saved here.
    What is told to the day is not here: between two others its place would be its time, and so
    would a number of a row that is left out.
    """
    query = _changes_for(viewer, kind).where(_TIMED)
    if before:
        last = select(Revision.id).where(Revision.public_id == before, _TIMED)
        query = query.where(Revision.id < last.scalar_subquery())
    return _changes_of(session, query.order_by(Revision.id.desc()).limit(limit), viewer)


def untimed_changes(
    session: Session, viewer: Viewer, *, kind: str = "", limit: int = 20
) -> list[Change]:
    """The newest revisions that are told to the day: by day, then by page, in no order of time.

    Looked for among the newest LOOKED rows, so that a large wiki answers as fast as a small one.
    """
    newest = select(func.max(Revision.id)).scalar_subquery()
    query = _changes_for(viewer, kind).where(not_(_TIMED), Revision.id > newest - LOOKED)
    days = query.order_by(Revision.saved_at.desc(), Page.slug, Revision.number.desc())
    return _changes_of(session, days.limit(limit), viewer)  # of their time only the day is kept


_TIMED = or_(Revision.precision == "second", Revision.via == "import")


def _changes_for(viewer: Viewer, kind: str) -> Select[Any]:
    query = (
        _REVISION.add_columns(Page.slug, Page.title, Page.kind, Page.language)
        .join(Page, Page.id == Revision.page_id)
        .where(visible_to(viewer))
        .where(or_(Revision.via != "import", Revision.number == Page.head_number))
        .where(
            or_(
                Page.public_from_number.is_(None),
                Page.state == "draft",
                Revision.number >= Page.public_from_number,
            )
        )
    )
    return query.where(Page.kind == kind) if kind else query


def _changes_of(session: Session, query: Select[Any], viewer: Viewer) -> list[Change]:
    return [
        Change(row.slug, row.title, row.kind, row.language, _view(row, viewer))
        for row in session.execute(query)
    ]
