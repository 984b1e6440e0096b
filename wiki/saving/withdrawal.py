"""A speaker takes back their words: hidden everywhere in one transaction.

The head gets a successor without the passages; every older revision that holds one is hidden as a
moderator would hide it, with a line in the log that says that it happened and never what was said.
A job then rewrites them (`redaction`).
"""

from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.accounts.service import imported_contributor
from wiki.attribution.service import record
from wiki.cases.service import hold_clock
from wiki.errors import InvalidInput
from wiki.keeping.service import rewrite
from wiki.moderation.decisions import Ruling, decide
from wiki.moderation.hiding import spans
from wiki.moderation.service import drop_copies
from wiki.outbox.service import enqueue
from wiki.pages.models import Page, Revision
from wiki.pages.service import NewRevision, append_revision, forget_rendered, text_of
from wiki.saving.checks import accepted_text
from wiki.saving.hearing import follow_voices, reveal
from wiki.saving.publication import describe, publish, store_rendered
from wiki.saving.redaction import JOB
from wiki.saving.service import Means, lock_page
from wiki.voices.daily import after_withdrawal
from wiki.voices.discretion import Discretion, start_of_day
from wiki.voices.invitations import forget_answer
from wiki.voices.marks import marks
from wiki.voices.models import Consent, Voice, VoiceAnswer
from wiki.voices.service import digest, forget_reply
from wiki.voices.taking_back import passages_of, without_voice, without_words

REASON = "A speaker took back their words."


def withdraw(session: Session, receipt: str, *, means: Means, now: datetime) -> str:
    """Take back all words of the voice that this receipt belongs to; the title of its page.

    So goes an answer that waits, or that stands side by side, with the reply that hangs on it.
    InvalidInput("code") if it belongs to none. Cost: a look at every text of the page.
    """
    return take_back(session, digest(receipt), means=means, now=now)


def take_back(session: Session, receipt: bytes, *, means: Means, now: datetime) -> str:
    """As `withdraw`, by the hash of the receipt."""
    hold_clock(session)
    title = _take_back_answer(session, receipt, now)
    found = voice_behind(session, receipt)
    if found is None:
        if title:
            return title
        raise InvalidInput("code", "No words belong to this code. Please look at it once more.")
    consent, voice, slug = found
    page = lock_page(session, slug)
    withdraw_voice(session, page, consent, voice, means=means, now=now)
    return page.title


def voice_behind(session: Session, receipt: bytes) -> Row[Consent, Voice, str] | None:
    """The consent and the voice that this receipt belongs to, and the address of its page."""
    return session.execute(
        select(Consent, Voice, Page.slug)
        .join(Voice, Voice.id == Consent.voice_id)
        .join(Page, Page.id == Voice.page_id)
        .where(Consent.receipt == receipt)
    ).one_or_none()


def withdraw_voice(
    session: Session,
    page: Page,
    consent: Consent,
    voice: Voice,
    *,
    means: Means,
    now: datetime,
    ruling: Ruling | None = None,
) -> None:
    """Take a voice out of its page, which the caller has locked, and hide where it stood.

    `ruling`: of a moderator who was asked to; it stands in the log instead of the wiki's own line.
    """
    held = _holding(session, page, voice.key)
    consent.withdrawn_at = consent.withdrawn_at or now
    voice.withdrawn_at = voice.withdrawn_at or now
    voice.display, voice.standpoint = "", ""
    wiki = imported_contributor(session, name="The wiki", source="taken back", now=now)
    if page.head_number in held:
        _succeed(session, page, voice.key, wiki, means, now)
    words = {told for number in held for told in _told(session, page, number, voice.key)}
    rewrite(session, page.id, lambda text: without_words(without_voice(text, voice.key), words))
    after_withdrawal(session, page, now)
    follow_voices(session, page, now)
    if held:
        _decided(session, page, held, ruling, wiki, now)
        _hide(session, page, held, now)


def _told(session: Session, page: Page, number: int, key: str) -> list[str]:
    return [words for _mark, words in passages_of(text_of(session, page, number), key)]


def _take_back_answer(session: Session, receipt: bytes, now: datetime) -> str:
    """The title of the page whose answer it was; "" if this receipt belongs to none."""
    found = session.execute(
        select(VoiceAnswer, Page)
        .join(Page, Page.id == VoiceAnswer.page_id)
        .where(VoiceAnswer.receipt == receipt)
    ).one_or_none()
    if found is None:
        return ""
    answer, page = found
    page = lock_page(session, page.slug)
    reveal(session, page, now)
    forget_answer(session, answer, now)
    if answer.opened_at is not None:  # else nobody can tell that there was anything
        forget_reply(session, page, answer.id)
        follow_voices(session, page, now)
        drop_copies(session, [page], now)
    enqueue(session, JOB, page.id, now)
    return page.title


def _holding(session: Session, page: Page, key: str) -> list[int]:
    """The revisions whose text has a passage of this voice."""
    return [
        number
        for number in range(1, page.head_number + 1)
        if any(mark.by == key for mark in marks(text_of(session, page, number)))
    ]


def _succeed(
    session: Session, page: Page, key: str, wiki: User, means: Means, now: datetime
) -> None:
    source = without_voice(text_of(session, page, page.head_number), key)
    checked = accepted_text(source)
    rendered = means.renderer.render(source, language=page.language)
    day = Discretion(by_day=True)  # when somebody took words back is nobody's to know
    written = NewRevision(
        text=source,
        author=wiki,
        saved_at=day.moment(now),
        precision=day.precision,
        summary=REASON,
    )
    revision = append_revision(session, page, written)
    record(session, page_id=page.id, number=revision.number, text=source)
    if page.state == "public":
        publish(session, page, revision, checked, rendered, now=now)
    else:
        describe(page, checked)
        store_rendered(session, revision.text_id, rendered)


def _decided(
    session: Session,
    page: Page,
    held: list[int],
    ruling: Ruling | None,
    wiki: User,
    now: datetime,
) -> None:
    decide(
        session,
        "take_out_words" if ruling else "withdraw",
        actor=ruling.actor if ruling else wiki,
        reason=ruling.reason if ruling else REASON,
        now=start_of_day(now),
        page=page,
        revision_number=min(held),
        details={"text": spans(held)},
    )


def _hide(session: Session, page: Page, held: list[int], now: datetime) -> None:
    rows = session.scalars(
        select(Revision).where(Revision.page_id == page.id, Revision.number.in_(held))
    )
    for row in rows.all():
        if not row.hide_text:
            row.hide_text, row.redacted_at = True, now  # until `redaction` has rewritten it
        forget_rendered(session, row.text_id)
    drop_copies(session, [page], now)
    enqueue(session, JOB, page.id, now)
