"""The table of jobs."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, Key, Moment


class Job(Base):
    """Something to do after the commit: taken with a lease, retried, deleted when done."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due_at_id", "due_at", "id"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))  # "index"
    subject: Mapped[int]  # a row number, by kind: the page to index
    created_at: Mapped[Moment]
    due_at: Mapped[Moment]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
