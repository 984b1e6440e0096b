"""What the acts of moderators share: pages held while they change, and copies that must go."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki.db import begin_writing
from wiki.errors import PageNotFound
from wiki.outbox.service import enqueue
from wiki.pages.models import Page, StoredPage
from wiki.pages.queries import readable_page
from wiki.pages.service import bump
from wiki.policy import Viewer, may_moderate, require


def public_page(session: Session, slug: str, viewer: Viewer) -> Page:
    """The page that a moderator acts on. PermissionDenied, PageNotFound, PageGone.

    A draft is its members' own: moderators do not act on it, not even as members.
    """
    require(may_moderate(viewer))
    page = readable_page(session, slug, viewer)
    if page.state != "public":
        raise PageNotFound(slug)
    return page


def hold_page(session: Session, slug: str, viewer: Viewer) -> Page:
    """As `public_page`, in a writing transaction, the row held against other writers."""
    require(may_moderate(viewer))
    begin_writing(session)
    return hold(session, [public_page(session, slug, viewer).id])[0]


def hold(session: Session, page_ids: Iterable[int]) -> list[Page]:
    """These pages by row number, read anew and held until the commit.

    One SELECT, always in the same order, so that two moderators wait for each other instead of
    blocking each other.
    """
    return list(
        session.scalars(
            select(Page)
            .where(Page.id.in_(set(page_ids)))
            .order_by(Page.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def drop_copies(session: Session, pages: Iterable[Page], now: datetime) -> None:
    """What was stored of these pages is old: stored pages go, the index is asked to look again.

    The pages must be held, or a reader could store the old bytes under the new stamp.
    """
    for page in pages:
        bump(page)
        session.execute(delete(StoredPage).where(StoredPage.page_id == page.id))
        enqueue(session, "index", page.id, now)
    session.flush()
