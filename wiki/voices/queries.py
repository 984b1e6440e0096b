"""Questions about voices: one question, one SELECT. What comes out is private until `privacy`
has been asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.voices.models import Consent, PartnerAnswer, Voice
from wiki.voices.privacy import VoiceFacts

NEWEST = (
    select(func.max(Consent.id))
    .where(Consent.voice_id == Voice.id)
    .correlate(Voice)
    .scalar_subquery()
)  # of the consents of a voice: the one that counts


def voices_of(session: Session, page_id: int) -> dict[str, VoiceFacts]:
    """The voices of a page by key, in the order they were made, each with its newest consent."""
    found = session.execute(
        select(Voice, Consent)
        .outerjoin(Consent, Consent.id == NEWEST)
        .where(Voice.page_id == page_id)
        .order_by(Voice.id)
    )
    return {voice.key: facts_of(voice, consent) for voice, consent in found}


def facts_of(voice: Voice, consent: Consent | None) -> VoiceFacts:
    """What `privacy` asks of a voice, from its rows."""
    known = VoiceFacts(
        key=voice.key,
        display_kind=voice.display_kind,
        display=voice.display,
        position=voice.position,
        position_public=voice.position_public,
        capacity=voice.capacity,
        partner=voice.partner_key or "",
        language=voice.language,
        standpoint=voice.standpoint,
        user_id=voice.user_id,
        withdrawn=voice.withdrawn_at is not None,
    )
    if consent is None:
        return known
    return VoiceFacts(
        **{
            **known.__dict__,
            "withdrawn": known.withdrawn or consent.withdrawn_at is not None,
            "how": consent.how,
            "scopes": tuple(consent.scopes),
            "read_back": consent.read_back,
            "mandate": consent.how == "collective" and bool(consent.note),
            "saw_final": consent.saw_final,
            "ask_again_at": consent.ask_again_at,
        }
    )


@dataclass(frozen=True)
class Answer:
    """What a page knows of a partner beside its words. asked: days and ways in which it was."""

    silence: str = "not_yet_asked"
    asked: tuple[tuple[str, str], ...] = ()
    reply: str = "not_offered"
    words: str = ""
    stands_behind: bool = True
    replied_at: datetime | None = None
    own_reply: bool = False  # they gave it themselves; else an editor wrote it down
    round_id: int | None = None  # of the newest round in which it was asked


def answers_of(session: Session, page_id: int) -> dict[str, Answer]:
    """By partner; who is not in it was not asked yet."""
    found = session.scalars(select(PartnerAnswer).where(PartnerAnswer.page_id == page_id))
    return {
        row.partner_key: Answer(
            silence=row.silence,
            asked=tuple((str(day), str(how)) for day, how in row.asked),
            reply=row.reply,
            words=row.words,
            stands_behind=row.stands_behind,
            replied_at=row.replied_at,
            own_reply=row.answer_id is not None,
            round_id=row.round_id,
        )
        for row in found
    }
