"""Questions about voices: one question, one SELECT. What comes out is private until `privacy`
has been asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageMember
from wiki.voices.models import Consent, PartnerAnswer, Voice, VoiceAnswer
from wiki.voices.privacy import VoiceFacts

NEWEST = (
    select(func.max(Consent.id))
    .where(Consent.voice_id == Voice.id)
    .correlate(Voice)
    .scalar_subquery()
)  # of the consents of a voice: the one that counts

_OF_PAGE = (
    select(Voice, Consent)
    .outerjoin(Consent, Consent.id == NEWEST)
    .where(Voice.page_id == bindparam("page"))
    .order_by(Voice.id)
)


def voices_of(session: Session, page_id: int) -> dict[str, VoiceFacts]:
    """The voices of a page by key, in the order they were made, each with its newest consent."""
    found = session.execute(_OF_PAGE, {"page": page_id})
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


def let_in_accounts(page_id: int) -> Select[int]:
    """The accounts that may read the partners' room of a page beside its members."""
    voices = select(Voice.user_id).where(
        Voice.page_id == page_id, Voice.let_in, Voice.withdrawn_at.is_(None)
    )
    answers = select(VoiceAnswer.user_id).where(
        VoiceAnswer.page_id == page_id, VoiceAnswer.let_in, VoiceAnswer.withdrawn_at.is_(None)
    )
    return select(voices.union(answers).subquery().c[0])


def may_let_in(session: Session, page: Page, user_id: int) -> bool:
    """Whether this account may read the partners' room, so that whom it asks may read it too.
    One SELECT."""
    member = select(PageMember.user_id).where(PageMember.page_id == page.id)
    me = literal(user_id)
    asked = select(or_(me.in_(member), me.in_(let_in_accounts(page.id))))
    return bool(session.scalar(asked))


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
