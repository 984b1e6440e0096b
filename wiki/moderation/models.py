"""Tables of moderation: protection in force and the decisions that explain every act."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, JsonType, Key, Moment, new_public_id


class Protection(Base):
    """Who may edit a page, until when. One row a page; lifting it deletes the row."""

    __tablename__ = "protection"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))  # the lowest role that may edit
    until: Mapped[datetime | None]  # None: until lifted
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))


class Decision(Base):
    """One act of a moderator with its reason: appended, never changed. Readers can see it."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_page_id_at", "page_id", "at"),)

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    act: Mapped[str] = mapped_column(String(20))  # protect, hide, block, roll_back, delete, …
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    revision_number: Mapped[int | None]
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the account concerned
    reason: Mapped[str] = mapped_column(String(500))
    details: Mapped[Any] = mapped_column(JsonType)  # plain facts, never the hidden words
    at: Mapped[Moment]
