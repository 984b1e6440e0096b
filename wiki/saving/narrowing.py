"""A speaker keeps their words, for the partners only: they leave the page as words that were taken
back do, and stand in the partners' room instead."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.service import hold_clock
from wiki.errors import InvalidInput
from wiki.moderation.service import drop_copies
from wiki.pages.models import Page
from wiki.pages.service import text_of
from wiki.saving.hearing import follow_voices, reveal
from wiki.saving.service import Means, lock_page
from wiki.saving.withdrawal import voice_behind, withdraw_voice
from wiki.voices.answering import Handed, Told, unpacked
from wiki.voices.discretion import start_of_day
from wiki.voices.models import Consent, PartnerAnswer, Voice, VoiceAnswer
from wiki.voices.privacy import PARTNERS, narrowed
from wiki.voices.rules import NewConsent, NewVoice
from wiki.voices.service import forget_reply
from wiki.voices.taking_back import passages_of


def narrow(session: Session, receipt: bytes, *, means: Means, now: datetime) -> str:
    """Let only partners read what this receipt (its hash) belongs to; the title of its page.

    InvalidInput("code") if it belongs to nothing. Cost: as `withdrawal.withdraw`.
    """
    hold_clock(session)
    answer, slug = _answer(session, receipt)
    found = voice_behind(session, receipt)
    if found is not None and found[1].withdrawn_at is None:
        slug = found[2]
    if not slug:
        raise InvalidInput("code", "No words belong to this code. Please look at it once more.")
    page = lock_page(session, slug)
    reveal(session, page, now)
    said = unpacked(answer.said) if answer is not None else None
    if found is not None and found[1].withdrawn_at is None:
        consent, voice, _ = found
        said = said or _from_page(session, page, consent, voice)
        answer = answer or _kept(page, voice, receipt, now)
        consent.receipt = None  # it belongs to what is kept now
        withdraw_voice(session, page, consent, voice, means=means, now=now)
    if answer is not None and said is not None:
        _for_partners(session, page, answer, said, now)
        follow_voices(session, page, now)
    return page.title


def _answer(session: Session, receipt: bytes) -> tuple[VoiceAnswer | None, str]:
    found = session.execute(
        select(VoiceAnswer, Page.slug)
        .join(Page, Page.id == VoiceAnswer.page_id)
        .where(VoiceAnswer.receipt == receipt, VoiceAnswer.withdrawn_at.is_(None))
    ).one_or_none()
    return (found[0], found[1]) if found is not None else (None, "")


def _from_page(session: Session, page: Page, consent: Consent, voice: Voice) -> Handed:
    """What the page holds of a voice, as an answer."""
    source = text_of(session, page, page.head_number)
    return Handed(
        voice=NewVoice(
            display_kind=voice.display_kind,
            display=voice.display,
            position=voice.position,
            position_public=voice.position_public,
            capacity=voice.capacity,
            partner=voice.partner_key or "",
            language=voice.language,
            standpoint=voice.standpoint,
        ),
        consent=NewConsent(
            how=consent.how,
            explained_in=consent.explained_in,
            scopes=tuple(consent.scopes),
            read_back=consent.read_back,
            saw_final=consent.saw_final,
            note=consent.note,
            ask_again_at=consent.ask_again_at,
        ),
        words={},
        told=tuple(Told(mark, words) for mark, words in passages_of(source, voice.key)),
    )


def _kept(page: Page, voice: Voice, receipt: bytes, now: datetime) -> VoiceAnswer:
    return VoiceAnswer(
        page_id=page.id,
        partner_key=voice.partner_key or "",
        receipt=receipt,
        user_id=voice.user_id,
        let_in=voice.let_in,
        came_at=start_of_day(now),
    )


def _for_partners(
    session: Session, page: Page, answer: VoiceAnswer, said: Handed, now: datetime
) -> None:
    if answer.id is not None and answer.opened_at is not None:
        said = _with_reply(session, page, answer, said)
        forget_reply(session, page, answer.id)
        drop_copies(session, [page], now)
    agreed = replace(said.consent, scopes=narrowed(said.consent.scopes))
    answer.said, answer.reach = replace(said, consent=agreed).packed(), PARTNERS
    answer.opened_at = answer.placed_at = None
    session.add(answer)
    session.flush()


def _with_reply(session: Session, page: Page, answer: VoiceAnswer, said: Handed) -> Handed:
    """The reply that stands in the ledger goes with the words that it came with."""
    row = session.scalar(
        select(PartnerAnswer).where(
            PartnerAnswer.page_id == page.id, PartnerAnswer.answer_id == answer.id
        )
    )
    if row is None:
        return said
    return replace(said, reply=row.reply, reply_words=row.words, stands_behind=row.stands_behind)
