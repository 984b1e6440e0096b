"""Tables of accounts: people, their sign-in sessions, recovery codes, invitations, throttle."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, Key, Moment, new_public_id


class User(Base):
    """An account. Its name is printed only through a page-local byline.

    A deleted account keeps its row, because words keep pointing to it; name, hash and profile go.
    An imported contributor has no password and can never sign in.
    """

    __tablename__ = "user"

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(80))  # as shown; "" once deleted
    name_key: Mapped[str | None] = mapped_column(String(120), unique=True)  # folded; None: deleted
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(10), default="editor")
    imported: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(String(2000), default="")
    language: Mapped[str] = mapped_column(String(20), default="")  # of the interface; "": as asked
    scheme: Mapped[str] = mapped_column(String(5), default="")  # "", light or dark
    voices_on: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    blocked_at: Mapped[datetime | None]
    blocked_until: Mapped[datetime | None]  # None while blocked_at is set: until lifted
    deleted_at: Mapped[datetime | None]


class SignIn(Base):
    """One signed-in browser; ended by sign-out, password change, block or age."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)  # sha256 of the cookie
    label: Mapped[str] = mapped_column(
        String(60), default=""
    )  # "Firefox on Android", for the list
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]  # written at most once an hour
    ended_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A one-time code that lets its owner set a new password; only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[Moment]
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A one-time address that lets somebody register while registration is by invitation."""

    __tablename__ = "invitation"

    id: Mapped[Key]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str] = mapped_column(String(10), default="editor")
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Attempt(Base):
    """A failed try that the throttle counts: a hash under a key that changes daily, a time."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)

    id: Mapped[Key]
    subject: Mapped[bytes] = mapped_column(LargeBinary(16))
    at: Mapped[Moment]
