"""Recovery codes: the way back in for somebody who lost their password. No e-mail is needed."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from wiki.accounts.models import RecoveryCode, User
from wiki.accounts.passwords import hash_password
from wiki.accounts.queries import find_user, unused_code
from wiki.accounts.rules import check_password
from wiki.accounts.service import digest, end_sign_ins
from wiki.db import begin_writing
from wiki.errors import InvalidInput

CODES = 10  # recovery codes at a time
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is easily taken for something else
LENGTH = 16  # signs: 79 bits


def new_recovery_codes(session: Session, user: User, *, now: datetime) -> list[str]:
    """Ten one-time codes in place of the old ones; shown once, only their hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_code() for _ in range(CODES)]
    session.add_all(
        RecoveryCode(user_id=user.id, code_hash=code_hash(user, code), created_at=now)
        for code in codes
    )
    return codes


def one_code(session: Session, user: User, *, now: datetime) -> str:
    """One more code beside those there are: what the operator hands to somebody locked out."""
    code = _code()
    session.add(RecoveryCode(user_id=user.id, code_hash=code_hash(user, code), created_at=now))
    return code


def recover(session: Session, *, name: str, code: str, password: str, now: datetime) -> User:
    """A new password by a code, which is spent; every sign-in ends.

    InvalidInput("code"): one message for a wrong name and a wrong code; ("new_password"): weak.
    The slow hash is made before the transaction that writes.
    """
    user, _row = _owner(session, name, code)
    try:
        hashed = hash_password(check_password(password, user.name))
    except InvalidInput as problem:
        raise InvalidInput("new_password", problem.message, problem.values) from problem
    begin_writing(session)
    user, row = _owner(session, name, code)
    user.password_hash = hashed
    row.used_at = now
    end_sign_ins(session, user, now=now)
    return user


def _owner(session: Session, name: str, code: str) -> tuple[User, RecoveryCode]:
    user = find_user(session, name)
    found = None if user is None else unused_code(session, code_hash(user, code))
    if user is None or found is None:
        raise InvalidInput("code", "This name and this code do not belong together.")
    return user, found


def code_hash(user: User, code: str) -> bytes:
    """What is kept of a code; spaces, hyphens and capitals do not count."""
    signs = "".join(sign for sign in code if sign.isalnum()).lower()
    return digest(f"{user.public_id}\0{signs}")


def _code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))
