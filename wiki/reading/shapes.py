"""What the reading templates are given, beside the page itself."""

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.moderation.models import Decision
from wiki.pages.models import Page
from wiki.pages.queries import PageLine
from wiki.pages.revisions import Change, RevisionView
from wiki.policy import Viewer

Filters = list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Pager:
    """Where a list goes on: addresses ("" if it does not), and what part this is (0: not said)."""

    newer: str = ""
    older: str = ""
    first: int = 0
    last: int = 0
    total: int = 0


@dataclass(frozen=True)
class Missing:
    """A page that nobody has written yet."""

    slug: str
    title: str
    may_create: bool
    why_not: str
    nearest: list[PageLine]
    pages: list[PageLine]


@dataclass(frozen=True)
class Backlinks:
    """What links to a page."""

    slug: str
    title: str
    exists: bool
    pages: list[PageLine]


@dataclass(frozen=True)
class Tombstone:
    """A deleted page: that it was here, when it went and why, not what it said."""

    slug: str
    title: str
    deleted_at: datetime
    by: str
    reason: str
    may_restore: bool


def tombstone(session: Session, slug: str, viewer: Viewer) -> Tombstone:
    """What is said where a deleted page was. One SELECT."""
    row = session.execute(
        select(Page.changed_at, Decision.at, Decision.reason, User.name)
        .outerjoin(Decision, (Decision.page_id == Page.id) & (Decision.act == "delete"))
        .outerjoin(User, User.id == Decision.actor_id)
        .where(Page.slug == slug)
        .order_by(Decision.id.desc())
        .limit(1)
    ).one()
    return Tombstone(
        slug=slug,
        title="",
        deleted_at=row.at or row.changed_at,
        by=row.name or "",
        reason=row.reason or "",
        may_restore=viewer.at_least("moderator"),
    )


@dataclass(frozen=True)
class Home:
    """The first screen."""

    lessons: list[PageLine]
    cases: list[PageLine]
    themes: list[PageLine]
    waiting: int = 0  # answers that the viewer asked for and that wait


@dataclass(frozen=True)
class History:
    """The history of a page."""

    slug: str
    title: str
    list: Markup
    authors: int


@dataclass(frozen=True)
class HistoryList:
    """The revisions of a page, a part of them."""

    slug: str
    rows: list[RevisionView]
    compare_url: str
    old: int | None
    new: int | None
    pager: Pager


@dataclass(frozen=True)
class Day:
    """The changes of one day."""

    day: datetime
    rows: list[Change]


@dataclass(frozen=True)
class Recent:
    """Recent changes by day."""

    days: list[Day]
    pager: Pager = field(default_factory=Pager)
    filters: Filters = field(default_factory=list)
    untimed: bool = False  # those that are told to the day only, in no order of time


@dataclass(frozen=True)
class AllPages:
    """Every page the viewer may read."""

    pages: list[PageLine]
    drafts: list[PageLine]
    wanted: list[tuple[str, str, int]]
    pager: Pager
    filters: Filters


@dataclass(frozen=True)
class DecisionRow:
    """A line of the decision log."""

    public_id: str
    act: str
    actor: str
    slug: str
    title: str
    subject: str
    reason: str
    revision_number: int | None
    at: datetime
    by_day: bool = False  # no hour of it is told
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Decisions:
    """The decision log, of the wiki or of one page."""

    rows: list[DecisionRow]
    page_title: str
    page_slug: str
    pager: Pager
