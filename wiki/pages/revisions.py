"""Questions about revisions, answered as one viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.errors import RevisionNotFound
from wiki.pages.models import Byline as BylineRow
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.queries import visible_to
from wiki.pages.rules import Byline, Credit, Parts, byline, parts
from wiki.policy import Viewer


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


def _view(row: Any, viewer: Viewer, *, on_desk: bool = False) -> RevisionView:
    revision: Revision = row[0]
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
