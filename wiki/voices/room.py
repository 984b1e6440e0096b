"""The partners' room of a page: who comes in, and what of testimony stands there.

Members of the page come in, and whom those let in who may read it: with an account that stands
behind a voice, with the receipt of words, or with an invitation. Words of one's own somebody who
was not let in reads there too, and nothing else. `policy.may_read_room` decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from wiki import policy
from wiki.errors import InvalidInput, PageNotFound
from wiki.pages.models import Page, PageMember
from wiki.pages.queries import find_page, is_member
from wiki.policy import AtTheDoor, Viewer
from wiki.voices.answering import Handed, unpacked, voice_facts
from wiki.voices.models import AnswerRound, Consent, Voice, VoiceAnswer, VoiceInvitation
from wiki.voices.privacy import (
    EVERYBODY,
    IMPORTED,
    PARTNERS,
    Shown,
    reaches_everybody,
    shown,
    shown_to_partners,
    widest,
)
from wiki.voices.queries import NEWEST, facts_of, reads_room
from wiki.voices.service import digest


@dataclass(frozen=True)
class Visitor:
    """Somebody in the room of a page. inside: reads all of it, else own words only. user_id or
    receipt (its hash) says which words are their own; both None: an invitation."""

    page: Page
    inside: bool
    user_id: int | None = None
    receipt: bytes | None = None


def visitor_with_code(session: Session, code: str, now: datetime) -> Visitor:
    """Who has this receipt, or this invitation. InvalidInput("code") if it opens no room; nothing
    tells whether there is one."""
    hashed = digest(code)
    for page, let_in, own in _doors(session, hashed, now):
        who = AtTheDoor(page.state, let_in=let_in, own=own)
        if policy.may_open_room(who).allowed:
            inside = policy.may_read_room(who).allowed
            return Visitor(page, inside, receipt=hashed if own else None)
    raise InvalidInput("code", "No words and no invitation belong to this code.")


def _doors(session: Session, hashed: bytes, now: datetime) -> Sequence[tuple[Page, bool, bool]]:
    """(page, let in, whether something in it is theirs) of what has this code; three SELECTs
    whatever is found, so that the time tells nothing."""
    answers = session.execute(
        select(Page, VoiceAnswer.let_in)
        .join(VoiceAnswer, VoiceAnswer.page_id == Page.id)
        .where(VoiceAnswer.receipt == hashed, VoiceAnswer.withdrawn_at.is_(None))
    ).all()
    voices = session.execute(
        select(Page, Voice.let_in)
        .join(Voice, Voice.page_id == Page.id)
        .join(Consent, Consent.voice_id == Voice.id)
        .where(
            Consent.receipt == hashed, Consent.withdrawn_at.is_(None), Voice.withdrawn_at.is_(None)
        )
    ).all()
    invited = session.execute(
        select(Page, VoiceInvitation.lets_in)
        .join(VoiceInvitation, VoiceInvitation.page_id == Page.id)
        .where(
            VoiceInvitation.code == hashed,
            VoiceInvitation.ended_at.is_(None),
            VoiceInvitation.expires_at > now,
        )
    ).all()
    own = [(page, let_in, True) for page, let_in in [*answers, *voices]]
    own.sort(key=lambda door: not door[1])  # of an answer that was placed, either may be let in
    return [*own, *((page, let_in, False) for page, let_in in invited)]


def visitor_with_account(session: Session, slug: str, viewer: Viewer) -> Visitor:
    """Who is signed in. PageNotFound, the same for a page that is not there: whether the room
    holds anything is nobody else's to know."""
    page = find_page(session, slug)
    user_id = viewer.user_id
    if page is None or user_id is None:
        raise PageNotFound(slug)
    who = AtTheDoor(
        page.state,
        member=is_member(session, page, viewer),
        let_in=reads_room(session, page, user_id),
        own=_speaks(session, page, user_id),
    )
    if not policy.may_open_room(who).allowed:
        raise PageNotFound(slug)
    return Visitor(page, policy.may_read_room(who).allowed, user_id=user_id)


def _speaks(session: Session, page: Page, user_id: int) -> bool:
    """Whether the account stands behind a voice of the page, or an answer to it. One SELECT."""
    voice = exists().where(
        Voice.page_id == page.id, Voice.user_id == user_id, Voice.withdrawn_at.is_(None)
    )
    answer = exists().where(
        VoiceAnswer.page_id == page.id,
        VoiceAnswer.user_id == user_id,
        VoiceAnswer.withdrawn_at.is_(None),
    )
    return bool(session.scalar(select(or_(voice, answer))))


@dataclass(frozen=True)
class Testimony:
    """An answer, or words that somebody took down. own: the visitor's; public: the scopes with
    which everybody might read it. Whether its speaker reads the room is nobody's to know: who is
    in already, without having been let in by a button, was asked by one of a few accounts."""

    public_id: str
    partner: str
    voice: Shown
    said: Handed
    own: bool
    public: tuple[str, ...]


def for_partners(session: Session, who: Visitor, now: datetime) -> list[Testimony]:
    """What speakers let only partners read; of a round once it is open, one's own before. In the
    order of random names: nothing tells when it came. One SELECT."""
    is_open = or_(AnswerRound.id.is_(None), AnswerRound.opens_at <= now)
    mine = _mine(VoiceAnswer.user_id, VoiceAnswer.receipt, who)
    read = or_(mine, is_open) if who.inside else mine
    return _testimonies(session, who, PARTNERS, read, now)


def waiting_for_editors(session: Session, who: Visitor, now: datetime) -> list[Testimony]:
    """Answers of the visitor's own that are for everybody and not in the page yet. One SELECT."""
    mine = _mine(VoiceAnswer.user_id, VoiceAnswer.receipt, who)
    return _testimonies(session, who, EVERYBODY, mine & VoiceAnswer.placed_at.is_(None), now)


def _mine(
    account: InstrumentedAttribute[int | None], receipt: InstrumentedAttribute[Any], who: Visitor
) -> ColumnElement[bool]:
    if who.user_id is not None:
        return account == who.user_id
    return receipt == who.receipt if who.receipt is not None else false()


def _testimonies(
    session: Session, who: Visitor, reach: str, which: ColumnElement[bool], now: datetime
) -> list[Testimony]:
    rows = session.scalars(
        select(VoiceAnswer)
        .outerjoin(AnswerRound, AnswerRound.id == VoiceAnswer.round_id)
        .where(
            VoiceAnswer.page_id == who.page.id,
            VoiceAnswer.reach == reach,
            VoiceAnswer.withdrawn_at.is_(None),
            which,
        )
        .order_by(VoiceAnswer.public_id)
    )
    found = []
    for row in rows:
        said = unpacked(row.said)
        if said is not None:
            found.append(_testimony(row, said, who, now))
    return found


def _testimony(row: VoiceAnswer, said: Handed, who: Visitor, now: datetime) -> Testimony:
    facts = voice_facts(said)
    by_account = who.user_id is not None and row.user_id == who.user_id
    return Testimony(
        public_id=row.public_id,
        partner=row.partner_key,
        voice=shown_to_partners(facts, now),
        said=said,
        own=by_account or (who.receipt is not None and row.receipt == who.receipt),
        public=widest(facts),
    )


@dataclass(frozen=True)
class OnThePage:
    """A voice of the page, as everybody may know it. own: the visitor's."""

    voice: Shown
    own: bool


def on_the_page(session: Session, who: Visitor, now: datetime) -> list[OnThePage]:
    """Voices that speak to everybody and were asked here; only own ones for who is not inside.
    One SELECT."""
    mine = _mine(Voice.user_id, Consent.receipt, who)
    rows = session.execute(
        select(Voice, Consent, mine)
        .join(Consent, Consent.id == NEWEST)
        .where(Voice.page_id == who.page.id, true() if who.inside else mine)
        .order_by(Voice.id)
    )
    found = []
    for voice, consent, own in rows:
        facts = facts_of(voice, consent)
        if reaches_everybody(facts) and facts.how != IMPORTED:
            found.append(OnThePage(shown(facts, now), bool(own)))
    return found


def own_receipt(session: Session, who: Visitor, which: str) -> bytes:
    """The hash of the receipt of the visitor's own words: testimony by its name, a voice of the
    page by its key. PageNotFound for what is not theirs."""
    answer = select(VoiceAnswer.receipt).where(
        VoiceAnswer.page_id == who.page.id,
        VoiceAnswer.public_id == which,
        VoiceAnswer.withdrawn_at.is_(None),
        _mine(VoiceAnswer.user_id, VoiceAnswer.receipt, who),
    )
    voice = (
        select(Consent.receipt)
        .join(Voice, Consent.id == NEWEST)
        .where(
            Voice.page_id == who.page.id,
            Voice.key == which,
            Voice.withdrawn_at.is_(None),
            _mine(Voice.user_id, Consent.receipt, who),
        )
    )
    found = session.scalar(answer) or session.scalar(voice)
    if found is None:
        raise PageNotFound(who.page.slug)
    return found


def let_in(session: Session, who: Visitor, which: str) -> None:
    """Let somebody read the room: a voice by its key, or testimony by its name. Only an account
    that reads it may; PageNotFound else, and if there is nobody of this name. Flushes."""
    if not who.inside or who.user_id is None:
        raise PageNotFound(who.page.slug)
    voice = session.scalar(  # an imported one was asked by nobody here; others can get its code
        select(Voice)
        .join(Consent, Consent.id == NEWEST)
        .where(Voice.page_id == who.page.id, Voice.key == which, Consent.how != IMPORTED)
    )
    answer = session.scalar(
        select(VoiceAnswer).where(
            VoiceAnswer.page_id == who.page.id,
            VoiceAnswer.public_id == which,
            VoiceAnswer.reach == PARTNERS,
        )
    )
    row = voice or answer
    if row is None:
        raise PageNotFound(who.page.slug)
    row.let_in = True
    session.flush()


def rooms_of(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """(address, title) of the pages whose room this account may read and that have testimony for
    partners, by title: an answer to its own question and nobody else's. One SELECT."""
    member = select(PageMember.page_id).where(PageMember.user_id == viewer.user_id)
    voice = select(Voice.page_id).where(
        Voice.user_id == viewer.user_id, Voice.withdrawn_at.is_(None), Voice.let_in
    )
    answer = select(VoiceAnswer.page_id).where(
        VoiceAnswer.user_id == viewer.user_id, VoiceAnswer.withdrawn_at.is_(None)
    )
    kept = select(VoiceAnswer.page_id).where(
        VoiceAnswer.reach == PARTNERS, VoiceAnswer.withdrawn_at.is_(None)
    )
    theirs = or_(*(Page.id.in_(pages) for pages in (member, voice, answer)))
    rows = session.execute(
        select(Page.slug, Page.title)
        .where(Page.state.in_(("public", "draft")), Page.id.in_(kept), theirs)
        .order_by(Page.title, Page.slug)
    )
    return [(slug, title) for slug, title in rows]
