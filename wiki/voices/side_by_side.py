"""What partners said in the newest round of a page, as everybody may know it.

Before it opens: how many are in, where that does not say who. Afterwards: the answers in the order
in which the page names its partners, never in that in which they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.pages.models import Page
from wiki.voices.answering import Handed, unpacked, voice_facts
from wiki.voices.asking import count_told, opens_now
from wiki.voices.models import AnswerRound, VoiceAnswer, VoiceInvitation
from wiki.voices.privacy import EVERYBODY, Shown, reaches_everybody, shown
from wiki.voices.waiting import Waiting


@dataclass(frozen=True)
class Said:
    """One partner's answer, open to everybody."""

    partner: str
    voice: Shown
    words: Mapping[str, str]  # by question
    partnership_outcome: str
    purpose_outcome: str
    reply: str
    reply_words: str
    stands_behind: bool


@dataclass(frozen=True)
class Round:
    """A round. answers: none before it is open; silent: partners that did not answer, told only
    afterwards; told: how many of how many are in, None if no figure may be told."""

    asked: Sequence[str]
    opens_at: datetime
    when_all: bool
    is_open: bool
    told: tuple[int, int] | None
    answers: Sequence[Said]
    silent: Sequence[str]


def newest_round(
    session: Session, page: Page, partners: Sequence[str], now: datetime
) -> Round | None:
    """The newest round of a page; `partners`: its keys, in their order there. Two SELECTs."""
    found = session.scalar(
        select(AnswerRound)
        .where(AnswerRound.page_id == page.id)
        .order_by(AnswerRound.id.desc())
        .limit(1)
    )
    if found is None:
        return None
    rows = session.scalars(
        select(VoiceAnswer).where(
            VoiceAnswer.round_id == found.id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.withdrawn_at.is_(None),
        )
    ).all()
    asked = [key for key in partners if key in found.partners]
    is_open = opens_now(found.opens_at, now)
    answers = _readable(rows, asked, now) if is_open else []
    answered = {row.partner_key for row in rows}
    return Round(
        asked=asked,
        opens_at=found.opens_at,
        when_all=found.when_all,
        is_open=is_open,
        told=count_told(len(answered), len(found.partners)),
        answers=answers,
        silent=[key for key in asked if key not in answered] if is_open else [],
    )


def _readable(rows: Sequence[VoiceAnswer], asked: Sequence[str], now: datetime) -> list[Said]:
    kept = {row.partner_key: unpacked(row.said) for row in rows}
    found = []
    for key in asked:
        said = kept.get(key)
        facts = voice_facts(said) if said else None
        if said is not None and facts is not None and reaches_everybody(facts):
            found.append(_said(key, said, shown(facts, now)))
    return found


def _said(key: str, said: Handed, voice: Shown) -> Said:
    return Said(
        partner=key,
        voice=voice,
        words=said.words,
        partnership_outcome=said.partnership_outcome,
        purpose_outcome=said.purpose_outcome,
        reply=said.reply,
        reply_words=said.reply_words,
        stands_behind=said.stands_behind,
    )


def open_answers(session: Session, page: Page, now: datetime) -> list[Waiting]:
    """Answers that everybody can read, or whose reply stands in the ledger."""
    rows = session.execute(
        select(VoiceAnswer.public_id, VoiceAnswer.partner_key, VoiceAnswer.round_id)
        .outerjoin(AnswerRound, AnswerRound.id == VoiceAnswer.round_id)
        .where(
            VoiceAnswer.page_id == page.id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.withdrawn_at.is_(None),
            VoiceAnswer.opened_at.is_not(None) | (AnswerRound.opens_at <= now),
        )
        .order_by(VoiceAnswer.public_id)
    )
    return [Waiting(key, partner, round_id is not None) for key, partner, round_id in rows]


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that can still be used, as editors see it: not whether it was."""

    public_id: str
    partner: str
    made_at: datetime
    expires_at: datetime
    made_by: int
    in_round: bool


def open_invitations(session: Session, page: Page, now: datetime) -> list[OpenInvitation]:
    """Those of a page, oldest first."""
    rows = session.scalars(
        select(VoiceInvitation)
        .where(
            VoiceInvitation.page_id == page.id,
            VoiceInvitation.ended_at.is_(None),
            VoiceInvitation.expires_at > now,
        )
        .order_by(VoiceInvitation.id)
    )
    return [
        OpenInvitation(
            row.public_id,
            row.partner_key,
            row.made_at,
            row.expires_at,
            row.made_by,
            row.round_id is not None,
        )
        for row in rows
    ]
