"""Questions about voices: one question, one SELECT. What comes out is private until `privacy`
has been asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.cases.heard import OwnRating
from wiki.pages.models import Page, PageMember
from wiki.voices.models import Consent, Contribution, PartnerAnswer, Voice, VoiceAnswer
from wiki.voices.privacy import IMPORTED, NAME, Account, VoiceFacts
from wiki.voices.rating import rating_kept

NEWEST = (
    select(func.max(Consent.id))
    .where(Consent.voice_id == Voice.id)
    .correlate(Voice)
    .scalar_subquery()
)  # of the consents of a voice: the one that counts

# Made once, and columns only: every case that is made anew asks it.
_VOICES: Select[*tuple[Any, ...]] = (
    select(
        Voice.key,
        Voice.display_kind,
        Voice.display,
        Voice.position,
        Voice.position_public,
        Voice.capacity,
        Voice.partner_key,
        Voice.language,
        Voice.standpoint,
        Voice.user_id,
        func.coalesce(Voice.withdrawn_at, Consent.withdrawn_at).label("withdrawn_at"),
        Consent.how,
        Consent.scopes,
        Consent.read_back,
        Consent.note,
        Consent.saw_final,
        Consent.ask_again_at,
        Consent.receipt,
        Consent.taken_by,
        User.role,
        User.blocked_at,
        User.blocked_until,
    )
    .outerjoin(Consent, Consent.id == NEWEST)
    .outerjoin(
        User,
        and_(User.id == Voice.user_id, User.deleted_at.is_(None), User.imported.is_(False)),
    )
    .where(Voice.page_id == bindparam("page"))
    .order_by(Voice.id)
)


def voices_of(session: Session, page_id: int) -> dict[str, VoiceFacts]:
    """The voices of a page by key, in the order they were made, each with its newest consent and
    what its account is."""
    return {
        row.key: facts_of(
            row,
            row if row.how is not None else None,
            Account(row.role, row.blocked_at, row.blocked_until) if row.role else None,
        )
        for row in session.execute(_VOICES, {"page": page_id})
    }


def facts_of(
    voice: Voice | Row[Any],
    consent: Consent | Row[Any] | None,
    account: Account | None = None,
) -> VoiceFacts:
    """What `privacy` asks of a voice, from its rows or from one row with the columns of both."""
    given: dict[str, Any] = {}
    if consent is not None:
        given = {
            "how": consent.how,
            "scopes": tuple(consent.scopes),
            "read_back": consent.read_back,
            "mandate": consent.how == "collective" and bool(consent.note),
            "saw_final": consent.saw_final,
            "ask_again_at": consent.ask_again_at,
            "receipt": consent.receipt is not None,
            "importer": consent.taken_by if consent.how == IMPORTED else None,
        }
    gone = voice.withdrawn_at or (consent.withdrawn_at if consent is not None else None)
    return VoiceFacts(
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
        withdrawn=gone is not None,
        account=account,
        **given,
    )


def reads_room(session: Session, page: Page, user_id: int) -> bool:
    """Whether this account may read the partners' room of a page: a member of it, or behind a
    voice or an answer that was let in. One SELECT."""
    answer = select(VoiceAnswer.user_id).where(
        VoiceAnswer.page_id == page.id, VoiceAnswer.let_in, VoiceAnswer.withdrawn_at.is_(None)
    )
    return _is_one_of(session, user_id, _members(page), _let_in(page), answer)


def may_let_in(session: Session, page: Page, user_id: int) -> bool:
    """Whether whom this account asks may read the room: if it is a member, or behind a voice that
    was let in and speaks under its name. That an invitation lets in is seen by who gets it: of an
    account behind an unnamed voice it would say that it has one. One SELECT."""
    named = _let_in(page).where(Voice.display_kind == NAME)
    return _is_one_of(session, user_id, _members(page), named)


def _members(page: Page) -> Select[int]:
    return select(PageMember.user_id).where(PageMember.page_id == page.id)


def _let_in(page: Page) -> Select[int | None]:
    return select(Voice.user_id).where(
        Voice.page_id == page.id, Voice.let_in, Voice.withdrawn_at.is_(None)
    )


def _is_one_of(session: Session, user_id: int, *accounts: Select[Any]) -> bool:
    return bool(session.scalar(select(or_(*(literal(user_id).in_(each) for each in accounts)))))


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
    rating: OwnRating | None = None  # of the outcomes, its own

    @property
    def dissents(self) -> bool:
        """Whether the partner disagrees with the page, or does not stand behind it."""
        return self.reply == "dissents" or not self.stands_behind


@dataclass(frozen=True)
class Did:
    """What somebody did for a page beside writing, as its row has it. voice: a key; "": `name`."""

    id: int
    kind: str
    voice: str
    name: str


@dataclass(frozen=True)
class Beside:
    """What a page knows beside its voices: answers by partner (who is in none was not asked yet),
    and what was done, in the order of adding."""

    answers: Mapping[str, Answer]
    did: Sequence[Did]


def beside_of(session: Session, page_id: int) -> Beside:
    """Both kinds of rows of a page. One SELECT."""
    answers: dict[str, Answer] = {}
    did: list[Did] = []
    for row in session.execute(_BESIDE, {"page": page_id}):
        if row.kind is not None:
            did.append(Did(row.id, row.kind, row.key or "", row.words))
            continue
        answers[row.key] = Answer(
            silence=row.silence,
            asked=tuple((str(day), str(how)) for day, how in row.asked),
            reply=row.reply,
            words=row.words,
            stands_behind=row.stands_behind,
            replied_at=row.replied_at,
            own_reply=row.answer_id is not None,
            round_id=row.round_id,
            rating=rating_kept(row.key, row.rated),
        )
    return Beside(answers, sorted(did, key=lambda each: each.id))


def _beside() -> CompoundSelect[Any]:
    """Answers of partners and contributions under each other: `kind` is of the second alone."""
    page = bindparam("page", type_=BigInteger)
    own = Contribution.__table__.c
    theirs = PartnerAnswer.__table__.c
    answers = select(
        cast(null(), BigInteger).label("id"),
        cast(null(), String).label("kind"),
        theirs.partner_key.label("key"),
        theirs.words,
        theirs.silence,
        theirs.asked,
        theirs.reply,
        theirs.stands_behind,
        theirs.replied_at,
        theirs.answer_id,
        theirs.round_id,
        theirs.rated,
    ).where(theirs.page_id == page)
    empty = [cast(null(), column.type) for column in answers.selected_columns][4:]
    did = select(own.id, own.kind, own.voice_key, own.name, *empty).where(own.page_id == page)
    return union_all(answers, did)


_BESIDE = _beside()  # made once: every case that is made anew asks it
