"""Protecting a page: who may change it, until when, why."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.errors import InvalidInput
from wiki.moderation.decisions import Ruling, decide
from wiki.moderation.models import Protection
from wiki.moderation.queries import protection_of
from wiki.moderation.service import drop_copies, hold_page
from wiki.policy import may_protect, require

LEVELS = ("editor", "moderator", "admin")  # the lowest role that may edit


def protect(
    session: Session, slug: str, level: str, until: datetime | None, ruling: Ruling
) -> Protection:
    """Let only `level` and above edit the page, until a moment or (None) until lifted.

    A protection in force is replaced. InvalidInput("level" | "until" | "reason"),
    PermissionDenied, PageNotFound, PageGone. Flushes.
    """
    page = hold_page(session, slug, ruling.viewer)
    if level not in LEVELS:
        raise InvalidInput("level", "Please choose who may change the page.")
    if until is not None and until <= ruling.now:
        raise InvalidInput("until", "Please choose a day to come, or leave the day empty.")
    present = protection_of(session, page.id, ruling.now)
    require(may_protect(ruling.viewer, level, present.level if present else ""))
    if present and (present.level, present.until) == (level, until):
        raise InvalidInput("level", "The page is protected like this already.")
    decision = decide(
        session,
        "protect",
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        page=page,
        details={"level": level} | ({"until": until.date().isoformat()} if until else {}),
    )
    row = session.get(Protection, page.id)  # one whose time is over counts as none, but is there
    if row is None:
        row = Protection(page_id=page.id)
        session.add(row)
    row.level, row.until, row.decision_id = level, until, decision.id
    drop_copies(session, [page], ruling.now)
    return row


def lift(session: Session, slug: str, ruling: Ruling) -> None:
    """Let every editor change the page again. As `protect`; InvalidInput if nothing protects."""
    page = hold_page(session, slug, ruling.viewer)
    present = protection_of(session, page.id, ruling.now)
    if present is None:
        raise InvalidInput("level", "The page is not protected.")
    require(may_protect(ruling.viewer, "", present.level))
    decide(
        session,
        "unprotect",
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        page=page,
        details={"level": present.level},
    )
    session.delete(present)
    drop_copies(session, [page], ruling.now)
