"""Writing invitations, answers and rounds. Each flushes.

A code is told once, to the editor who made it, and kept as a hash. Nothing here changes what a
reader sees of a page before answers open: neither its text nor its stamp.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import InvalidInput, PageNotFound, PermissionDenied
from wiki.outbox.service import enqueue
from wiki.pages.models import Page
from wiki.pages.service import bump
from wiki.voices.answering import Handed, unpacked
from wiki.voices.asking import INVITED_FOR, LONGEST_ROUND, all_in
from wiki.voices.models import AnswerRound, VoiceAnswer, VoiceInvitation
from wiki.voices.privacy import EVERYBODY, reach
from wiki.voices.queries import may_let_in
from wiki.voices.rating import rating_in
from wiki.voices.service import (
    digest,
    mark_heard,
    mark_round,
    new_code,
    set_rating,
    set_reply,
)

OPENING = "open_answers"  # kind of the job whose subject is a page


@dataclass(frozen=True)
class Invited:
    """An invitation that was made, with its code, which is told this once."""

    partner: str
    code: str = field(repr=False)
    expires_at: datetime


def invite(session: Session, page: Page, partner: str, *, by: int, now: datetime) -> Invited:
    """A link for one partner. While a round runs that asks it, the link is for that round, and
    takes the place of the earlier one."""
    running = running_round(session, page, now)
    if running is None or partner not in running.partners:
        return _made(session, page, partner, None, now + INVITED_FOR, by, now)
    earlier = session.scalars(
        select(VoiceInvitation).where(
            VoiceInvitation.round_id == running.id, VoiceInvitation.partner_key == partner
        )
    )
    for row in earlier:
        row.ended_at = row.ended_at or now
    return _made(session, page, partner, running.id, running.opens_at, by, now)


def _made(
    session: Session,
    page: Page,
    partner: str,
    round_id: int | None,
    expires_at: datetime,
    by: int,
    now: datetime,
) -> Invited:
    code = new_code()
    row = VoiceInvitation(
        page_id=page.id,
        partner_key=partner,
        round_id=round_id,
        code=digest(code),
        made_by=by,
        made_at=now,
        expires_at=expires_at,
        lets_in=may_let_in(session, page, by),
    )
    session.add(row)
    session.flush()
    return Invited(partner, code, expires_at)


def end_invitation(
    session: Session, page: Page, public_id: str, *, by: int, now: datetime
) -> None:
    """Its maker ends an invitation. PageNotFound, PermissionDenied."""
    row = session.scalar(
        select(VoiceInvitation).where(
            VoiceInvitation.page_id == page.id, VoiceInvitation.public_id == public_id
        )
    )
    if row is None:
        raise PageNotFound()
    if row.made_by != by:
        raise PermissionDenied("Only who made an invitation can end it.")
    row.ended_at = row.ended_at or now
    session.flush()


def open_round(
    session: Session,
    page: Page,
    partners: Sequence[str],
    opens_at: datetime,
    *,
    when_all: bool,
    by: int,
    now: datetime,
) -> list[Invited]:
    """Ask several partners at once; what they say opens at one moment. One link for each.

    InvalidInput("partners" | "opens_on").
    """
    if len(partners) < 2:
        raise InvalidInput("partners", "Please choose at least two partners.")
    if not now < opens_at <= now + LONGEST_ROUND:
        raise InvalidInput("opens_on", "Please choose a day of the coming year.")
    if running_round(session, page, now) is not None:
        raise InvalidInput("partners", "There is a round already. It must open first.")
    row = AnswerRound(
        page_id=page.id,
        partners=list(partners),
        made_by=by,
        made_at=now,
        opens_at=opens_at,
        when_all=when_all,
    )
    session.add(row)
    session.flush()
    for partner in partners:
        mark_round(session, page, partner, row.id)
    enqueue(session, OPENING, page.id, now, due=opens_at)
    bump(page)
    return [_made(session, page, each, row.id, opens_at, by, now) for each in partners]


def running_round(session: Session, page: Page, now: datetime) -> AnswerRound | None:
    """The round whose answers are not open yet. There is at most one."""
    return session.scalar(
        select(AnswerRound)
        .where(AnswerRound.page_id == page.id, AnswerRound.opens_at > now)
        .order_by(AnswerRound.id.desc())
        .limit(1)
    )


def invitation_of(session: Session, code: str, now: datetime) -> tuple[VoiceInvitation, Page]:
    """The invitation with this code, if it can be used. InvalidInput("code") if none."""
    found = session.execute(
        select(VoiceInvitation, Page)
        .join(Page, Page.id == VoiceInvitation.page_id)
        .where(VoiceInvitation.code == digest(code))
    ).one_or_none()
    if found is not None:
        row, page = found
        if row.ended_at is None and row.expires_at > now and page.state != "deleted":
            return row, page
    raise InvalidInput("code", "No invitation belongs to this code, or it has ended.")


def hand_in(
    session: Session, invitation: VoiceInvitation, page: Page, said: Handed, *, now: datetime
) -> str:
    """Keep an answer until it opens; the code for taking it back, told this once. What is for
    partners only counts for nobody else: else a round that opens early would tell of it.

    The caller holds the clock. InvalidInput("") if this partner has answered already.
    """
    session.refresh(invitation, with_for_update=True)
    if _has_answered(session, invitation):
        raise InvalidInput("", "An answer was handed in with this invitation before.")
    receipt = new_code()
    session.add(
        VoiceAnswer(
            page_id=page.id,
            partner_key=invitation.partner_key,
            invitation_id=invitation.id,
            round_id=invitation.round_id,
            said=said.packed(),
            receipt=digest(receipt),
            reach=reach(said.consent.scopes),
            let_in=invitation.lets_in,
            came_at=now,
        )
    )
    session.flush()
    if invitation.round_id is not None:
        _open_if_complete(session, invitation.round_id, now)
    return receipt


def _has_answered(session: Session, invitation: VoiceInvitation) -> bool:
    same = VoiceAnswer.invitation_id == invitation.id
    if invitation.round_id is not None:
        same = (VoiceAnswer.round_id == invitation.round_id) & (
            VoiceAnswer.partner_key == invitation.partner_key
        )
    return session.scalar(select(VoiceAnswer.id).where(same).limit(1)) is not None


def _open_if_complete(session: Session, round_id: int, now: datetime) -> None:
    running = session.get_one(AnswerRound, round_id, with_for_update=True)
    answered = session.scalars(
        select(VoiceAnswer.partner_key).where(
            VoiceAnswer.round_id == round_id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.withdrawn_at.is_(None),
        )
    ).all()
    if running.when_all and all_in(running.partners, answered):
        running.opens_at = min(running.opens_at, now)
        session.execute(
            update(VoiceInvitation)
            .where(VoiceInvitation.round_id == round_id)
            .values(expires_at=running.opens_at)
        )
        session.flush()


def is_due(session: Session, page: Page, now: datetime) -> bool:
    """Whether answers of this page have reached their moment, and nobody opened them yet."""
    return session.scalar(_due(page, now).limit(1)) is not None


def open_due(session: Session, page: Page, now: datetime, lists: Lists = SHIPPED) -> bool:
    """Open the answers whose moment has come: their replies stand in the ledger from here on.
    Whether there was any. Called by `saving.hearing.reveal`, after which facets follow.

    The caller holds the clock. What is shown side by side asks the moment itself.
    """
    rows = session.scalars(_due(page, now).with_for_update(of=VoiceAnswer)).all()
    for row in rows:
        opens_at = session.get_one(AnswerRound, row.round_id).opens_at
        said = unpacked(row.said)
        row.opened_at = opens_at
        if said is not None:
            take_reply(session, page, row, said, now=opens_at, lists=lists)
            mark_heard(session, page, row.partner_key)
    if rows:
        bump(page)
        session.flush()
    return bool(rows)


def _due(page: Page, now: datetime) -> Select[VoiceAnswer]:
    return (
        select(VoiceAnswer)
        .join(AnswerRound, AnswerRound.id == VoiceAnswer.round_id)
        .where(
            VoiceAnswer.page_id == page.id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.opened_at.is_(None),
            VoiceAnswer.withdrawn_at.is_(None),
            AnswerRound.opens_at <= now,
        )
        .order_by(VoiceAnswer.partner_key)
    )


def take_reply(
    session: Session, page: Page, row: VoiceAnswer, said: Handed, *, now: datetime, lists: Lists
) -> None:
    """How an answer rates the outcomes is told with the case, and its reply stands in the ledger
    if it was given for the partner: what one person of an organisation thinks is not its reply."""
    if rating := rating_in(said, now):
        set_rating(session, page, row.partner_key, rating, row.id)
    if said.is_for_others and (said.reply or not said.stands_behind):
        set_reply(
            session,
            page,
            row.partner_key,
            said.reply or "replied_no_position",
            said.reply_words,
            stands_behind=said.stands_behind,
            now=now,
            lists=lists,
            answer_id=row.id,
        )


def forget_answer(session: Session, row: VoiceAnswer, now: datetime) -> None:
    """What was handed in is gone; what hangs on an open one is the caller's to take away."""
    row.said = {}
    row.withdrawn_at = row.withdrawn_at or now
    session.flush()
