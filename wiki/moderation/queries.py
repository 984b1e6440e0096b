"""Questions about moderation: what protects a page, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from wiki.accounts.models import User
from wiki.moderation.models import Decision, Protection
from wiki.pages.models import Page
from wiki.pages.queries import visible_to
from wiki.policy import Viewer


def protection_of(session: Session, page_id: int, now: datetime) -> Protection | None:
    """The protection in force; None if there is none or its time is over."""
    row = session.get(Protection, page_id)
    if row is None or (row.until is not None and row.until <= now):
        return None
    return row


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


def decisions(
    session: Session,
    viewer: Viewer,
    *,
    page_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[tuple[int, DecisionLine]]:
    """Decisions newest first, as (row number, line); those about pages the viewer may read.

    A decision about a deleted page stays, without the page's title.
    """
    actor, subject = aliased(User), aliased(User)
    readable = visible_to(viewer).label("readable")
    query = (
        select(Decision, actor.name, subject.name, Page.slug, Page.title, readable, Page.state)
        .join(actor, actor.id == Decision.actor_id)
        .outerjoin(subject, subject.id == Decision.subject_id)
        .outerjoin(Page, Page.id == Decision.page_id)
        .where((Decision.page_id.is_(None)) | visible_to(viewer) | (Page.state == "deleted"))
    )
    if page_id is not None:
        query = query.where(Decision.page_id == page_id)
    if before is not None:
        query = query.where(Decision.id < before)
    found = []
    for row in session.execute(query.order_by(Decision.id.desc()).limit(limit)):
        decision, actor_name, subject_name, slug, title, known, _state = row
        line = DecisionLine(
            public_id=decision.public_id,
            act=decision.act,
            actor=actor_name,
            slug=slug if known else "",
            title=title if known else "",
            revision_number=decision.revision_number,
            subject=subject_name or "",
            reason=decision.reason,
            details=decision.details,
            at=decision.at,
        )
        found.append((decision.id, line))
    return found
