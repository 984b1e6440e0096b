"""Questions about moderation: what protects a page, who is blocked, what holds the same text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, literal, not_, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from wiki.accounts.models import User
from wiki.db import MomentType
from wiki.moderation.models import Decision, Protection
from wiki.pages.models import Byline as BylineRow
from wiki.pages.models import Page, Revision
from wiki.pages.queries import visible_to
from wiki.policy import Viewer
from wiki.voices.discretion import start_of_day

_IN_FORCE = select(Protection).where(Protection.page_id == bindparam("page"))


def protection_of(session: Session, page_id: int, now: datetime) -> Protection | None:
    """The protection in force; None if there is none or its time is over."""
    row = session.scalar(_IN_FORCE, {"page": page_id})
    if row is None or (row.until is not None and row.until <= now):
        return None
    return row


def levels_of(session: Session, page_ids: Collection[int], now: datetime) -> dict[int, str]:
    """The lowest role that may edit each of these pages, of those that are protected. One
    SELECT."""
    rows = session.scalars(select(Protection).where(Protection.page_id.in_(page_ids)))
    return {r.page_id: r.level for r in rows if r.until is None or r.until > now}


@dataclass(frozen=True)
class ProtectedPage:
    """A page in the list of protected ones."""

    slug: str
    title: str
    level: str
    until: datetime | None
    reason: str


def protected_pages(
    session: Session, viewer: Viewer, now: datetime, limit: int = 100
) -> list[ProtectedPage]:
    """The protections in force, those that end first before those without an end."""
    rows = session.execute(
        select(Page.slug, Page.title, Protection.level, Protection.until, Decision.reason)
        .join(Protection, Protection.page_id == Page.id)
        .join(Decision, Decision.id == Protection.decision_id)
        .where(visible_to(viewer), or_(Protection.until.is_(None), Protection.until > now))
        .order_by(Protection.until.is_(None), Protection.until, Page.slug)
        .limit(limit)
    )
    return [ProtectedPage(*row) for row in rows]


@dataclass(frozen=True)
class BlockedAccount:
    """An account in the list of blocked ones."""

    name: str
    since: datetime
    until: datetime | None


def blocked_accounts(session: Session, now: datetime, limit: int = 100) -> list[BlockedAccount]:
    """The blocks in force, newest first."""
    rows = session.execute(
        select(User.name, User.blocked_at, User.blocked_until)
        .where(
            User.blocked_at.is_not(None),
            User.deleted_at.is_(None),
            or_(User.blocked_until.is_(None), User.blocked_until > now),
        )
        .order_by(User.blocked_at.desc(), User.id)
        .limit(limit)
    )
    return [BlockedAccount(row.name, row.blocked_at, row.blocked_until) for row in rows]


@dataclass(frozen=True)
class DeletedPage:
    """A page in the recycle bin."""

    slug: str
    title: str
    kind: str
    deleted_at: datetime
    reason: str


_IN_THE_BIN = and_(Page.state == "deleted", Page.public_from_number.is_not(None))


def deleted_pages(session: Session, limit: int = 200) -> list[DeletedPage]:
    """Pages that were public and are deleted, the last one first; never a deleted draft."""
    deletion = aliased(Decision)
    newest = (
        select(func.max(deletion.id))
        .where(deletion.page_id == Page.id, deletion.act == "delete")
        .scalar_subquery()
    )
    rows = session.execute(
        select(Page.slug, Page.title, Page.kind, Page.changed_at, Decision.reason)
        .outerjoin(Decision, Decision.id == newest)
        .where(_IN_THE_BIN)
        .order_by(Page.changed_at.desc(), Page.id)
        .limit(limit)
    )
    return [
        DeletedPage(row.slug, row.title, row.kind, row.changed_at, row.reason or "")
        for row in rows
    ]


def count_deleted(session: Session) -> int:
    """How many pages are in the recycle bin."""
    return session.scalar(select(func.count()).select_from(Page).where(_IN_THE_BIN)) or 0


@dataclass(frozen=True)
class SameText:
    """Another revision that holds the very same text."""

    revision_id: int
    page_id: int
    slug: str
    title: str
    number: int
    hidden: bool
    read: bool  # it is what readers of its page see now


def same_text(session: Session, page: Page, first: int, last: int) -> Sequence[SameText]:
    """Revisions outside `first`–`last` of this page whose text is one of theirs, on any page.

    By page and number. Deleted pages count, drafts and what came before a publication do not:
    their members alone know of them. The blank text is nobody's copy. One SELECT, which looks at
    every revision of the wiki.
    """
    theirs = select(Revision.text_id).where(
        Revision.page_id == page.id, Revision.number.between(first, last), Revision.size > 0
    )
    asked = and_(Page.id == page.id, Revision.number.between(first, last))
    rows = session.execute(
        select(Revision.id, Revision.number, Revision.hide_text, Page)
        .join(Page, Page.id == Revision.page_id)
        .where(
            Revision.text_id.in_(theirs),
            not_(asked),
            Page.state.in_(("public", "deleted")),
            Revision.number >= Page.public_from_number,
        )
        .order_by(Page.slug, Revision.number)
    )
    return [
        SameText(
            row.id,
            row.Page.id,
            row.Page.slug,
            row.Page.title,
            row.number,
            row.hide_text,
            row.Page.state == "public" and row.number == row.Page.public_number,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class DecisionLine:
    """A line of the public log. What it names is only what the viewer may know of."""

    public_id: str
    act: str
    actor: str
    slug: str
    title: str
    revision_number: int | None
    subject: str
    reason: str
    details: Any
    at: datetime

    @property
    def by_day(self) -> bool:
        """Whether only the day of it is told."""
        return self.at == start_of_day(self.at)


def decisions(
    session: Session,
    viewer: Viewer,
    *,
    page_id: int | None = None,
    before: str = "",
    limit: int = 50,
) -> list[DecisionLine]:
    """Decisions newest first, from the one after `before`, a public id; about pages the viewer may
    read.

    In the order of the time that they tell: that of their rows would say between which two acts
    somebody took back words, of which only the day is told.
    A decision about a deleted page stays, without the page's title. The account concerned is
    printed as on that page: by its display there, or not at all once its name was hidden there.
    """
    actor, subject, credit = aliased(User), aliased(User), aliased(BylineRow)
    readable = visible_to(viewer).label("readable")
    hidden = exists().where(Revision.byline_id == credit.id, Revision.hide_name.is_(True))
    query = (
        select(
            Decision,
            actor.name.label("actor_name"),
            subject.name.label("subject_name"),
            credit.display,
            hidden.label("name_hidden"),
            Page.slug,
            Page.title,
            readable,
        )
        .join(actor, actor.id == Decision.actor_id)
        .outerjoin(subject, subject.id == Decision.subject_id)
        .outerjoin(Page, Page.id == Decision.page_id)
        .outerjoin(
            credit,
            and_(credit.page_id == Decision.page_id, credit.user_id == Decision.subject_id),
        )
        .where((Decision.page_id.is_(None)) | visible_to(viewer) | _IN_THE_BIN)
    )
    if page_id is not None:
        query = query.where(Decision.page_id == page_id)
    if before:
        last = session.execute(select(*_ORDER).where(Decision.public_id == before)).one_or_none()
        if last is not None:
            at, name, number = last
            query = query.where(tuple_(*_ORDER) < tuple_(literal(at, MomentType()), name, number))
    rows = session.execute(query.order_by(*(each.desc() for each in _ORDER)).limit(limit))
    return [_line(row) for row in rows]


# Of several that are told to the same day chance says which comes first.
_ORDER = (
    Decision.at,
    case((Decision.act == "withdraw", Decision.public_id), else_=""),
    Decision.id,
)


def _line(row: Any) -> DecisionLine:
    decision: Decision = row.Decision
    name = row.display if row.display is not None else row.subject_name or ""
    return DecisionLine(
        public_id=decision.public_id,
        act=decision.act,
        actor=row.actor_name,
        slug=row.slug if row.readable else "",
        title=row.title if row.readable else "",
        revision_number=decision.revision_number,
        subject="" if row.name_hidden else name,
        reason=decision.reason,
        details=decision.details,
        at=decision.at,
    )
