"""Writing voices, consents, silences and replies; counting words at publication. Each flushes."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import InvalidInput
from wiki.pages.models import Page
from wiki.pages.service import bump
from wiki.voices.asking import APART, NO_REPLY, asked_twice
from wiki.voices.marks import Allowed
from wiki.voices.models import Consent, PartnerAnswer, Voice
from wiki.voices.privacy import IMPORTED, ROLE, VoiceFacts, reaches_everybody
from wiki.voices.queries import may_let_in, voices_of
from wiki.voices.receipts import ALPHABET, normal
from wiki.voices.rules import (
    NewConsent,
    NewVoice,
    check_consent,
    check_reply,
    check_voice,
    one_of,
)
from wiki.voices.taking_back import without_voice

ASKED = 20  # times that are kept


@dataclass(frozen=True)
class Recorded:
    """A voice that was added: its key, and the code with which its speaker takes it back."""

    key: str
    receipt: str = field(repr=False)


def add_voice(
    session: Session,
    page: Page,
    new: NewVoice,
    consent: NewConsent,
    *,
    taken_by: int | None,
    speaker: int | None,
    now: datetime,
    lists: Lists = SHIPPED,
    receipt: bytes | None = None,
    let_in: bool = False,
) -> Recorded:
    """Add a voice to a page with the consent of its speaker. InvalidInput names the field.

    `speaker`: the account whose voice it is; None: somebody without one. The receipt is told once
    and kept as a hash; one that the speaker has already is given as that hash, and not told again.
    `let_in`: they may read the partners' room; so may whose words somebody took down who may.
    """
    check_voice(new, lists)
    check_consent(consent, lists)
    code = "" if receipt else new_code()
    voice = Voice(
        page_id=page.id,
        key=_next_key(session, page),
        display_kind=new.display_kind,
        display="" if new.display_kind == ROLE else " ".join(new.display.split()),
        position=new.position,
        position_public=new.position_public,
        capacity=new.capacity,
        partner_key=new.partner or None,
        language=new.language,
        standpoint=new.standpoint.strip(),
        user_id=speaker,
        made_at=now,
        let_in=let_in or (taken_by is not None and may_let_in(session, page, taken_by)),
    )
    session.add(voice)
    session.flush()
    session.add(_consent(voice.id, consent, taken_by, receipt or digest(code), now))
    bump(page)
    session.flush()
    return Recorded(voice.key, code)


def _next_key(session: Session, page: Page) -> str:
    """One that no voice of the page has or had; an import may have brought any."""
    held = session.scalars(select(Voice.key).where(Voice.page_id == page.id))
    numbers = [int(key[1:]) for key in held if key[:1] == "v" and key[1:].isdecimal()]
    return f"v{max(numbers, default=0) + 1}"


def _consent(
    voice_id: int, new: NewConsent, taken_by: int | None, receipt: bytes, now: datetime
) -> Consent:
    return Consent(
        voice_id=voice_id,
        how=new.how,
        explained_in=new.explained_in,
        scopes=sorted(set(new.scopes)),
        read_back=new.read_back,
        saw_final=new.saw_final,
        note=new.note.strip(),
        given_at=now,
        ask_again_at=new.ask_again_at,
        taken_by=taken_by,
        receipt=receipt,
    )


def new_code() -> str:
    """Sixteen signs that nobody guesses: 78 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def digest(receipt: str) -> bytes:
    """A receipt or code as it is kept: that many random bits need no slow hash."""
    return hashlib.sha256(normal(receipt).encode()).digest()


def allowed_marks(session: Session, page_id: int | None) -> dict[str, Allowed]:
    """What `marks.problems` asks of the voices of a page; none for one that is not there yet."""
    return {} if page_id is None else allowed_of(voices_of(session, page_id))


def allowed_of(voices: Mapping[str, VoiceFacts]) -> dict[str, Allowed]:
    """The same for voices that were asked for already. Pure."""
    return {
        key: Allowed(
            consented=reaches_everybody(voice),
            read_back=voice.read_back in ("yes", "no") or voice.how == IMPORTED,
            mandate=voice.mandate or voice.how == IMPORTED,
        )
        for key, voice in voices.items()
        if not voice.withdrawn
    }


def set_silence(
    session: Session,
    page: Page,
    partner: str,
    reason: str,
    asked: tuple[str, str] | None = None,
    *,
    lists: Lists = SHIPPED,
) -> None:
    """Say why a partner has no words here. `asked`: (day, how) of one more time it was asked.

    InvalidInput("reason").
    """
    one_of("reason", reason, tuple(lists["silence_reason"].labels))
    row = _answer(session, page, partner)
    row.silence = reason
    if asked is not None:
        row.asked = [*row.asked, list(asked)][-ASKED:]
    bump(page)
    session.flush()


def set_reply(
    session: Session,
    page: Page,
    partner: str,
    state: str,
    words: str,
    *,
    stands_behind: bool,
    now: datetime,
    lists: Lists = SHIPPED,
    answer_id: int | None = None,
) -> None:
    """The answer of a partner to the page, in place of an earlier one.

    `answer_id`: the answer it is from; None: somebody wrote it down. InvalidInput("state" |
    "words" | "stands_behind").
    """
    check_reply(state, words, stands_behind, lists)
    row = _answer(session, page, partner)
    if answer_id is None and row.answer_id is not None:
        raise InvalidInput(
            "state", "They gave their reply themselves. Please invite them for another one."
        )
    if state == NO_REPLY and not asked_twice([(day, how) for day, how in row.asked]):
        raise InvalidInput(
            "state",
            "They were not yet asked twice, by two routes, at least %(days)s days apart.",
            {"days": APART},
        )
    row.reply, row.words, row.stands_behind = state, words.strip(), stands_behind
    row.replied_at, row.answer_id = now, answer_id
    bump(page)
    session.flush()


def set_rating(
    session: Session, page: Page, partner: str, rating: Mapping[str, Any], answer_id: int
) -> None:
    """How a partner rates the outcomes in this answer, in place of an earlier one."""
    row = _answer(session, page, partner)
    row.rated, row.rated_by = dict(rating), answer_id
    session.flush()


def forget_reply(session: Session, page: Page, answer_id: int) -> None:
    """The reply and the rating that were from this answer are gone; others stay."""
    rows = session.scalars(
        select(PartnerAnswer).where(
            PartnerAnswer.page_id == page.id,
            or_(PartnerAnswer.answer_id == answer_id, PartnerAnswer.rated_by == answer_id),
        )
    )
    for row in rows:
        if row.answer_id == answer_id:
            row.reply, row.words, row.stands_behind = "not_offered", "", True
            row.replied_at = row.answer_id = None
        if row.rated_by == answer_id:
            row.rated, row.rated_by = {}, None
    session.flush()


def mark_round(session: Session, page: Page, partner: str, round_id: int) -> None:
    """The partner was asked in this round: the page says so, and leads to it."""
    row = _answer(session, page, partner)
    session.flush()
    row.round_id = round_id
    row.silence = "asked_waiting" if row.silence == "not_yet_asked" else row.silence
    row.reply = "offered" if row.reply == "not_offered" else row.reply
    session.flush()


def mark_heard(session: Session, page: Page, partner: str) -> None:
    """The partner does not wait any more: its words can be read side by side."""
    _answer(session, page, partner).silence = "speaks_elsewhere"
    session.flush()


def _answer(session: Session, page: Page, partner: str) -> PartnerAnswer:
    row = session.get(PartnerAnswer, (page.id, partner))
    if row is None:
        row = PartnerAnswer(page_id=page.id, partner_key=partner, asked=[])
        session.add(row)
    return row


def still_given(session: Session, page_id: int, source: str) -> str:
    """A text begun some time ago, without the passages that their speakers took back since. One
    SELECT if anything is marked in it."""
    if ".voice" not in source:
        return source
    gone = select(Voice.key).where(Voice.page_id == page_id, Voice.withdrawn_at.is_not(None))
    for key in session.scalars(gone):
        source = without_voice(source, key)
    return source
