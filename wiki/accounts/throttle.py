"""Counting failures without knowing people: hashes under a key that lives in memory for a day."""

import hmac
import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from threading import Lock

from sqlalchemy import delete
from sqlalchemy.orm import Session

from wiki.accounts.models import Attempt
from wiki.accounts.queries import failed_tries
from wiki.accounts.rules import wait_for
from wiki.errors import TooManyTries


class DailyKey:
    """A key that is forgotten at midnight UTC; no disk ever holds it. Thread safe."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._key = b""
        self._lock = Lock()

    def subject(self, kind: str, value: str, now: datetime) -> bytes:
        """16 bytes that stand for `value` today and for nothing tomorrow.

        A number of an account (`kind` "account…") tells nobody who somebody is: it stands for
        itself, so that several processes count together.
        """
        if kind.startswith("account"):
            return sha256(f"{kind}\0{value}".encode()).digest()[:16]
        with self._lock:
            if self._day != now.date():
                self._day, self._key = now.date(), secrets.token_bytes(32)
            key = self._key
        return hmac.digest(key, f"{kind}\0{value}".encode("utf-8", "replace"), "sha256")[:16]


KEY = DailyKey()


def require_calm(
    session: Session, kind: str, value: str, *, allowed: int, window: timedelta, now: datetime
) -> None:
    """TooManyTries if `value` failed `allowed` times within the window. One SELECT."""
    subject = KEY.subject(kind, value, now)
    wait = wait_for(failed_tries(session, subject, now - window), allowed, window, now)
    if wait:
        raise TooManyTries(wait)


def count_failure(session: Session, kind: str, value: str, *, now: datetime) -> None:
    """Remember one failure, and forget those of the days before."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
    session.add(Attempt(subject=KEY.subject(kind, value, now), at=now))
