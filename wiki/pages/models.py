"""Tables of pages.

Truth: Page, PageMember, Byline, TextRow, Revision, Redirect. Copies: Link, Rendered, StoredPage.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, JsonType, Key, Moment, new_public_id


class Page(Base):
    """A page. Its head is not what the public reads: that is the public revision.

    state: public, draft (only members see it) or deleted (in the recycle bin).
    """

    __tablename__ = "page"
    __table_args__ = (Index("ix_page_state_changed_at", "state", "changed_at"),)

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(240), unique=True)
    title: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(10), default="page")  # page, case, lesson, theme
    state: Mapped[str] = mapped_column(String(10), default="public")
    head_number: Mapped[int] = mapped_column(default=0)  # 0: no revision yet
    public_number: Mapped[int | None]  # None: nothing is public
    public_from_number: Mapped[int | None]  # the first revision that was ever public
    language: Mapped[str] = mapped_column(String(20), default="en")
    licence: Mapped[str] = mapped_column(String(40), default="CC-BY-4.0")
    origin_note: Mapped[str] = mapped_column(String(400), default="")  # source of an import
    abstract: Mapped[str] = mapped_column(String(400), default="")  # for lists; of the public text
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    figured_on: Mapped[datetime | None]  # a midnight; None: figures follow the text
    figured_number: Mapped[int | None]  # of the revision they are of; None with a day: of none
    figured_words: Mapped[Any | None] = mapped_column(JsonType)  # as `voices.daily` counted them
    public_stamp: Mapped[int] = mapped_column(
        default=0
    )  # changes with all an anonymous page shows


class PageMember(Base):
    """Somebody who may see and write a draft."""

    __tablename__ = "page_member"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)


class Byline(Base):
    """How one account is printed on one page. display None: the account's public name."""

    __tablename__ = "byline"
    __table_args__ = (UniqueConstraint("page_id", "user_id"),)

    id: Mapped[Key]
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    display: Mapped[str | None] = mapped_column(String(80))


class TextRow(Base):
    """One text, kept once however many revisions have it.

    body: zstd; base_id None: a keyframe, else compressed with the base's text as dictionary.
    """

    __tablename__ = "text"

    id: Mapped[Key]
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)  # None: redacted
    base_id: Mapped[int | None] = mapped_column(ForeignKey("text.id"))
    depth: Mapped[int] = mapped_column(default=0)  # steps to a keyframe, and 1000 a keyframe
    size: Mapped[int]  # bytes of UTF-8
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Revision(Base):
    """One saved text of a page: appended, never changed but by redaction, never deleted."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("page_id", "number"),  # two savers cannot both win
    )

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    number: Mapped[int]  # 1, 2, 3, … within the page
    parent_number: Mapped[int | None]  # the revision it was written on; None: the first
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    byline_id: Mapped[int] = mapped_column(ForeignKey("byline.id"), index=True)
    affiliation: Mapped[str | None] = mapped_column(String(200))  # as it was then
    via: Mapped[str] = mapped_column(String(6), default="web")  # web, api, import, answer
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    importer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    summary: Mapped[str] = mapped_column(String(500), default="")
    minor: Mapped[bool] = mapped_column(default=False)
    restores: Mapped[int | None]  # the number of the revision whose text a revert brought back
    saved_at: Mapped[Moment]
    precision: Mapped[str] = mapped_column(String(6), default="second")  # second, day, month, year
    size: Mapped[int]  # bytes of UTF-8
    hide_text: Mapped[bool] = mapped_column(default=False)
    hide_summary: Mapped[bool] = mapped_column(default=False)
    hide_name: Mapped[bool] = mapped_column(default=False)
    kept_back: Mapped[bool] = mapped_column(default=False)  # the name, by its owner, for good
    redacted_at: Mapped[datetime | None]

    @property
    def joins(self) -> bool:
        """Whether others had saved since the text it was written on, and both were joined."""
        return self.parent_number is not None and self.parent_number < self.number - 1


class Redirect(Base):
    """An address a page had before it was renamed."""

    __tablename__ = "redirect"

    slug: Mapped[str] = mapped_column(String(240), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    created_at: Mapped[Moment]


class Link(Base):
    """A copy: the public revision of a page points at this slug, which may not exist yet."""

    __tablename__ = "link"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    target: Mapped[str] = mapped_column(String(240), primary_key=True, index=True)


class Rendered(Base):
    """A copy: the safe HTML of one text, by renderer version. Head and public revisions only."""

    __tablename__ = "rendered"

    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    html: Mapped[bytes] = mapped_column(LargeBinary)  # zstd of UTF-8
    contents: Mapped[Any] = mapped_column(JsonType)  # [[level, id, text], …]
    links: Mapped[Any] = mapped_column(JsonType)  # slugs in order of first use
    words: Mapped[int]
    failed: Mapped[bool] = mapped_column(default=False)


class StoredPage(Base):
    """A copy: a whole anonymous page, compressed, under the key of everything it depends on."""

    __tablename__ = "stored_page"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    variant: Mapped[str] = mapped_column(String(40), primary_key=True)  # "", "voices", a language
    stamp: Mapped[str] = mapped_column(String(80))
    etag: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)  # gzip
    body_br: Mapped[bytes] = mapped_column(LargeBinary)  # the same in brotli
    ends: Mapped[int | None] = mapped_column(BigInteger)  # seconds since 1970: what it says ends
