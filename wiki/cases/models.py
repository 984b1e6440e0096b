"""Tables of cases and lessons.

Truth: VocabularyValue, LessonMark. Copies, made again by `wiki rebuild cases`: CasePage,
CaseReference, LivePage. CaseClock counts the changes of the copies.
"""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, JsonType, Key, Moment


class CaseClock(Base):
    """One row: how many changes the copies have seen. Who changes them holds it first."""

    __tablename__ = "case_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1
    seq: Mapped[int] = mapped_column(default=0)


class CasePage(Base):
    """A copy: what the public revision of a case or a lesson says in its front matter.

    facets: {facet: [value, …]} (see `facets.py`); computed: what no one may type: a lesson's
    status and breadth, who is heard on a case (see `heard.py`). gone: the page was deleted or is
    none any more; only key and seq are left, because a key is never used again.
    """

    __tablename__ = "case_page"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)  # of CaseClock, at the last change
    kind: Mapped[str] = mapped_column(String(10))  # case, lesson
    key: Mapped[str] = mapped_column(String(240), unique=True)  # c-…, l-…
    gone: Mapped[bool] = mapped_column(default=False)
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]  # None: open, or not known
    facets: Mapped[Any] = mapped_column(JsonType)
    fields: Mapped[Any] = mapped_column(JsonType)  # the whole front matter
    computed: Mapped[Any] = mapped_column(JsonType)


class CaseReference(Base):
    """A copy: this page names another by its key: a case its lessons, a lesson its cases and
    other lessons. relation: lesson, from, related, evidence, or one of lesson_link."""

    __tablename__ = "case_reference"
    __table_args__ = (Index("ix_case_reference_target_key", "target_key", "relation"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    relation: Mapped[str] = mapped_column(String(20), primary_key=True)
    target_key: Mapped[str] = mapped_column(String(240), primary_key=True)


class LivePage(Base):
    """A copy: this page shows a list that other pages fill. about: case, lesson, or
    theme:SLUG."""

    __tablename__ = "live_page"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    about: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)


class VocabularyValue(Base):
    """A value that a moderator added to a list; never changed in meaning, never deleted."""

    __tablename__ = "vocabulary_value"

    id: Mapped[Key]
    list: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(80))
    definition: Mapped[str] = mapped_column(String(300))
    decision: Mapped[str] = mapped_column(String(16))  # its public id, in the log of decisions
    added_at: Mapped[Moment]

    __table_args__ = (Index("uq_vocabulary_value_list_value", "list", "value", unique=True),)


class LessonMark(Base):
    """A moderator withdrew this lesson; the page stays and says so."""

    __tablename__ = "lesson_mark"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    decision: Mapped[str] = mapped_column(String(16))  # its public id, in the log of decisions
