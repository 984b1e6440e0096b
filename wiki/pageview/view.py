"""All that a page shows to one viewer, as one dataclass; templates get nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import policy
from wiki.accounts.models import User
from wiki.moderation.models import Decision, Protection
from wiki.moderation.queries import protection_of
from wiki.pages.licences import Licence, licence_of
from wiki.pages.models import Page, PageMember
from wiki.pages.queries import is_member, readable_page, shown_number
from wiki.pages.revisions import RevisionView
from wiki.pageview.case_page import CaseShown, LessonShown
from wiki.pageview.control import Control, Speaking, control
from wiki.pageview.live import LiveList
from wiki.pageview.panel import VoicesPanel
from wiki.pageview.told import Marked, Means, Told, told
from wiki.pageview.whose import Whose
from wiki.policy import PageFacts, Viewer
from wiki.rendering.phrases import is_right_to_left
from wiki.voices.waiting import waiting_answers
from wiki.web.i18n import gettext as _


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
    packed: bytes  # the story as `wiki.web.compression.deflated` packs it; b"": not packed yet
    contents: list[tuple[int, str, str]]
    case: CaseShown | None
    lesson: LessonShown | None
    whose: Whose | None
    control: Control | None
    changes_at: datetime | None
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
    only: str
    may_edit: bool
    why_not: str
    may_hand_receipts: bool
    may_rename: bool
    may_delete: bool
    may_revert: bool
    publish_url: str
    desk_links: list[tuple[str, str]]
    waiting: int = 0  # answers of partners that the viewer may put into the page
    live: tuple[LiveList, ...] = ()

    @property
    def ends_at(self) -> datetime | None:
        """When something it says is over by itself: a consent, a protection."""
        until = self.protection.until if self.protection is not None else None
        return min((at for at in (self.changes_at, until) if at is not None), default=None)

    @property
    def has_lists(self) -> bool:
        """Whether it shows lists that the wiki makes."""
        return bool(self.live) or 'class="live-list"' in self.story


@dataclass(frozen=True)
class Asked:
    """What the reader asked for."""

    slug: str
    number: int | None = None  # None: what is public (a draft's head for its members)
    voices: bool = False
    redirected_from: str = ""
    only: int = 0  # the place on the panel of the one voice to be marked; 0: all

    @property
    def marked(self) -> Marked:
        """Which passages are marked with their voices."""
        return Marked(self.voices, self.only)


def assemble(
    session: Session,
    asked: Asked,
    viewer: Viewer,
    *,
    means: Means,
    now: datetime,
) -> PageView:
    """Everything the page shows. PageNotFound, PageGone, RevisionNotFound.

    Cost: two SELECTs beside those of `told`, three for a protected page; one more for who may
    edit a case.
    """
    page = readable_page(session, asked.slug, viewer)
    newest = shown_number(page)
    number = asked.number or newest
    text = told(session, page, number, viewer, asked.marked, means, now)
    protection = protection_of(session, page.id, now)
    known = _facts(session, page, protection, viewer)
    draft = page.state == "draft"
    return PageView(
        slug=page.slug,
        title=page.title,
        kind=page.kind,
        language=page.language,
        direction="rtl" if is_right_to_left(page.language) else "ltr",
        summary=text.summary,
        account_line=text.account_line,
        story=Markup(text.html),  # noqa: S704  # cleaned by rendering.sanitize; slots add our words
        packed=text.packed,
        contents=list(text.contents),
        **_told(text),
        licence=licence_of(page.licence),
        voices=text.voices,
        origin_note=page.origin_note,
        number=number,
        newest_number=newest,
        is_newest=number == newest,
        last=text.last,
        draft=draft,
        members=_members(session, page) if draft else [],
        protection=_shown(session, protection),
        only=text.only,
        **_as_asked(asked),
        **_decides(text.whose, viewer, known, now),
        **_at_work(session, page, asked, viewer, known, text.last, now),
    )


def _as_asked(asked: Asked) -> dict[str, Any]:
    return {
        "permanent": asked.number is not None,
        "redirected_from": asked.redirected_from,
        "voices_on": asked.voices,
    }


def _at_work(
    session: Session,
    page: Page,
    asked: Asked,
    viewer: Viewer,
    known: PageFacts,
    revision: RevisionView,
    now: datetime,
) -> dict[str, Any]:
    """What the viewer may do, and how many answers wait for who may edit a case."""
    rights = _rights(viewer, known, page, revision, now)
    asks = rights["may_edit"] and page.kind == "case" and asked.number is None
    return {**rights, "waiting": len(waiting_answers(session, page, now)) if asks else 0}


def _told(text: Told) -> dict[str, Any]:
    """What goes from the text's facts to the page as it is, in the fields of PageView."""
    return {
        "case": text.case,
        "lesson": text.lesson,
        "whose": text.whose,
        "changes_at": text.changes_at,
        "live": text.live,
        "text_hidden": text.last.text_hidden,
        "render_failed": text.failed,
    }


def _facts(
    session: Session, page: Page, protection: Protection | None, viewer: Viewer
) -> PageFacts:
    level = protection.level if protection else ""
    member = page.state == "draft" and is_member(session, page, viewer)  # else nobody asks
    return PageFacts(page.state, member, level)


def _decides(
    whose: Whose | None, viewer: Viewer, known: PageFacts, now: datetime
) -> dict[str, Any]:
    """Who controls a case, in the fields of PageView."""
    if whose is None:
        return {"control": None, "may_hand_receipts": False}
    return {
        "control": control(whose.speaking, known, now),
        "may_hand_receipts": _may_hand(viewer, whose.speaking),
    }


def _may_hand(viewer: Viewer, speaks: Speaking) -> bool:
    """Whether a voice here has no code that this viewer may give to its speaker."""
    brought_in = viewer.user_id in speaks.importers
    lacking = speaks.receipts in ("some", "none")
    return lacking and policy.may_hand_receipt(viewer, brought_in=brought_in).allowed


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
        "desk_links": _desk_links(page, revision.number, viewer),
    }


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
    lesson = [(_("Withdraw the lesson …"), f"/desk/withdraw-lesson/{page.slug}")]
    return [
        (_("Protect …"), f"/desk/protect/{page.slug}"),
        (_("Hide parts of this revision …"), f"/desk/hide/{page.slug}/{number}"),
        *(lesson if page.kind == "lesson" else ()),
        (_("Decisions about this page"), f"/decisions?page={page.slug}"),
    ]
