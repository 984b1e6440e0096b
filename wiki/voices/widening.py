"""Words for partners only: kept for them, and given to everybody if their speaker says so."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.errors import InvalidInput, PageNotFound
from wiki.outbox.service import enqueue
from wiki.pages.models import Page
from wiki.voices.answering import Handed, unpacked, voice_facts
from wiki.voices.discretion import start_of_day
from wiki.voices.invitations import OPENING
from wiki.voices.models import VoiceAnswer
from wiki.voices.privacy import EVERYBODY, PARTNERS, widened, widest
from wiki.voices.queries import may_let_in
from wiki.voices.service import digest, new_code


def keep_for_partners(
    session: Session,
    page: Page,
    said: Handed,
    *,
    taken_by: int,
    speaker: int | None,
    now: datetime,
) -> str:
    """Keep words that somebody took down for the partners of a page; the code with which their
    speaker takes them back, told this once. The page does not change. Flushes."""
    receipt = new_code()
    session.add(
        VoiceAnswer(
            page_id=page.id,
            partner_key=said.voice.partner,
            said=said.packed(),
            receipt=digest(receipt),
            reach=PARTNERS,
            user_id=speaker,
            let_in=may_let_in(session, page, taken_by),
            came_at=start_of_day(now),
        )
    )
    session.flush()
    return receipt


def widen(session: Session, receipt: bytes, public: str, *, now: datetime) -> None:
    """Its speaker lets everybody read an answer: it waits for an editor from now on, and one of a
    round that is open stands side by side with the others.

    `receipt`: its hash; `public`: one of `privacy.widest`. PageNotFound, InvalidInput("public").
    The caller holds the clock.
    """
    row = session.scalar(
        select(VoiceAnswer).where(
            VoiceAnswer.receipt == receipt,
            VoiceAnswer.reach == PARTNERS,
            VoiceAnswer.withdrawn_at.is_(None),
        )
    )
    said = unpacked(row.said) if row is not None else None
    if row is None or said is None:
        raise PageNotFound()
    if public not in widest(voice_facts(said)):
        raise InvalidInput("public", "Please choose one of these.")
    agreed = replace(said.consent, scopes=widened(said.consent.scopes, public))
    row.said, row.reach = replace(said, consent=agreed).packed(), EVERYBODY
    if row.round_id is not None:
        enqueue(session, OPENING, row.page_id, now)
    session.flush()
