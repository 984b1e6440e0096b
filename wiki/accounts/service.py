"""Accounts: made, changed, blocked, deleted; contributors that came with an import."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from wiki.accounts.models import Invitation, RecoveryCode, SignIn, User
from wiki.accounts.passwords import hash_password
from wiki.accounts.queries import (
    contributor_key,
    find_contributor,
    find_user,
    gone_key,
    name_is_taken,
    open_invitation,
)
from wiki.accounts.rules import check_password, clean_name, name_key
from wiki.errors import InvalidInput, PermissionDenied
from wiki.policy import ROLES

CODES = 10  # recovery codes at a time
INVITATION_DAYS = 14


def create_account(
    session: Session, *, name: str, password: str, role: str, now: datetime
) -> User:
    """A new account. InvalidInput names the field: a name taken, a password too weak. Flushes."""
    if role not in ROLES:
        raise InvalidInput("role", "A role is one of: %(roles)s.", {"roles": ", ".join(ROLES)})
    shown = clean_name(name)
    if name_is_taken(session, shown):
        raise InvalidInput("name", "This name is taken, or is too like one that is.")
    user = User(
        name=shown,
        name_key=name_key(shown),
        password_hash=hash_password(check_password(password, shown)),
        role=role,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def register(
    session: Session,
    *,
    name: str,
    password: str,
    registration: str,
    invitation: str = "",
    now: datetime,
) -> User:
    """An account that somebody makes for themselves. PermissionDenied where that is not open."""
    if registration == "open":
        return create_account(session, name=name, password=password, role="editor", now=now)
    if registration == "closed":
        raise PermissionDenied("New accounts are made by the people who run this wiki.")
    found = open_invitation(session, _digest(invitation), now)
    if found is None:
        raise PermissionDenied("This invitation was used already, or its time is over.")
    user = create_account(session, name=name, password=password, role=found.role, now=now)
    found.used_by_id = user.id
    return user


def invite(session: Session, *, inviter: User, role: str, now: datetime) -> str:
    """A one-time invitation; returns the secret for its address, which is not kept."""
    secret = secrets.token_urlsafe(18)
    session.add(
        Invitation(
            token_hash=_digest(secret),
            inviter_id=inviter.id,
            role=role,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    )
    return secret


def imported_contributor(session: Session, *, name: str, source: str, now: datetime) -> User:
    """The contributor of an import: credited by name, never able to sign in. Flushes.

    One for each source and name, so that two sources' namesakes stay two people.
    """
    key = contributor_key(name, source)
    found = find_contributor(session, key)
    if found is None:
        found = User(name=name, name_key=key, role="reader", imported=True, created_at=now)
        session.add(found)
        session.flush()
    return found


def set_password(session: Session, user: User, password: str, *, now: datetime) -> None:
    """A new password; every sign-in of the account ends."""
    user.password_hash = hash_password(check_password(password, user.name))
    end_sign_ins(session, user, now=now)


def change_password(
    session: Session, user: User, password: str, *, this: int, now: datetime
) -> None:
    """A new password; every sign-in but this one (its row number) ends."""
    user.password_hash = hash_password(check_password(password, user.name))
    end_sign_ins(session, user, now=now, but=this)


def end_sign_ins(session: Session, user: User, *, now: datetime, but: int | None = None) -> None:
    """End every sign-in of the account, or all but one (its row number)."""
    query = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if but is not None:
        query = query.where(SignIn.id != but)
    session.execute(query.values(ended_at=now))


def set_role(session: Session, user: User, role: str) -> None:
    """Give the account a role. InvalidInput("role", …)."""
    if role not in ROLES:
        raise InvalidInput("role", "A role is one of: %(roles)s.", {"roles": ", ".join(ROLES)})
    user.role = role


def block(session: Session, user: User, *, until: datetime | None, now: datetime) -> None:
    """The account may not write until then (None: until lifted); its sign-ins end."""
    user.blocked_at, user.blocked_until = now, until
    end_sign_ins(session, user, now=now)


def unblock(session: Session, user: User) -> None:
    """The account may write again."""
    user.blocked_at = user.blocked_until = None


def new_recovery_codes(session: Session, user: User, *, now: datetime) -> list[str]:
    """Ten one-time codes in place of the old ones; shown once, only their hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_code() for _ in range(CODES)]
    session.add_all(
        RecoveryCode(user_id=user.id, code_hash=_code_hash(user, code), created_at=now)
        for code in codes
    )
    return codes


def one_code(session: Session, user: User, *, now: datetime) -> str:
    """One more code beside those there are: what the operator hands to somebody locked out."""
    code = _code()
    session.add(RecoveryCode(user_id=user.id, code_hash=_code_hash(user, code), created_at=now))
    return code


def recover(session: Session, *, name: str, code: str, password: str, now: datetime) -> User:
    """A new password by a code, which is spent. InvalidInput: one message for name and code."""
    user = find_user(session, name)
    found = None
    if user is not None and user.deleted_at is None:
        found = (
            session.query(RecoveryCode)
            .filter_by(code_hash=_code_hash(user, code), used_at=None)
            .one_or_none()
        )
    if user is None or found is None:
        raise InvalidInput("code", "This name and this code do not belong together.")
    set_password(session, user, password, now=now)
    found.used_at = now
    return user


def delete_account(session: Session, user: User, *, now: datetime) -> None:
    """The person goes, the words stay and read "a former contributor".

    The old name's key stays taken, so that nobody can take up the name and its reputation.
    Profile, password, codes and sign-ins are gone.
    """
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    user.name_key = gone_key(user.name_key or "")
    user.name = user.about = user.language = user.scheme = ""
    user.password_hash = None
    user.role = "reader"
    user.deleted_at = now


def _code() -> str:
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    letters = "".join(secrets.choice(alphabet) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _code_hash(user: User, code: str) -> bytes:
    return _digest(f"{user.public_id}\0{''.join(code.split()).lower()}")


def _digest(secret: str) -> bytes:
    """SHA-256 is enough for secrets of 79 bits and more that nobody chose."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
