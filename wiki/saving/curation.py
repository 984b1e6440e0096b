"""Publish a draft, revert, rename, delete and bring back: acts on a whole page."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki import policy
from wiki.cases.rules import SCHEMAS
from wiki.cases.service import bump_showing, forget, hold_clock
from wiki.errors import InvalidInput, PageNotFound, RevisionNotFound
from wiki.moderation.decisions import decide
from wiki.outbox.service import enqueue
from wiki.pages.models import Page, Revision
from wiki.pages.queries import facts, find_page, readable_page
from wiki.pages.revisions import revision_row
from wiki.pages.service import bump, bump_linking, set_links, text_of
from wiki.pages.service import rename as move
from wiki.policy import Viewer
from wiki.saving.checks import accepted_text, check_complete, check_title
from wiki.saving.completeness import check_marks
from wiki.saving.publication import publish
from wiki.saving.service import Actor, Edit, Means, lock_page, page_facts, save
from wiki.text import front_matter


def publish_draft(
    session: Session,
    slug: str,
    *,
    by: Actor,
    means: Means,
    now: datetime,
) -> Page:
    """Let everybody read a draft's head. Only a member may; what came before stays unread.

    Words older than the first public revision read "before publication".
    """
    page = readable_page(session, slug, by.viewer)
    policy.require(policy.may_edit(by.viewer, facts(session, page, by.viewer), now=now))
    source = text_of(session, page, page.head_number)
    checked = accepted_text(source)
    check_complete(checked.document.fields)
    check_marks(session, page, checked, public=True)
    rendered = means.renderer.render(source, language=page.language)
    hold_clock(session)
    page = lock_page(session, slug)
    if page.state == "draft":
        revision = revision_row(session, page.id, page.head_number)
        publish(session, page, revision, checked, rendered, now=now)
    return page


def revert(
    session: Session,
    slug: str,
    number: int,
    *,
    base_number: int,
    reason: str,
    by: Actor,
    means: Means,
    now: datetime,
) -> Revision | None:
    """Bring back the text of revision `number` as a new revision; its words keep their authors.

    RevisionNotFound if there is none or its text is hidden; else as `save`.
    """
    page = readable_page(session, slug, by.viewer)
    row = revision_row(session, page.id, number)
    if row.hide_text or row.redacted_at is not None:
        raise RevisionNotFound()
    edit = Edit(
        slug=slug,
        base_number=base_number,
        source=text_of(session, page, number),
        summary=reason,
        restores=number,
    )
    return save(
        session,
        edit,
        by=by,
        means=means,
        now=now,
    )


def rename(
    session: Session,
    slug: str,
    new_title: str,
    *,
    by: Actor,
    means: Means,
    now: datetime,
) -> Page:
    """Give a page a new title and address; the old address redirects, links keep working.

    Where the front matter names the title, a revision by the renamer says the new one. SlugTaken,
    InvalidInput("title"), PermissionDenied.
    """
    page = readable_page(session, slug, by.viewer)
    policy.require(policy.may_edit(by.viewer, page_facts(session, page, by.viewer, now), now=now))
    title, new_slug = check_title(new_title)
    if title == page.title and new_slug == page.slug:
        raise InvalidInput("title", "The page has this title already.")
    document = accepted_text(text_of(session, page, page.head_number)).document
    if "title" in document.fields:
        edit = Edit(
            slug=slug,
            base_number=page.head_number,
            source=front_matter.write({**document.fields, "title": title}, document.body),
            summary=f"{page.title} → {title}",
        )
        save(
            session,
            edit,
            by=by,
            means=means,
            now=now,
        )
    if page.kind in SCHEMAS:
        hold_clock(session)
    page = lock_page(session, slug)
    move(session, page, slug=new_slug, title=title, now=now)
    if page.state == "public":
        bump_showing(session, page)
        enqueue(session, "index", page.id, now)
    return page


def delete(session: Session, slug: str, *, reason: str, by: Actor, now: datetime) -> Page:
    """Put a page into the recycle bin. Nothing is lost; links to it turn red.

    A public page takes a moderator and a reason in the log; a draft is its members' own.
    """
    readable_page(session, slug, by.viewer)
    hold_clock(session)
    page = lock_page(session, slug)
    policy.require(policy.may_delete(by.viewer, facts(session, page, by.viewer)))
    if page.state == "public":
        decide(session, "delete", actor=by.user, page=page, reason=reason, now=now)
        bump_linking(session, page.slug)
        enqueue(session, "index", page.id, now)
    page.state = "deleted"
    page.changed_at = now
    set_links(session, page, ())
    bump(page)
    session.flush()
    forget(session, page)
    return page


def restore(
    session: Session,
    slug: str,
    *,
    reason: str,
    by: Actor,
    means: Means,
    now: datetime,
) -> Page:
    """Bring a page back from the recycle bin, as public as it was. PageNotFound if not in it."""
    page = _in_the_bin(session, slug)
    if page.public_from_number is None:
        policy.require(
            policy.may_delete(
                by.viewer, policy.PageFacts("draft", _member(session, page, by.viewer))
            )
        )
    else:
        policy.require(policy.may_moderate(by.viewer))
    number = page.public_number or page.head_number
    source = text_of(session, page, number)
    checked = accepted_text(source)
    rendered = means.renderer.render(source, language=page.language)
    hold_clock(session)
    page = lock_page(session, slug)
    if page.state != "deleted":
        raise PageNotFound(slug)
    if page.public_from_number is None:
        page.state = "draft"
        page.changed_at = now
        return page
    decide(session, "restore", actor=by.user, page=page, reason=reason, now=now)
    publish(session, page, revision_row(session, page.id, number), checked, rendered, now=now)
    page.changed_at = now
    return page


def _in_the_bin(session: Session, slug: str) -> Page:
    page = find_page(session, slug)
    if page is None or page.state != "deleted":
        raise PageNotFound(slug)
    return page


def _member(session: Session, page: Page, viewer: Viewer) -> bool:
    return facts(session, page, viewer).member
