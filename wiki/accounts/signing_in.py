"""Signing in and out: rows that can be ended, and a door that closes after too many failures."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wiki.accounts.models import SignIn, User
from wiki.accounts.names import name_key
from wiki.accounts.passwords import matches
from wiki.accounts.queries import find_user, sign_in_of
from wiki.accounts.rules import (
    LONGEST_PASSWORD,
    SEEN_EVERY,
    Lifetime,
    is_alive,
    is_blocked,
    neighbourhood,
)
from wiki.accounts.throttle import count_failure, require_calm
from wiki.db import begin_writing
from wiki.errors import InvalidInput
from wiki.policy import Viewer


@dataclass(frozen=True)
class Door:
    """How many failures an account and an address may have in a window before it closes.

    An address gets more, because many people share one.
    """

    tries: int
    window: timedelta
    address_tries: int = 40


@dataclass(frozen=True)
class SignedIn:
    """Whose cookie it is."""

    user: User
    viewer: Viewer
    sign_in: SignIn


def sign_in(
    session: Session,
    *,
    name: str,
    password: str,
    address: str,
    known_here: bool,
    label: str,
    door: Door,
    now: datetime,
) -> str:
    """The secret for the new sign-in's cookie. TooManyTries, InvalidInput with one message.

    `address` is the client's: only a hash under the day's key is kept. A browser that has signed
    in to this account before (`known_here`) has failures of its own to spend, so that strangers
    who guess cannot lock the owner out. Equal work whether the name exists or not. The slow hash
    is computed before the transaction that writes, and the throttle is asked again inside it, so
    that many tries at once win nothing. Failures are rows too: commit after InvalidInput.
    """
    user = find_user(session, name)
    subjects = _subjects(user, name, address, known_here, door)
    _require_calm(session, subjects, door, now)
    hashed = user.password_hash if user is not None else None
    right = matches(hashed, password[: LONGEST_PASSWORD + 1])
    begin_writing(session)
    _require_calm(session, subjects, door, now)
    if not right or user is None or user.password_hash != hashed:
        for kind, value, _allowed in subjects:
            count_failure(session, kind, value, now=now)
        raise InvalidInput("", "The name or the password is not right.")
    return start(session, user, label=label, now=now)


def _subjects(
    user: User | None, name: str, address: str, known_here: bool, door: Door
) -> list[tuple[str, str, int]]:
    """Whose failures count here: kind, value, how many are allowed."""
    if known_here and user is not None:
        return [("account known", str(user.id), door.tries)]
    place, crowd = neighbourhood(address)
    whom = ("name", name_key(name)) if user is None else ("account", str(user.id))
    return [(*whom, door.tries), ("address", place, door.address_tries * crowd)]


def _require_calm(
    session: Session, subjects: list[tuple[str, str, int]], door: Door, now: datetime
) -> None:
    for kind, value, allowed in subjects:
        require_calm(session, kind, value, allowed=allowed, window=door.window, now=now)


def start(session: Session, user: User, *, label: str, now: datetime) -> str:
    """A new sign-in for somebody who has proved who they are; returns the cookie's secret."""
    secret = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            user_id=user.id,
            token_hash=_hash(secret),
            label=label[:60],
            created_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return secret


def look_up(
    session: Session, secret: str, *, lifetime: Lifetime, now: datetime
) -> SignedIn | None:
    """Whose cookie this is, or None if nobody's (any more). One SELECT."""
    found = sign_in_of(session, _hash(secret))
    if found is None:
        return None
    row, user = found
    if user.deleted_at is not None or not is_alive(row.created_at, row.seen_at, lifetime, now):
        return None
    viewer = Viewer(
        user_id=user.id,
        role=user.role,
        name=user.name,
        blocked=is_blocked(user.blocked_at, user.blocked_until, now),
        scheme=user.scheme,
        voices_on=user.voices_on,
    )
    return SignedIn(user, viewer, row)


def is_due(row: SignIn, now: datetime) -> bool:
    """Whether the last visit should be written: at most once an hour."""
    return now - row.seen_at >= SEEN_EVERY


def sign_out(session: Session, secret: str, *, now: datetime) -> None:
    """End the sign-in this cookie names; nothing happens if it has ended."""
    found = sign_in_of(session, _hash(secret))
    if found is not None:
        found[0].ended_at = now


def browser_label(agent: str) -> str:
    """A few words by which a person knows their own browser, such as "Firefox, Android"."""
    names = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    name = next((n for n in names if n in agent), "")
    system = next((s for s in systems if s in agent), "")
    name = {"Edg": "Edge", "OPR": "Opera"}.get(name, name)
    return ", ".join(part for part in (name, system) if part)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
