"""“These are my words”: of a passage that came with an import somebody says that it is theirs.

Whoever spoke there has no code here. They ask the moderators, without an account; nothing is kept
of who asked. Who brought the passage in and can reach its speaker gives them a code instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.errors import InvalidInput, PageNotFound
from wiki.pages.models import Page
from wiki.pages.service import bump, text_of
from wiki.policy import Viewer, may_hand_receipt, require
from wiki.voices.discretion import start_of_day
from wiki.voices.marks import marks
from wiki.voices.models import Claim, Consent, Voice
from wiki.voices.privacy import IMPORTED, VoiceFacts, may_be_claimed
from wiki.voices.queries import NEWEST, voices_of
from wiki.voices.service import digest, new_code


@dataclass(frozen=True)
class OpenClaim:
    """A claim that waits for a moderator. on: the day, no finer."""

    public_id: str
    slug: str
    title: str
    key: str
    on: datetime


def claimable(session: Session, page: Page, key: str) -> VoiceFacts:
    """The voice of this key. PageNotFound unless somebody may say that its words are theirs."""
    voice = voices_of(session, page.id).get(key)
    if voice is None or not may_be_claimed(voice):
        raise PageNotFound(page.slug)
    return voice


def claim(session: Session, page: Page, key: str, now: datetime) -> None:
    """Tell the moderators. One open claim of a passage is enough: nobody learns that there is one.

    PageNotFound as `claimable`. Flushes.
    """
    claimable(session, page, key)
    waiting = select(Claim.id).where(
        Claim.page_id == page.id, Claim.voice_key == key, Claim.settled_at.is_(None)
    )
    if session.scalar(waiting.limit(1)) is None:
        session.add(Claim(page_id=page.id, voice_key=key, made_at=start_of_day(now)))
        session.flush()


def open_claims(session: Session, limit: int = 100) -> Sequence[OpenClaim]:
    """Those that wait, on public pages, the oldest first. One SELECT."""
    found = session.execute(
        select(Claim.public_id, Page.slug, Page.title, Claim.voice_key, Claim.made_at)
        .join(Page, Page.id == Claim.page_id)
        .where(Claim.settled_at.is_(None), Page.state == "public")
        .order_by(Claim.id)
        .limit(limit)
    )
    return [OpenClaim(*row) for row in found]


def claimed_words(session: Session, page: Page, key: str) -> list[str]:
    """The passages of a voice as the page has them now, in Markdown."""
    source = text_of(session, page, page.head_number)
    return [source[m.start : m.end].strip("\n") for m in marks(source) if m.by == key]


def give_receipt(session: Session, page: Page, key: str, *, viewer: Viewer) -> str:
    """A code for the speaker of an imported passage, told once and kept as a hash.

    PermissionDenied unless the viewer answers for the import or moderates; InvalidInput("key")
    where a code was given already: a new one would end the speaker's own. Flushes.
    """
    found = session.execute(
        select(Consent, Voice)
        .join(Voice, Consent.id == NEWEST)
        .where(Voice.page_id == page.id, Voice.key == key, Voice.withdrawn_at.is_(None))
    ).one_or_none()
    if found is None or found.Consent.how != IMPORTED:
        raise PageNotFound(page.slug)
    consent = found.Consent
    require(may_hand_receipt(viewer, brought_in=consent.taken_by == viewer.user_id))
    if consent.receipt is not None:
        raise InvalidInput("key", "This voice has a code already; nobody can look it up.")
    code = new_code()
    consent.receipt = digest(code)
    bump(page)
    session.flush()
    return code
