"""Writing the log of decisions: every act of a moderator leaves one line and a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.errors import InvalidInput
from wiki.moderation.models import Decision
from wiki.pages.models import Page
from wiki.policy import Viewer
from wiki.voices.discretion import is_told_to_the_day, start_of_day

REASON_LENGTH = 500  # characters


@dataclass(frozen=True)
class Ruling:
    """What every act of a moderator carries: who acts, with what rights, why and when."""

    actor: User
    viewer: Viewer
    reason: str
    now: datetime


def check_reason(typed: str) -> str:
    """The reason as it is kept. InvalidInput("reason") for none, or one that is too long."""
    reason = typed.strip()
    if not reason:
        raise InvalidInput("reason", "Please say why, in a few words: readers will see it.")
    if len(reason) > REASON_LENGTH or "\x00" in reason:
        raise InvalidInput(
            "reason",
            "Please keep the reason under %(limit)s characters.",
            {"limit": REASON_LENGTH},
        )
    return reason


def decide(
    session: Session,
    act: str,
    *,
    actor: User,
    reason: str,
    now: datetime,
    page: Page | None = None,
    revision_number: int | None = None,
    subject: User | None = None,
    details: dict[str, Any] | None = None,
) -> Decision:
    """Append a decision. InvalidInput as `check_reason`.

    `details` hold plain facts (a level, a count), never the words that were hidden. Of a page
    whose edits are told to the day, only the day is kept: the line names edits that were there by
    then. Flushes. Cost: one SELECT beside the INSERT.
    """
    told_to_the_day = page is not None and is_told_to_the_day(session, page, now)
    decision = Decision(
        act=act,
        actor_id=actor.id,
        page_id=page.id if page else None,
        revision_number=revision_number,
        subject_id=subject.id if subject else None,
        reason=check_reason(reason),
        details=details or {},
        at=start_of_day(now) if told_to_the_day else now,
    )
    session.add(decision)
    session.flush()
    return decision
