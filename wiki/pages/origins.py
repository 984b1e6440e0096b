"""Questions about the revisions that the words of a page come from."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.pages.models import Byline as BylineRow
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.revisions import first_readable
from wiki.pages.rules import Credit, Parts
from wiki.pages.storage import KEYFRAME_EVERY, chain_texts, load_bytes
from wiki.policy import Viewer


def credits_of_origins(
    session: Session, page: Page, numbers: Sequence[int]
) -> dict[int, tuple[Parts, Credit]]:
    """What may be said about the author of each of these revisions, for everybody alike.

    One SELECT of the page's bylines and one of the revisions, however many.
    """
    wanted = set(numbers)
    rows = session.execute(
        select(
            Revision.number,
            Revision.hide_name,
            Revision.kept_back,
            User.id,
            User.name,
            BylineRow.display,
            User.imported,
            User.deleted_at,
        )
        .join(BylineRow, BylineRow.id == Revision.byline_id)
        .join(User, User.id == BylineRow.user_id)
        .where(Revision.page_id == page.id)
        .where(Revision.number.in_(wanted) if len(wanted) < 500 else Revision.number > 0)
    )
    return {
        row.number: (
            Parts(True, True, name=not row.hide_name, kept_back=row.kept_back),
            Credit(row.id, row.name, row.display, row.imported, row.deleted_at is not None),
        )
        for row in rows
        if row.number in wanted
    }


def saved_between(
    session: Session, page: Page, numbers: Collection[int]
) -> tuple[datetime | None, datetime | None]:
    """When the first and the last of these revisions were saved; None, None if one of the two is
    to be known by its year only. One SELECT."""
    if not numbers:
        return None, None
    ends = {min(numbers), max(numbers)}
    rows = session.execute(
        select(Revision.saved_at, Revision.precision)
        .where(Revision.page_id == page.id, Revision.number.in_(ends))
        .order_by(Revision.number)
    ).all()
    if not rows or any(row.precision == "year" for row in rows):
        return None, None
    return rows[0].saved_at, rows[-1].saved_at


def texts_before(
    session: Session, page: Page, number: int, viewer: Viewer, limit: int
) -> Iterator[tuple[int, str]]:
    """(number, text) of the revisions before this one that the viewer may know of, newest first,
    hidden texts included: for services that follow something through them.

    Cost: one SELECT, and decoding about as many texts as are taken.
    """
    first = first_readable(session, page, viewer)
    rows = session.execute(
        select(Revision.number, TextRow.id, TextRow.sha256)
        .join(TextRow, TextRow.id == Revision.text_id)
        .where(Revision.page_id == page.id, Revision.number.between(first, number - 1))
        .order_by(Revision.number.desc())
        .limit(limit)
    ).all()
    held: dict[bytes, bytes] = {}
    for row in rows:
        data = held.get(row.sha256)
        if data is None:  # the walk begins, or a text that was brought back leads elsewhere
            last, held = held, chain_texts(session, row.id)
            data = held.get(row.sha256) or load_bytes(session, row.id, row.sha256)
            held = {**held, **last} if len(held) + len(last) <= KEYFRAME_EVERY else held
        yield row.number, data.decode()


def authors_of(session: Session, page_ids: Collection[int]) -> dict[int, set[int]]:
    """The accounts behind the public revisions of each page, for comparing and never for telling.

    A page on which any author's name is hidden is left out. One SELECT.
    """
    found = session.execute(
        select(
            Revision.page_id, BylineRow.user_id, func.max(case((Revision.hide_name, 1), else_=0))
        )
        .join(BylineRow, BylineRow.id == Revision.byline_id)
        .join(Page, Page.id == Revision.page_id)
        .where(
            Revision.page_id.in_(page_ids),
            Revision.number >= Page.public_from_number,
            Revision.number <= Page.public_number,
        )
        .group_by(Revision.page_id, BylineRow.user_id)
    )
    authors: dict[int, set[int]] = {}
    hidden = set()
    for page_id, user_id, hides in found:
        authors.setdefault(page_id, set()).add(user_id)
        if hides:
            hidden.add(page_id)
    return {page_id: people for page_id, people in authors.items() if page_id not in hidden}
