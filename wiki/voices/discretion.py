"""What a save on a page with somebody's unnamed voice must not give away.

Whoever speaks on a page unnamed, and edits it with an account, is named by none of those edits
from then on: the account's name beside the passage would undo the choice. And all edits of that
page are told to the day, whoever made them: one that alone had no time would stand out, and its
neighbours would say when it was made. So is the day on which somebody took back words, and what
moderators decide about such a page: it names edits that were there by then. The figures of such a
page change once a day (`daily`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.voices.privacy import keeps_name_back, keeps_something_back, was_public
from wiki.voices.queries import voices_of


@dataclass(frozen=True)
class Discretion:
    """How a save is kept. hide_name: of its author; by_day: of its time only the day; daily: the
    page's figures change once a day."""

    hide_name: bool = False
    by_day: bool = False
    daily: bool = False

    @property
    def precision(self) -> str:
        """As a revision has it."""
        return "day" if self.by_day else "second"

    def moment(self, now: datetime) -> datetime:
        """The time that is kept: finer than what may be told it is not even stored."""
        return start_of_day(now) if self.by_day else now


def start_of_day(now: datetime) -> datetime:
    """Midnight UTC."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def discretion(session: Session, page: Page, author_id: int, now: datetime) -> Discretion:
    """How a save by this account is to be kept; of the page's earlier saves of the day, and of its
    making, only the day is kept from now on. One SELECT, and one UPDATE on a page with such a
    voice. A voice that was taken back counts on: what it kept back stays so; one that speaks to
    partners only does not count, else all could see that it is there.
    """
    voices = [v for v in voices_of(session, page.id).values() if was_public(v)]
    daily = any(keeps_something_back(voice, now) for voice in voices)
    unnamed = [voice for voice in voices if keeps_name_back(voice, now)]
    if not unnamed and not _left_today(page, now):
        return Discretion(daily=daily)
    tell_to_the_day(session, page, now)
    hide_name = author_id in {voice.user_id for voice in unnamed}
    return Discretion(hide_name=hide_name, by_day=True, daily=daily)


def is_told_to_the_day(session: Session, page: Page, now: datetime) -> bool:
    """Whether no hour is told of what happens to this page now. One SELECT."""
    voices = voices_of(session, page.id).values()
    unnamed = any(was_public(voice) and keeps_name_back(voice, now) for voice in voices)
    return unnamed or _left_today(page, now)


def _left_today(page: Page, now: datetime) -> bool:
    """Whether somebody took back words of this page today; `daily` notes it."""
    return page.figured_on == start_of_day(now) and page.figured_number is None


def tell_to_the_day(session: Session, page: Page, now: datetime) -> None:
    """Of the saves of a page on this day, and of its making, only the day is kept. One UPDATE."""
    today = start_of_day(now)
    session.execute(
        update(Revision)
        .where(
            Revision.page_id == page.id,
            Revision.saved_at >= today,
            Revision.precision == "second",
        )
        .values(precision="day", saved_at=today)
    )
    page.created_at = min(page.created_at, today)
