"""Which words the figures of a page are of: those of a day where they could tell of somebody.

Where somebody keeps something back, figures are taken at the first publication of a day, or when
the day begins, and stay until the next: two that lie closer together could be subtracted, and the
difference is one person's. After words were taken back there are none until the next day: their
change would say who left. Other pages have the figures of what they say now.

What is kept is a number of a revision and a day, with the page; the words of that revision are
counted when the page is made, by everybody alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from wiki.attribution.queries import origins_of
from wiki.attribution.voice import voice_mask
from wiki.outbox.service import enqueue
from wiki.pages.models import Page
from wiki.pages.service import bump, text_of
from wiki.text import front_matter
from wiki.voices.counting import count
from wiki.voices.discretion import start_of_day, tell_to_the_day
from wiki.voices.privacy import keeps_something_back, was_public
from wiki.voices.queries import voices_of
from wiki.voices.speaking import from_revision, revision_of

JOB = "figures"  # kind of the job whose subject is a page


def counted_revision(page: Page) -> int | None:
    """The revision whose words the page's figures are of; None: being recomputed."""
    if page.figured_on is None:
        return page.public_number
    return page.figured_number


def at_publication(session: Session, page: Page, now: datetime, *, daily: bool | None) -> None:
    """Take the figures anew if that may be. `daily`: whether somebody keeps something back here;
    None: one SELECT finds out. Nothing but for cases: no other page has figures."""
    if page.kind != "case":
        return
    today = start_of_day(now)
    if daily if daily is not None else _is_daily(session, page, now):
        if page.figured_on != today:
            page.figured_on, page.figured_number = today, page.public_number
        enqueue(session, JOB, page.id, now, due=today + timedelta(days=1))
    elif page.figured_on != today:
        page.figured_on = page.figured_number = None


def after_withdrawal(session: Session, page: Page, now: datetime) -> None:
    """There are no figures until the next day, and no hours of this one."""
    today = start_of_day(now)
    tell_to_the_day(session, page, now)
    page.figured_on, page.figured_number, page.figured_words = today, None, None
    enqueue(session, JOB, page.id, now, due=today + timedelta(days=1))


def begin_day(session: Session, page: Page, now: datetime) -> None:
    """Take the figures of the day, if nobody did yet. The caller holds the page's row. Flushes."""
    today = start_of_day(now)
    if page.figured_on is None or page.figured_on >= today:
        return
    if _is_daily(session, page, now):
        page.figured_on, page.figured_number = today, page.public_number
    else:
        page.figured_on = page.figured_number = None
    keep_words(session, page)
    bump(page)
    session.flush()


def keep_words(session: Session, page: Page) -> None:
    """Count the words that the figures are of, once: whoever makes the page asks nothing more.

    By voice, or by the revision that first had them: who wrote that, and whether it may be told,
    is asked when they are shown. Cost: nothing where figures follow the text or were counted;
    else two SELECTs and a walk over the text.
    """
    number = page.figured_number
    if number is None:
        page.figured_words = None
    elif page.figured_words is None or page.figured_words["number"] != number:
        source = text_of(session, page, number)
        writers = [from_revision(origin) for origin in origins_of(session, page.id, number)]
        desk = _fields(source).get("account_basis") == "desk_summary"
        spoken = count(source, voice_mask(source), writers, desk=desk)
        page.figured_words = {"number": number, "desk": desk, "spoken": spoken}


def _fields(source: str) -> Mapping[str, Any]:
    try:
        return front_matter.read(source).fields
    except front_matter.FrontMatterError:
        return {}


@dataclass(frozen=True)
class Kept:
    """The words of figures as `keep_words` counted them."""

    desk: bool
    spoken: Sequence[tuple[str, str, int]]

    @property
    def revisions(self) -> set[int]:
        """Those that first had words outside of marks."""
        found = (revision_of(speaker) for speaker, _mode, _words in self.spoken)
        return {number for number in found if number is not None}


def kept_words(page: Page, number: int | None) -> Kept | None:
    """Those of this revision; None if they were not counted."""
    held = page.figured_words
    if not held or held["number"] != number:
        return None
    return Kept(held["desk"], [(str(s), str(m), int(n)) for s, m, n in held["spoken"]])


def _is_daily(session: Session, page: Page, now: datetime) -> bool:
    voices = voices_of(session, page.id).values()
    return any(was_public(voice) and keeps_something_back(voice, now) for voice in voices)
