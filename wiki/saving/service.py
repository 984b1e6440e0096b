"""The save: check, render, take the lock, append, derive. Read a function top to bottom."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wiki import policy
from wiki.accounts.models import User
from wiki.attribution.service import record
from wiki.cases.live import lists_of
from wiki.cases.rules import SCHEMAS
from wiki.cases.service import hold_clock
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.db import begin_writing, key_of
from wiki.errors import EditConflict, HeadMoved, InvalidInput, PageGone, PageNotFound, SlugTaken
from wiki.moderation.queries import protection_of
from wiki.pages.models import Page, Revision
from wiki.pages.queries import facts, readable_page
from wiki.pages.revisions import readable_text
from wiki.pages.service import (
    NewRevision,
    add_member,
    append_revision,
    create_page,
    text_of,
)
from wiki.policy import PageFacts, Viewer
from wiki.rendering.rendered import Rendered as Html
from wiki.rendering.worker import RendererProtocol
from wiki.saving.checks import (
    Checked,
    accepted_text,
    check_licence,
    check_summary,
    check_text,
    check_title,
    clean_source,
)
from wiki.saving.completeness import check_facts
from wiki.saving.merging import join
from wiki.saving.publication import describe, publish, store_rendered
from wiki.voices.arriving import Arriving, arrive
from wiki.voices.discretion import Discretion, discretion
from wiki.voices.returning import returned
from wiki.voices.service import still_given

_LOCKED = (
    select(Page)
    .where(Page.slug == bindparam("slug"))
    .with_for_update()
    .execution_options(populate_existing=True)
)  # made once: every save asks it


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A new text for a page that exists."""

    slug: str
    base_number: int  # the revision the writer saw
    source: str
    summary: str = ""
    minor: bool = False
    restores: int | None = None  # the revision a revert brings back
    via: str = "web"
    affiliation: str | None = None  # for whom, as `pages.affiliations` keeps it
    voices: Sequence[Arriving] = ()  # that come with an import


@dataclass(frozen=True, kw_only=True)
class NewPage:
    """A page that does not exist yet."""

    title: str
    source: str
    summary: str = ""
    draft: bool = False  # only its members see it until it is published
    language: str = "en"
    licence: str = ""
    slug: str = ""  # the address; empty: made from the title
    via: str = "web"
    affiliation: str | None = None
    voices: Sequence[Arriving] = ()  # that come with an import


def page_facts(session: Session, page: Page, viewer: Viewer, now: datetime) -> PageFacts:
    """What policy asks of a page, protection included."""
    known = facts(session, page, viewer)
    protection = protection_of(session, page.id, now)
    return PageFacts(
        state=known.state,
        member=known.member,
        protection=protection.level if protection else "",
        protected_until=protection.until if protection else None,
    )


@dataclass(frozen=True)
class Actor:
    """Who acts: the account that is credited, and its rights as policy sees them."""

    user: User
    viewer: Viewer
    importer: User | None = None  # who answers for an import that credits somebody else

    @property
    def user_id(self) -> int:
        """The credited account's number."""
        return key_of(self.user)

    @property
    def answerable_id(self) -> int:
        """The number of the account that answers for what is written."""
        return key_of(self.importer or self.user)


@dataclass(frozen=True)
class Means:
    """What a save works with: the renderer, the size a page may have in bytes of UTF-8, and the
    words that fields may take."""

    renderer: RendererProtocol
    max_bytes: int
    lists: Lists = SHIPPED


def save(
    session: Session,
    edit: Edit,
    *,
    by: Actor,
    means: Means,
    now: datetime,
) -> Revision | None:
    """Append a revision; None if the text is the head's already.

    What somebody saved since `edit.base_number` is joined with it; the revision's parent number
    tells (`Revision.joins`). EditConflict if the two do not go together, HeadMoved if somebody
    saves meanwhile; PermissionDenied, InvalidInput, PageNotFound. Nothing is written then.
    Cost: about 15 statements, one rendering.
    """
    page = readable_page(session, edit.slug, by.viewer)
    policy.require(policy.may_edit(by.viewer, page_facts(session, page, by.viewer, now), now=now))
    seen = page.head_number
    head = text_of(session, page, seen)
    checked = _checked(edit, means, head)
    summary = check_summary(edit.summary)
    if checked.source != head and edit.base_number != seen:
        checked = _joined(session, page, edit, checked, by.viewer, means)
    if checked.source == head:
        return None
    if edit.restores is None:
        public = page.state == "public"
        check_facts(session, page, checked, public=public, head=head, arriving=edit.voices)
    rendered = means.renderer.render(checked.source, language=checked.language or page.language)
    page = _locked(session, edit, seen, {page.kind, checked.kind}, rendered)
    arrive(session, page, edit.voices, by=by.answerable_id, now=now)
    kept = discretion(session, page, by.user_id, now)
    new = _revision(edit, checked, summary, by, kept, now)
    revision = append_revision(session, page, new)
    record(session, page_id=page.id, number=revision.number, text=checked.source)
    if page.state == "public":
        publish(session, page, revision, checked, rendered, now=now, daily=kept.daily)
    else:
        describe(page, checked)
        store_rendered(session, revision.text_id, rendered)
    session.flush()
    return revision


def create(
    session: Session,
    new: NewPage,
    *,
    by: Actor,
    means: Means,
    now: datetime,
) -> Page:
    """Make a page with its first revision, public at once unless it is a private draft.

    SlugTaken, InvalidInput, PermissionDenied; nothing is written then.
    """
    policy.require(policy.may_write(by.viewer))
    checked = check_text(clean_source(new.source), max_bytes=means.max_bytes, lists=means.lists)
    title, slug = check_title(new.title)
    slug = new.slug or slug
    licence = check_licence(checked.licence or new.licence)
    summary = check_summary(new.summary)
    check_facts(session, None, checked, public=not new.draft, arriving=new.voices)
    rendered = means.renderer.render(checked.source, language=checked.language or new.language)
    listed = checked.kind in SCHEMAS or lists_of(rendered.html)
    hold_clock(session) if listed else begin_writing(session)
    try:
        page = create_page(
            session,
            slug=slug,
            title=checked.title or title,
            now=now,
            state="draft" if new.draft else "public",
            language=checked.language or new.language,
            licence=licence,
        )
    except IntegrityError as race:
        raise SlugTaken() from race
    add_member(session, page, by.user)
    arrive(session, page, new.voices, by=by.answerable_id, now=now)
    revision = append_revision(session, page, _first(new, checked, summary, by, now))
    record(session, page_id=page.id, number=revision.number, text=checked.source)
    if new.draft:
        describe(page, checked)
        store_rendered(session, revision.text_id, rendered)
    else:
        daily = None if new.voices else False  # a page begins without any voice of its own
        publish(session, page, revision, checked, rendered, now=now, daily=daily)
    session.flush()
    return page


def _revision(
    edit: Edit, checked: Checked, summary: str, by: Actor, kept: Discretion, now: datetime
) -> NewRevision:
    return NewRevision(
        text=checked.source,
        author=by.user,
        parent=edit.base_number,
        saved_at=kept.moment(now),
        precision=kept.precision,
        hide_name=kept.hide_name,
        summary=summary,
        minor=edit.minor,
        via=edit.via,
        affiliation=edit.affiliation,
        importer=by.importer,
        restores=edit.restores,
    )


def _first(new: NewPage, checked: Checked, summary: str, by: Actor, now: datetime) -> NewRevision:
    return NewRevision(
        text=checked.source,
        author=by.user,
        saved_at=now,
        summary=summary,
        via=new.via,
        affiliation=new.affiliation,
        importer=by.importer,
    )


def _checked(edit: Edit, means: Means, head: str) -> Checked:
    if edit.restores is not None:
        return accepted_text(edit.source)
    source = returned(clean_source(edit.source), head)
    return check_text(source, max_bytes=means.max_bytes, lists=means.lists)


def _joined(
    session: Session, page: Page, edit: Edit, mine: Checked, viewer: Viewer, means: Means
) -> Checked:
    """The text with what was saved since its writer began, or EditConflict.

    A text that they may not read takes no part: what comes of it would tell what is in it.
    """
    base = readable_text(session, page, edit.base_number, viewer)
    head = readable_text(session, page, page.head_number, viewer)
    if base is not None and head is not None and edit.restores is None:
        joined = join(base, still_given(session, page.id, mine.source), head)
        if not joined.clashes:
            with suppress(InvalidInput):  # each of the two may be saved; both together may not
                return check_text(joined.text, max_bytes=means.max_bytes, lists=means.lists)
    raise EditConflict(edit.base_number, page.head_number)


def _locked(session: Session, edit: Edit, seen: int, kinds: set[str], rendered: Html) -> Page:
    """The page as the transaction that writes finds it, if it is still what was `seen`."""
    if not kinds.isdisjoint(SCHEMAS) or lists_of(rendered.html):
        hold_clock(session)
    page = lock_page(session, edit.slug)
    if page.state == "deleted":
        raise PageGone(edit.slug)
    if page.head_number != seen:
        raise HeadMoved(edit.base_number, page.head_number)
    return page


def lock_page(session: Session, slug: str) -> Page:
    """The page, read anew inside the writing transaction, its row held against other writers.

    PageNotFound if there is none; one in the recycle bin is found too.
    """
    begin_writing(session)
    page = session.scalar(_LOCKED, {"slug": slug})
    if page is None:
        raise PageNotFound(slug)
    return page
