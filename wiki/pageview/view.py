"""All that a page shows to one viewer, as one dataclass; templates get nothing else."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import policy
from wiki.accounts.models import User
from wiki.cases.facts import Fact, account_line, facts
from wiki.errors import RevisionNotFound
from wiki.moderation.models import Decision, Protection
from wiki.moderation.queries import protection_of
from wiki.pages.licences import Licence, licence_of
from wiki.pages.models import Page, PageMember
from wiki.pages.queries import existing_slugs, is_member, readable_page, shown_number
from wiki.pages.revisions import RevisionView, revision_view
from wiki.pages.storage import load_text
from wiki.pageview.copies import Copy, copy_of
from wiki.pageview.panel import Counted, PanelWords, VoicesPanel, panel
from wiki.pageview.slots import colour_links
from wiki.pageview.voices import count, with_voices
from wiki.policy import PageFacts, Viewer
from wiki.rendering.phrases import is_right_to_left
from wiki.rendering.worker import RendererProtocol
from wiki.text import front_matter
from wiki.web.i18n import gettext as _

PANEL_VOICES = 6


@dataclass(frozen=True)
class ShownProtection:
    """What protects the page, and why."""

    level: str
    until: datetime | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class PageView:
    """One page, or one revision of it, as one viewer may read it. Texts are not yet escaped."""

    slug: str
    title: str
    kind: str
    language: str
    direction: str
    summary: str
    account_line: str
    story: Markup
    contents: list[tuple[int, str, str]]
    facts: list[Fact]
    licence: Licence
    voices: VoicesPanel | None
    origin_note: str
    number: int
    newest_number: int
    is_newest: bool
    permanent: bool
    last: RevisionView
    text_hidden: bool
    render_failed: bool
    draft: bool
    members: list[str]
    redirected_from: str
    protection: ShownProtection | None
    voices_on: bool
    may_edit: bool
    why_not: str
    may_rename: bool
    may_delete: bool
    may_revert: bool
    publish_url: str
    desk_links: list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """What the reader asked for."""

    slug: str
    number: int | None = None  # None: what is public (a draft's head for its members)
    voices: bool = False
    redirected_from: str = ""


@dataclass(frozen=True)
class Words:
    """Sentences in the reader's language that business code cannot make."""

    panel: PanelWords
    missing_link: str
    nobody: str  # nobody from this partnership has written here yet


@lru_cache(maxsize=256)
def fields_of(source: str) -> dict[str, Any]:
    """The front matter's fields; none where it cannot be read (an imported page may hold any)."""
    try:
        return dict(front_matter.read(source).fields)
    except front_matter.FrontMatterError:
        return {}


def assemble(
    session: Session,
    asked: Asked,
    viewer: Viewer,
    *,
    words: Words,
    renderer: RendererProtocol,
    now: datetime,
) -> PageView:
    """Everything the page shows. PageNotFound, PageGone, RevisionNotFound.

    Cost: about ten SELECTs; anonymous readers get the stored page instead.
    """
    page = readable_page(session, asked.slug, viewer)
    newest = shown_number(page)
    number = asked.number or newest
    revision = _revision(session, page, number, viewer)
    text = _text(session, page, revision, renderer)
    protection = protection_of(session, page.id, now)
    known = _facts(session, page, protection, viewer)
    draft = page.state == "draft"
    return PageView(
        slug=page.slug,
        title=page.title,
        kind=page.kind,
        language=page.language,
        direction="rtl" if is_right_to_left(page.language) else "ltr",
        summary=_line(text.fields.get("summary") or text.fields.get("claim")),
        account_line=account_line(text.fields),
        story=_story(session, page, asked, text, words, viewer),
        contents=list(text.copy.contents),
        facts=facts(text.fields),
        licence=licence_of(page.licence),
        voices=None if revision.text_hidden else _panel(text, words),
        origin_note=page.origin_note,
        number=number,
        newest_number=newest,
        is_newest=number == newest,
        permanent=asked.number is not None,
        last=revision,
        text_hidden=revision.text_hidden,
        render_failed=text.copy.failed,
        draft=draft,
        members=_members(session, page) if draft else [],
        redirected_from=asked.redirected_from,
        protection=_shown(session, protection),
        voices_on=asked.voices,
        **_rights(viewer, known, page, revision, now),
        desk_links=_desk_links(page, number, viewer),
    )


def _revision(session: Session, page: Page, number: int, viewer: Viewer) -> RevisionView:
    if number > shown_number(page):
        raise RevisionNotFound()
    return revision_view(session, page, number, viewer)


def _facts(
    session: Session, page: Page, protection: Protection | None, viewer: Viewer
) -> PageFacts:
    level = protection.level if protection else ""
    return PageFacts(page.state, is_member(session, page, viewer), level)


def _rights(
    viewer: Viewer, known: PageFacts, page: Page, revision: RevisionView, now: datetime
) -> dict[str, Any]:
    """What this viewer may do with the page, in the fields of PageView."""
    edit = policy.may_edit(viewer, known, now=now)
    newest = revision.number == shown_number(page)
    draft = page.state == "draft" and known.member
    return {
        "may_edit": edit.allowed,
        "why_not": edit.why if viewer.signed_in else "",
        "may_rename": edit.allowed,
        "may_delete": policy.may_delete(viewer, known).allowed,
        "may_revert": edit.allowed and not newest and not revision.text_hidden,
        "publish_url": f"/w/{page.slug}/publish" if draft else "",
    }


@dataclass(frozen=True)
class _Text:
    """A revision's text with all that is derived from it; empty if it is hidden."""

    number: int
    source: str
    copy: Copy
    counted: Counted
    fields: dict[str, Any]


def _text(
    session: Session, page: Page, revision: RevisionView, renderer: RendererProtocol
) -> _Text:
    if revision.text_hidden:
        return _Text(revision.number, "", Copy("", (), (), False), Counted({}, {}), {})
    copy = copy_of(
        session, revision.text_id, revision.sha256, renderer=renderer, language=page.language
    )
    source = load_text(session, revision.text_id, revision.sha256)
    counted = count(session, page, revision.number, source)
    return _Text(revision.number, source, copy, counted, fields_of(source))


def _story(
    session: Session, page: Page, asked: Asked, text: _Text, words: Words, viewer: Viewer
) -> Markup:
    """The safe HTML with its slots filled; the sanitisers had their word when it was rendered."""
    html = text.copy.html
    if asked.voices and html and not text.copy.failed:
        html = with_voices(session, page, text.number, text.source, html, words=words.panel)
    existing = existing_slugs(session, text.copy.links, viewer)
    html = colour_links(html, existing, missing_title=words.missing_link)
    return Markup(html)  # noqa: S704  # cleaned by rendering.sanitize; the slots add our own words


def _panel(text: _Text, words: Words) -> VoicesPanel:
    made = panel(text.counted, words.panel, shown=PANEL_VOICES, hrefs={})
    if text.fields.get("account_basis") == "desk_summary":
        made.notes.append(words.nobody)
    return made


def _members(session: Session, page: Page) -> list[str]:
    return list(
        session.scalars(
            select(User.name)
            .join(PageMember, PageMember.user_id == User.id)
            .where(PageMember.page_id == page.id)
            .order_by(User.name)
        )
    )


def _shown(session: Session, protection: Protection | None) -> ShownProtection | None:
    if protection is None:
        return None
    decision = session.get_one(Decision, protection.decision_id)
    return ShownProtection(protection.level, protection.until, decision.reason)


def _desk_links(page: Page, number: int, viewer: Viewer) -> list[tuple[str, str]]:
    """What a moderator can do about this revision; nothing for others, and not on a draft."""
    if page.state != "public" or not policy.may_moderate(viewer).allowed:
        return []
    return [
        (_("Protect …"), f"/desk/protect/{page.slug}"),
        (_("Hide parts of this revision …"), f"/desk/hide/{page.slug}/{number}"),
        (_("Decisions about this page"), f"/decisions?page={page.slug}"),
    ]


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


@dataclass(frozen=True)
class AllVoices:
    """Every voice of a page's shown revision, with its share."""

    slug: str
    title: str
    number: int
    voices: VoicesPanel
    words: int
    account_line: str


def all_voices(session: Session, slug: str, viewer: Viewer, *, words: Words) -> AllVoices:
    """The whole panel of a page. PageNotFound, PageGone. Cost: about six SELECTs."""
    page = readable_page(session, slug, viewer)
    number = shown_number(page)
    revision = revision_view(session, page, number, viewer)
    source = load_text(session, revision.text_id, revision.sha256)
    counted = count(session, page, number, source)
    made = panel(counted, words.panel, shown=len(counted.words), hrefs={})
    return AllVoices(
        slug, page.title, number, made, counted.total, account_line(fields_of(source))
    )
