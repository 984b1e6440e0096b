"""Keeping what is typed, giving it back, and letting go of it. The caller commits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki.db import begin_writing
from wiki.keeping.models import KeptForm

MOST = 30  # forms of one writer; the oldest goes
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Kept:
    """A kept form. `page_id`: of the page it is about; None for a page that is not there yet."""

    place: str
    page_id: int | None
    fields: Mapping[str, str]
    kept_at: datetime


def keep(
    session: Session,
    user_id: int,
    place: str,
    fields: Mapping[str, str],
    *,
    page_id: int | None,
    now: datetime,
) -> None:
    """Keep a form in place of what was kept of it before. Four statements.

    Of a writer's forms those older than KEPT_FOR go, and the oldest beyond MOST.
    """
    begin_writing(session)
    own = KeptForm.user_id == user_id
    session.execute(delete(KeptForm).where(own, KeptForm.kept_at < now - KEPT_FOR))
    session.execute(delete(KeptForm).where(own, KeptForm.place == place))
    session.add(
        KeptForm(user_id=user_id, place=place, page_id=page_id, fields=dict(fields), kept_at=now)
    )
    session.flush()
    newest = select(KeptForm.id).where(own).order_by(KeptForm.id.desc()).limit(MOST)
    session.execute(delete(KeptForm).where(own, KeptForm.id.not_in(newest.scalar_subquery())))


def kept(session: Session, user_id: int, place: str) -> Kept | None:
    """What this writer kept of a form. One SELECT."""
    row = session.scalar(
        select(KeptForm).where(KeptForm.user_id == user_id, KeptForm.place == place)
    )
    return _kept(row) if row is not None else None


def kept_by(session: Session, user_id: int) -> list[Kept]:
    """All that this writer kept, the newest first. One SELECT."""
    rows = session.scalars(
        select(KeptForm).where(KeptForm.user_id == user_id).order_by(KeptForm.id.desc())
    )
    return [_kept(row) for row in rows]


def let_go(session: Session, user_id: int, place: str) -> None:
    """Throw away what this writer kept of a form, if anything."""
    begin_writing(session)
    session.execute(delete(KeptForm).where(KeptForm.user_id == user_id, KeptForm.place == place))


def let_all_go(session: Session, user_id: int) -> None:
    """Throw away all that this writer kept."""
    session.execute(delete(KeptForm).where(KeptForm.user_id == user_id))


def rewrite(session: Session, page_id: int, change: Callable[[str], str]) -> None:
    """Change the texts that were kept for a page, whoever kept them: words that a speaker took
    back must not come home from there."""
    for row in session.scalars(select(KeptForm).where(KeptForm.page_id == page_id)):
        changed = {name: change(value) for name, value in row.fields.items()}
        if changed != row.fields:
            row.fields = changed
    session.flush()


def _kept(row: KeptForm) -> Kept:
    return Kept(row.place, row.page_id, dict(row.fields), row.kept_at)
