"""Blocking an account: it goes on reading and changes nothing, until a moment or until lifted."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.accounts import service as accounts
from wiki.accounts.models import User
from wiki.accounts.rules import is_blocked
from wiki.db import begin_writing
from wiki.errors import InvalidInput
from wiki.moderation.decisions import Ruling, decide
from wiki.pages.service import bump_pages_of
from wiki.policy import may_block, require


def block(session: Session, account: User, until: datetime | None, ruling: Ruling) -> None:
    """Block the account and end its sign-ins; a block in force is replaced. The log names it.

    PermissionDenied for oneself and, unless the actor is one, for admins;
    InvalidInput("until" | "reason" | ""). Flushes.
    """
    require(may_block(ruling.viewer, account.id, account.role))
    begin_writing(session)
    if account.imported or account.deleted_at is not None:
        raise InvalidInput("", "Nobody can sign in with this account.")
    if until is not None and until <= ruling.now:
        raise InvalidInput("until", "Please choose a day to come, or leave the day empty.")
    decide(
        session,
        "block",
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        subject=account,
        details={"until": until.date().isoformat()} if until else {},
    )
    accounts.block(session, account, until=until, now=ruling.now)
    bump_pages_of(session, account.id)
    session.flush()


def unblock(session: Session, account: User, ruling: Ruling) -> None:
    """Let the account write again. InvalidInput("") if it is not blocked; as `block`."""
    require(may_block(ruling.viewer, account.id, account.role))
    begin_writing(session)
    if not is_blocked(account.blocked_at, account.blocked_until, ruling.now):
        raise InvalidInput("", "This account is not blocked.")
    decide(
        session,
        "unblock",
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        subject=account,
    )
    accounts.unblock(session, account)
    bump_pages_of(session, account.id)
    session.flush()
