"""Answers that came in and wait for an editor: that they are there, never what they say.

Of a round they wait once it is open. Nothing here tells when an answer came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from wiki.db import MomentType
from wiki.pages.models import Page
from wiki.pages.queries import visible_to
from wiki.policy import Viewer
from wiki.voices.models import AnswerRound, VoiceAnswer, VoiceInvitation
from wiki.voices.privacy import EVERYBODY


@dataclass(frozen=True)
class Waiting:
    """An answer, as those who edit the page see it. is_open: all can read it side by side."""

    public_id: str
    partner: str
    is_open: bool


@dataclass(frozen=True)
class WaitingPage:
    """A page on which answers wait; mine: how many of them came from invitations of one's own."""

    page_id: int
    slug: str
    title: str
    language: str
    state: str
    answers: int
    mine: int


def _waits(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(
        VoiceAnswer.reach == EVERYBODY,
        VoiceAnswer.placed_at.is_(None),
        VoiceAnswer.withdrawn_at.is_(None),
        or_(AnswerRound.id.is_(None), AnswerRound.opens_at <= now),
    )


_NOW = bindparam("now", type_=MomentType())
_OF_PAGE = (
    select(VoiceAnswer.public_id, VoiceAnswer.partner_key, VoiceAnswer.round_id)
    .outerjoin(AnswerRound, AnswerRound.id == VoiceAnswer.round_id)
    .where(VoiceAnswer.page_id == bindparam("page"), _waits(_NOW))
    .order_by(VoiceAnswer.public_id)
)  # made once: whoever may edit a case asks it


def waiting_answers(session: Session, page: Page, now: datetime) -> list[Waiting]:
    """Those of a page, in the order of their random names. One SELECT."""
    rows = session.execute(_OF_PAGE, {"page": page.id, "now": now})
    return [Waiting(key, partner, round_id is not None) for key, partner, round_id in rows]


def waiting_pages(
    session: Session, viewer: Viewer, now: datetime, *, most: int, own: bool = False
) -> Sequence[WaitingPage]:
    """The pages that the viewer may read on which answers wait, by title; `own`: only those where
    one came from an invitation of theirs. One SELECT."""
    mine = func.sum(case((VoiceInvitation.made_by == viewer.user_id, 1), else_=0))
    query = (
        select(Page.id, Page.slug, Page.title, Page.language, Page.state, func.count(), mine)
        .join(VoiceAnswer, VoiceAnswer.page_id == Page.id)
        .outerjoin(VoiceInvitation, VoiceInvitation.id == VoiceAnswer.invitation_id)
        .outerjoin(AnswerRound, AnswerRound.id == VoiceAnswer.round_id)
        .where(visible_to(viewer), _waits(_NOW))
        .group_by(Page.id)
        .order_by(func.lower(Page.title), Page.id)
        .limit(most)
    )
    if own:
        query = query.having(mine > 0)
    return [WaitingPage(*row) for row in session.execute(query, {"now": now})]
