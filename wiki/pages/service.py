"""Writing pages: create, append, rename, links, stamps. No policy here: `saving` asks it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.db import key_of
from wiki.errors import SlugTaken
from wiki.pages.models import (
    Byline,
    Link,
    Page,
    PageMember,
    Redirect,
    Rendered,
    Revision,
    TextRow,
)
from wiki.pages.storage import load_text, store_text

# Built once: making these statements would cost a save more than running them.
_BYLINE = select(Byline).where(
    Byline.page_id == bindparam("page"), Byline.user_id == bindparam("user")
)
_TEXT = (
    select(TextRow.id, TextRow.sha256, TextRow.size)
    .join(Revision, Revision.text_id == TextRow.id)
    .where(Revision.page_id == bindparam("page"), Revision.number == bindparam("number"))
)
_LONGER = (
    select(Revision.text_id)
    .where(Revision.page_id == bindparam("page"), Revision.size >= bindparam("least"))
    .order_by(Revision.number.desc())
    .limit(1)
)
_TARGETS = select(Link.target).where(Link.page_id == bindparam("page"))


@dataclass(frozen=True, kw_only=True)
class NewRevision:
    """What is appended; whoever typed it is `author`, whoever brought it in is `importer`."""

    text: str
    author: User
    saved_at: datetime
    summary: str = ""
    minor: bool = False
    via: str = "web"
    precision: str = "second"
    importer: User | None = None
    approver: User | None = None
    affiliation: str | None = None
    restores: int | None = None
    hide_name: bool = False  # from the first: its author speaks on the page unnamed
    parent: int | None = None  # the revision it was written on; None: the newest


def create_page(
    session: Session,
    *,
    slug: str,
    title: str,
    now: datetime,
    state: str = "public",
    language: str = "en",
    licence: str = "CC-BY-4.0",
    origin_note: str = "",
) -> Page:
    """A page without a revision. SlugTaken if the address is a page's, in whatever state."""
    if session.scalar(select(Page.id).where(Page.slug == slug)) is not None:
        raise SlugTaken()
    session.execute(delete(Redirect).where(Redirect.slug == slug))
    page = Page(
        slug=slug,
        title=title,
        state=state,
        language=language,
        licence=licence,
        origin_note=origin_note,
        created_at=now,
        changed_at=now,
    )
    session.add(page)
    session.flush()
    return page


def add_member(session: Session, page: Page, user: User) -> None:
    """Let somebody see and write the draft. Twice is once."""
    if session.get(PageMember, (page.id, user.id)) is None:
        session.add(PageMember(page_id=page.id, user_id=user.id))


def byline_of(session: Session, page: Page, author: User) -> Byline:
    """The author's byline on this page, made at the first use."""
    author_id = key_of(author)
    row = session.scalar(_BYLINE, {"page": page.id, "user": author_id})
    if row is None:
        row = Byline(page_id=page.id, user_id=author_id)
        session.add(row)
        session.flush()
    return row


def append_revision(session: Session, page: Page, new: NewRevision) -> Revision:
    """Append one revision and make it the head.

    UNIQUE(page, number) decides a race: the loser's flush raises IntegrityError. Cost: six
    statements and one compression against the predecessor.
    """
    text = store_text(session, new.text, _base_for(session, page, len(new.text.encode())))
    revision = Revision(
        page_id=page.id,
        number=page.head_number + 1,
        parent_number=new.parent or page.head_number or None,
        text_id=text.id,
        byline_id=byline_of(session, page, new.author).id,
        affiliation=new.affiliation,
        via=new.via,
        approver_id=new.approver.id if new.approver else None,
        importer_id=new.importer.id if new.importer else None,
        summary=new.summary,
        minor=new.minor,
        restores=new.restores,
        saved_at=new.saved_at,
        precision=new.precision,
        hide_name=new.hide_name,
        kept_back=new.hide_name,
        size=text.size,
    )
    session.add(revision)
    session.flush()
    page.head_number = revision.number  # the page's row is written when all of it is known
    page.changed_at = new.saved_at
    return revision


def _base_for(session: Session, page: Page, size: int) -> int | None:
    """The text that one of so many bytes is kept beside: the head's or, where that says too
    little of it, as after a vandal's save, the newest that is half as long at least."""
    if not page.head_number:
        return None
    head = session.execute(_TEXT, {"page": page.id, "number": page.head_number}).one()
    longer: int | None = None
    if 2 * head.size < size:
        longer = session.scalar(_LONGER, {"page": page.id, "least": size // 2})
    return longer or head.id


def text_of(session: Session, page: Page, number: int) -> str:
    """The source of a revision, hidden or not: for services. LookupError if there is none."""
    row = session.execute(_TEXT, {"page": page.id, "number": number}).one_or_none()
    if row is None:
        raise LookupError(f"page {page.id} has no revision {number}")
    return load_text(session, row.id, row.sha256)


def set_links(session: Session, page: Page, targets: Collection[str]) -> None:
    """Replace the page's outgoing links; writes only the difference."""
    held = set(session.scalars(_TARGETS, {"page": page.id}))
    wanted = set(targets)
    if held - wanted:
        session.execute(
            delete(Link).where(Link.page_id == page.id, Link.target.in_(held - wanted))
        )
    session.add_all(Link(page_id=page.id, target=target) for target in sorted(wanted - held))


def rename(session: Session, page: Page, *, slug: str, title: str, now: datetime) -> None:
    """Give the page a new address; the old one redirects. SlugTaken if another page has it."""
    if slug != page.slug:
        taken = session.scalar(select(Page.id).where(Page.slug == slug, Page.id != page.id))
        if taken is not None:
            raise SlugTaken()
        session.execute(delete(Redirect).where(Redirect.slug == slug))
        session.add(Redirect(slug=page.slug, page_id=page.id, created_at=now))
        old, page.slug = page.slug, slug
        bump_linking(session, old)
        bump_linking(session, slug)
    page.title = title
    bump(page)
    session.flush()


def bump(page: Page) -> None:
    """Say that what an anonymous reader sees of this page has changed."""
    page.public_stamp = Page.public_stamp + 1  # counted by the database: two may do it at once


def bump_linking(session: Session, slug: str) -> None:
    """The pages that point at `slug` look different: it came, went or moved."""
    linking = select(Link.page_id).where(Link.target == slug)
    session.execute(
        update(Page).where(Page.id.in_(linking)).values(public_stamp=Page.public_stamp + 1)
    )


def bump_pages_of(session: Session, user_id: int) -> None:
    """The pages where this account has a byline: its name, role or block changed, or it was
    deleted."""
    theirs = select(Byline.page_id).where(Byline.user_id == user_id)
    session.execute(
        update(Page).where(Page.id.in_(theirs)).values(public_stamp=Page.public_stamp + 1)
    )


def forget_rendered(session: Session, text_id: int) -> None:
    """Drop the rendered copies of a text, in every version."""
    session.execute(delete(Rendered).where(Rendered.text_id == text_id))
