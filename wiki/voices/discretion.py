"""What a save on a page with somebody's unnamed voice must not give away.

Whoever speaks on a page by role or under a pseudonym, and edits it with an account, is named by
none of those edits from then on: the account's name beside the passage would undo the choice. And
all edits of that page are told to the day: one that alone had no time would stand out, and its
neighbours would say when it was made.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.voices.models import Voice
from wiki.voices.privacy import NAME

_UNNAMED = select(Voice.user_id).where(
    Voice.page_id == bindparam("page"), Voice.user_id.is_not(None), Voice.display_kind != NAME
)


@dataclass(frozen=True)
class Discretion:
    """How a save is kept: `hide_name`, and whether its time is kept to the day only."""

    hide_name: bool = False
    by_day: bool = False

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
    """How a save by this account is to be kept; the page's earlier saves of the day are told to
    the day from now on. One SELECT, and one UPDATE on a page with such a voice.

    A voice that was taken back counts on: what it kept back stays so.
    """
    theirs = set(session.scalars(_UNNAMED, {"page": page.id}))
    if not theirs:
        return Discretion()
    session.execute(
        update(Revision)
        .where(
            Revision.page_id == page.id,
            Revision.saved_at >= start_of_day(now),
            Revision.precision == "second",
        )
        .values(precision="day")
    )
    return Discretion(hide_name=author_id in theirs, by_day=True)
