"""Accounts: made, changed, blocked, deleted; contributors that came with an import."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wiki.accounts.models import Invitation, RecoveryCode, SignIn, User
from wiki.accounts.names import clean_name, name_key
from wiki.accounts.passwords import hash_password, matches
from wiki.accounts.queries import (
    contributor_key,
    find_contributor,
    gone_key,
    name_is_taken,
    open_invitation,
)
from wiki.accounts.rules import check_password
from wiki.db import begin_writing
from wiki.errors import InvalidInput, PermissionDenied
from wiki.keeping.service import let_all_go
from wiki.policy import ROLES

INVITATION_DAYS = 14


def create_account(
    session: Session, *, name: str, password: str, role: str, now: datetime
) -> User:
    """A new account. InvalidInput names the field: a name taken, a password too weak. Flushes."""
    require_role(role)
    shown = clean_name(name)
    return _add(session, shown, hash_password(check_password(password, shown)), role, now)


def register(
    session: Session,
    *,
    name: str,
    password: str,
    registration: str,
    invitation: str = "",
    now: datetime,
) -> User:
    """An account that somebody makes for themselves. PermissionDenied where that is not open.

    InvalidInput as for `create_account`. The slow hash is made before the transaction that writes.
    """
    if registration == "closed":
        raise PermissionDenied("New accounts are made by the people who run this wiki.")
    invited = registration != "open"
    if invited:
        _invitation(session, invitation, now)
    shown = clean_name(name)
    hashed = hash_password(check_password(password, shown))
    begin_writing(session)
    found = _invitation(session, invitation, now) if invited else None
    user = _add(session, shown, hashed, found.role if found else "editor", now)
    if found is not None:
        found.used_by_id = user.id
    return user


def _invitation(session: Session, secret: str, now: datetime) -> Invitation:
    found = open_invitation(session, digest(secret), now)
    if found is None:
        raise PermissionDenied("This invitation was used already, or its time is over.")
    return found


def _add(session: Session, shown: str, hashed: str, role: str, now: datetime) -> User:
    taken = InvalidInput("name", "This name is taken, or is too like one that is.")
    if name_is_taken(session, shown):
        raise taken
    user = User(
        name=shown, name_key=name_key(shown), password_hash=hashed, role=role, created_at=now
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as problem:  # somebody took it a moment ago
        raise taken from problem
    return user


def invite(session: Session, *, inviter: User, role: str, now: datetime) -> str:
    """A one-time invitation; returns the secret for its address, which is not kept."""
    secret = secrets.token_urlsafe(18)
    session.add(
        Invitation(
            token_hash=digest(secret),
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
    """A new password; every sign-in of the account ends. InvalidInput("password", …)."""
    user.password_hash = hash_password(check_password(password, user.name))
    end_sign_ins(session, user, now=now)


def change_password(
    session: Session, user: User, old: str, new: str, *, this: int, now: datetime
) -> None:
    """A new password; every sign-in but this one (its row number) ends.

    InvalidInput("password") if `old` is not the present one, ("new_password") if `new` is weak.
    """
    present = user.password_hash
    if not matches(present, old):
        raise InvalidInput("password", "This is not your present password.")
    try:
        hashed = hash_password(check_password(new, user.name))
    except InvalidInput as problem:
        raise InvalidInput("new_password", problem.message, problem.values) from problem
    begin_writing(session)
    if user.password_hash != present:  # changed elsewhere meanwhile
        raise InvalidInput("password", "This is not your present password.")
    user.password_hash = hashed
    end_sign_ins(session, user, now=now, but=this)


def end_sign_ins(session: Session, user: User, *, now: datetime, but: int | None = None) -> None:
    """End every sign-in of the account, or all but one (its row number)."""
    query = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if but is not None:
        query = query.where(SignIn.id != but)
    session.execute(query.values(ended_at=now))


def require_role(role: str) -> None:
    """InvalidInput("role", …) unless there is such a role."""
    if role not in ROLES:
        raise InvalidInput("role", "A role is one of: %(roles)s.", {"roles": ", ".join(ROLES)})


def set_role(session: Session, user: User, role: str) -> None:
    """Give the account a role, from its next request on. InvalidInput("role", …)."""
    require_role(role)
    user.role = role


def block(session: Session, user: User, *, until: datetime | None, now: datetime) -> None:
    """The account may not write until then (None: until lifted); its sign-ins end."""
    user.blocked_at, user.blocked_until = now, until
    end_sign_ins(session, user, now=now)


def unblock(session: Session, user: User) -> None:
    """The account may write again."""
    user.blocked_at = user.blocked_until = None


def delete_account(session: Session, user: User, *, now: datetime) -> None:
    """The person goes, the words stay and read "a former contributor".

    The old name stays taken, so that nobody can take it up with its reputation; only a slow hash
    of it is kept. Profile, password, codes and sign-ins are gone.
    """
    gone = gone_key(user.name_key or "")
    begin_writing(session)
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    let_all_go(session, user.id)
    user.name_key = gone
    user.name = user.about = user.language = user.scheme = ""
    user.password_hash = None
    user.role = "reader"
    user.deleted_at = now


def digest(secret: str) -> bytes:
    """SHA-256 is enough for secrets of 79 bits and more that nobody chose."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
