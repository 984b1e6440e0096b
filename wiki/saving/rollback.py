"""Taking back one account's run of edits, page by page, where nobody edited after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from wiki import policy
from wiki.accounts.models import User
from wiki.errors import EditConflict
from wiki.moderation.decisions import decide
from wiki.moderation.queries import protection_of
from wiki.moderation.service import hold_page
from wiki.pages.models import Byline, Page, Revision
from wiki.policy import PageFacts, Viewer
from wiki.saving.curation import delete, revert
from wiki.saving.service import Actor, Means

MOST = 100  # pages in one plan


@dataclass(frozen=True)
class Step:
    """What rolling back does to one page.

    what: "revert" brings revision `to` back; "delete" puts a page that the run is the whole of
    into the recycle bin. Left alone: "later", somebody edited after; "hidden", the revision
    before is hidden; "same", the run changed nothing in the end; "protected", above the viewer.
    """

    slug: str
    title: str
    what: str
    first: int  # the run
    last: int
    to: int

    @property
    def acts(self) -> bool:
        """Whether anything would change."""
        return self.what in ("revert", "delete")

    @property
    def revisions(self) -> int:
        """How many revisions the run has; 0 where somebody edited after it."""
        return 0 if self.what == "later" else self.last - self.first + 1


def plan(
    session: Session,
    account: User,
    viewer: Viewer,
    *,
    now: datetime,
    slug: str = "",
    since: datetime | None = None,
) -> list[Step]:
    """What rolling back the account would do to each public page it edited, last changed first.

    `slug`: of one page only. `since`: a run begins with the first edit saved then or later, so
    that an account's older work stays. Drafts are not looked at, and pages where the account is
    shown under another name or speaks unnamed are left out: a list of them would say who that is.
    PermissionDenied. One SELECT, at most MOST pages.
    """
    policy.require(policy.may_moderate(viewer))
    theirs, head, before = aliased(Byline), aliased(Revision), aliased(Revision)
    in_run = Revision.byline_id == theirs.id
    if since is not None:
        in_run = and_(in_run, Revision.saved_at >= since)
    of_page = select(func.max(Revision.number)).where(Revision.page_id == Page.id)
    newest = of_page.where(in_run).scalar_subquery()
    other = func.coalesce(of_page.where(not_(in_run)).scalar_subquery(), 0)
    query = (
        select(Page, newest.label("newest"), other.label("other"), head, before)
        .join(theirs, and_(theirs.page_id == Page.id, theirs.user_id == account.id))
        .join(head, and_(head.page_id == Page.id, head.number == Page.head_number))
        .outerjoin(before, and_(before.page_id == Page.id, before.number == other))
        .where(Page.state == "public", theirs.display.is_(None), newest.is_not(None))
        .where(not_(_kept_back(theirs.id)))
        .order_by(Page.changed_at.desc(), Page.id)
        .limit(MOST)
    )
    if slug:
        query = query.where(Page.slug == slug)
    steps = []
    for page, run_end, run_start, head_row, before_row in session.execute(query):
        what = _what(page, run_end, head_row, before_row)
        if what in ("revert", "delete") and not _allowed(session, page, viewer, now):
            what = "protected"
        to = run_start if what == "revert" else 0
        steps.append(Step(page.slug, page.title, what, run_start + 1, run_end, to))
    return steps


def _kept_back(byline_id: Any) -> Any:
    """Whether an edit under this byline keeps its author's name back."""
    edit = aliased(Revision)
    return exists().where(edit.byline_id == byline_id, edit.kept_back)


def _what(page: Page, run_end: int, head: Revision, before: Revision | None) -> str:
    if run_end != page.head_number:
        return "later"
    if before is None or before.number < (page.public_from_number or 1):
        return "delete"  # what was written before publication never becomes public by this
    if before.hide_text or before.redacted_at is not None:
        return "hidden"
    return "same" if before.text_id == head.text_id else "revert"


def _allowed(session: Session, page: Page, viewer: Viewer, now: datetime) -> bool:
    protection = protection_of(session, page.id, now)
    known = PageFacts(page.state, protection=protection.level if protection else "")
    return policy.may_edit(viewer, known, now=now).allowed


def roll_back(
    session: Session,
    slug: str,
    account: User,
    *,
    reason: str,
    summary: str,
    by: Actor,
    means: Means,
    now: datetime,
    since: datetime | None = None,
) -> Step | None:
    """Take back the account's run at the head of one page; what was done, None if not theirs.

    The text before the run comes back as a new revision by the moderator, with `summary`; a page
    that is nothing but the run goes into the recycle bin. A step that does not act changes
    nothing. EditConflict if somebody saves meanwhile, InvalidInput("reason"), PermissionDenied.
    One page a transaction: the edge commits between two. Cost: as a save.
    """
    steps = plan(session, account, by.viewer, now=now, slug=slug, since=since)
    if not steps or not steps[0].acts:
        return steps[0] if steps else None
    step = steps[0]
    if step.what == "delete":
        held = hold_page(session, slug, by.viewer)
        if plan(session, account, by.viewer, now=now, slug=slug, since=since) != steps:
            raise EditConflict(step.last, held.head_number)
        page = delete(session, slug, reason=reason, by=by, now=now)
    else:
        base = step.last
        revision = revert(
            session, slug, step.to, base_number=base, reason=summary, by=by, means=means, now=now
        )
        if revision is None:
            return step
        page = session.get_one(Page, revision.page_id)
    told = {"revisions": step.revisions} | ({"to": step.to} if step.to else {})
    decide(
        session,
        "roll_back",
        actor=by.user,
        reason=reason,
        now=now,
        page=page,
        subject=account,
        details=told,
    )
    return step
