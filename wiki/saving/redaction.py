"""Rewriting what a speaker took back: every revision that held the passage, a line in its place.

The withdrawal has hidden these revisions already (`withdrawal`); this gives them back to the
others whose words they hold, without the passage, and takes the old texts out of the database. It
may be interrupted and run again: what is done is not found a second time.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.attribution.service import Recorder, forget_page
from wiki.db import begin_writing
from wiki.moderation.service import drop_copies
from wiki.pages.erasing import erase_texts
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.storage import load_text, store_text
from wiki.voices.marks import marks
from wiki.voices.models import Voice
from wiki.voices.taking_back import without_voice

JOB = "redact"  # kind of the job whose subject is a page


def redact_page(session: Session, page_id: int, now: datetime) -> int:
    """Rewrite the page's revisions without the voices that were taken back; how many changed.

    The caller commits. Cost: a look at every text of the page; if any changes, its attribution is
    made anew, about 15 ms a revision, while the page is locked.
    """
    begin_writing(session)
    page = session.get(Page, page_id, with_for_update=True, populate_existing=True)
    gone = set(
        session.scalars(
            select(Voice.key).where(Voice.page_id == page_id, Voice.withdrawn_at.is_not(None))
        )
    )
    if page is None or not gone:
        return 0
    rows = session.execute(
        select(Revision, TextRow.sha256)
        .join(TextRow, TextRow.id == Revision.text_id)
        .where(Revision.page_id == page_id)
        .order_by(Revision.number)
    ).all()
    old, before = set(), None
    for revision, sha256 in rows:
        source = load_text(session, revision.text_id, sha256)
        if any(mark.by in gone for mark in marks(source)):
            old.add(revision.text_id)
            _rewrite(session, revision, source, gone, before, now)
        before = revision.text_id
    if not old:
        return 0
    session.flush()
    forget_page(session, page_id)
    erase_texts(session, old)
    _attribute(session, page_id)
    drop_copies(session, [page], now)
    return sum(1 for revision, _ in rows if revision.redacted_at == now)


def _rewrite(
    session: Session,
    revision: Revision,
    source: str,
    gone: set[str],
    before: int | None,
    now: datetime,
) -> None:
    for key in sorted(gone):
        source = without_voice(source, key)
    text = store_text(session, source, before)
    revision.text_id, revision.size = text.id, text.size
    if revision.redacted_at is not None:  # hidden for this reason alone
        revision.hide_text = False
    revision.redacted_at = now
    session.flush()


def _attribute(session: Session, page_id: int) -> None:
    recorder = Recorder(session, page_id)
    found = session.execute(
        select(Revision.number, Revision.text_id, TextRow.sha256)
        .join(TextRow, TextRow.id == Revision.text_id)
        .where(Revision.page_id == page_id)
        .order_by(Revision.number)
    ).all()
    for number, text_id, sha256 in found:
        recorder.record(number, load_text(session, text_id, sha256))
    recorder.flush()
