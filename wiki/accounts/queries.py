"""Questions about accounts: one question, one SELECT."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import scrypt, sha256

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from wiki.accounts.models import Attempt, Invitation, RecoveryCode, SignIn, User
from wiki.accounts.names import name_key


def find_user(session: Session, name: str) -> User | None:
    """The account with this name, however it is spelled; imported contributors are none."""
    key = name_key(name)
    return session.scalar(select(User).where(User.name_key == key)) if key else None


def gone_key(key: str) -> str:
    """What stands for a deleted account's key: the name stays taken and is not kept.

    A slow hash, because a fast one would tell everybody who guesses whether a name was here.
    Cost: 25 ms, 8 MB.
    """
    slow = scrypt(key.encode(), salt=b"the name of a deleted account", n=2**13, r=8, p=1, dklen=24)
    return f"\x1fgone\x1f{slow.hex()}"


def name_is_taken(session: Session, name: str) -> bool:
    """Whether an account, a deleted account or an imported contributor has this name."""
    key = name_key(name)
    taken = or_(User.name_key == key, and_(User.imported, User.name == name))
    if session.scalar(select(User.id).where(taken).limit(1)) is not None:
        return True
    gone = select(User.id).where(User.deleted_at.is_not(None)).limit(1)
    if session.scalar(gone) is None:
        return False  # nobody left, so the slow hash is not needed
    return session.scalar(select(User.id).where(User.name_key == gone_key(key))) is not None


def contributor_key(name: str, source: str) -> str:
    """The key of an imported name: never that of an account, and one for each source."""
    both = f"{len(source)}:{source}{name}"
    return f"\x1fimport\x1f{sha256(both.encode()).hexdigest()}"


def find_contributor(session: Session, key: str) -> User | None:
    """The imported contributor with this key."""
    return session.scalar(select(User).where(User.name_key == key))


_BY_COOKIE = (  # made once: every visit of somebody signed in asks it
    select(SignIn, User)
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.token_hash == bindparam("hash"), SignIn.ended_at.is_(None))
)


def sign_in_of(session: Session, token_hash: bytes) -> tuple[SignIn, User] | None:
    """The sign-in that a cookie names, with its account, if nobody ended it."""
    row = session.execute(_BY_COOKIE, {"hash": token_hash}).one_or_none()
    return None if row is None else (row[0], row[1])


def open_sign_ins(session: Session, user_id: int) -> list[SignIn]:
    """The account's sign-ins that nobody ended, newest first."""
    return list(
        session.scalars(
            select(SignIn)
            .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
            .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        )
    )


def failed_tries(session: Session, subject: bytes, since: datetime) -> Sequence[datetime]:
    """When this subject failed since `since`."""
    return list(
        session.scalars(select(Attempt.at).where(Attempt.subject == subject, Attempt.at > since))
    )


def open_invitation(session: Session, token_hash: bytes, now: datetime) -> Invitation | None:
    """The invitation that may still be used."""
    return session.scalar(
        select(Invitation)
        .where(
            Invitation.token_hash == token_hash,
            Invitation.used_by_id.is_(None),
            Invitation.expires_at > now,
        )
        .with_for_update()  # PostgreSQL: the second of two at once waits and finds it used
    )


def unused_code(session: Session, code_hash: bytes) -> RecoveryCode | None:
    """The recovery code with this hash, if it was not spent."""
    return session.scalar(
        select(RecoveryCode)
        .where(RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
        .with_for_update()  # PostgreSQL: the second of two at once waits and finds it spent
    )


def accounts(session: Session) -> list[User]:
    """Every account that can sign in, by name."""
    return list(
        session.scalars(
            select(User)
            .where(User.imported.is_(False), User.deleted_at.is_(None))
            .order_by(User.name)
        )
    )
