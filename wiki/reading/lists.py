"""Lists: the first screen, recent changes, all pages, the decision log, the patterns."""

from itertools import groupby

from flask import render_template, url_for

from wiki.cases.vocabulary import vocabulary
from wiki.errors import PageGone, PageNotFound
from wiki.moderation.queries import decisions
from wiki.pages.queries import (
    all_pages,
    newest_of_kind,
    own_drafts,
    pages_by_slug,
    readable_page,
    wanted_pages,
)
from wiki.pages.revisions import Change, recent_changes, untimed_changes
from wiki.policy import may_write
from wiki.reading.blueprint import bp
from wiki.reading.drawn_patterns import drawn_patterns
from wiki.reading.shapes import (
    AllPages,
    Day,
    DecisionRow,
    Decisions,
    Filters,
    Home,
    Pager,
    Recent,
)
from wiki.text.slugs import title_from_slug
from wiki.voices.waiting import waiting_pages
from wiki.web.arguments import asked_text
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

ROWS = 50
PAGES = 100
NEWEST = 5
MOST_WAITING = 200  # pages on which answers are counted
KINDS = ("case", "lesson", "theme", "page")


@bp.get("/")
def home() -> str:
    """What this is, a search box, two ways in, what is new, the nine themes."""
    session, viewer = db_session(), current_viewer()
    view = Home(
        lessons=newest_of_kind(session, "lesson", viewer, NEWEST),
        cases=newest_of_kind(session, "case", viewer, NEWEST),
        themes=pages_by_slug(session, list(vocabulary("theme").labels), viewer),
        waiting=_waiting() if may_write(viewer).allowed else 0,
    )
    return render_template("reading/home.html", view=view)


def _waiting() -> int:
    """How many answers wait that this person asked for. One SELECT."""
    pages = waiting_pages(db_session(), current_viewer(), now(), most=MOST_WAITING, own=True)
    return sum(page.mine for page in pages)


@bp.get("/recent")
def recent() -> str:
    """What was saved last, by day; with `?untimed=1` what is told to the day only."""
    kind = asked_text("kind")
    kind = kind if kind in KINDS else ""
    if asked_text("untimed") == "1":
        untimed = untimed_changes(db_session(), current_viewer(), kind=kind)
        return render_template("reading/recent.html", view=Recent(_by_day(untimed), untimed=True))
    before = asked_text("before")
    rows = recent_changes(db_session(), current_viewer(), before=before, kind=kind, limit=ROWS + 1)
    shown = rows[:ROWS]
    older = ""
    if len(rows) > ROWS:
        last = shown[-1].revision.public_id
        older = url_for("reading.recent", before=last, kind=kind or None)
    view = Recent(_by_day(shown), Pager(older=older), _filters("reading.recent", kind))
    return render_template("reading/recent.html", view=view)


def _by_day(rows: list[Change]) -> list[Day]:
    return [
        Day(day, list(changes))
        for day, changes in groupby(
            rows,
            key=lambda change: change.revision.saved_at.replace(
                hour=0, minute=0, second=0, microsecond=0
            ),
        )
    ]


def _filters(endpoint: str, kind: str) -> Filters:
    labels = {
        "case": _("Cases"),
        "lesson": _("Lessons"),
        "theme": _("Themes"),
        "page": _("Other pages"),
    }
    everything = (_("All"), url_for(endpoint), not kind)
    return [everything, *((labels[k], url_for(endpoint, kind=k), k == kind) for k in KINDS)]


@bp.get("/pages", endpoint="all_pages")
def every_page() -> str:
    """Every page by address; on the first part, own drafts and pages that are wanted."""
    session, viewer = db_session(), current_viewer()
    kind = asked_text("kind")
    kind = kind if kind in KINDS else ""
    after = asked_text("after")
    pages = all_pages(session, viewer, after=after, kind=kind, limit=PAGES + 1)
    shown, older = pages[:PAGES], ""
    if len(pages) > PAGES:
        older = url_for("reading.all_pages", after=shown[-1].slug, kind=kind or None)
    first = not after and not kind
    wanted = wanted_pages(session) if first else []
    view = AllPages(
        pages=shown,
        drafts=own_drafts(session, viewer) if viewer.signed_in and first else [],
        wanted=[(slug, title_from_slug(slug), links) for slug, links in wanted],
        pager=Pager(older=older),
        filters=_filters("reading.all_pages", kind),
    )
    return render_template("reading/all_pages.html", view=view)


@bp.get("/decisions", endpoint="decisions")
def decision_log() -> str:
    """What moderators did and why; of one page with `?page=`."""
    session, viewer = db_session(), current_viewer()
    slug = asked_text("page")
    page = None
    if slug:
        try:
            page = readable_page(session, slug, viewer)
        except (PageNotFound, PageGone):
            slug = ""
    found = decisions(
        session,
        viewer,
        page_id=page.id if page else None,
        before=asked_text("before"),
        limit=ROWS + 1,
    )
    older = ""
    if len(found) > ROWS:
        last = found[ROWS - 1].public_id
        older = url_for("reading.decisions", before=last, page=slug or None)
    rows = [
        DecisionRow(
            public_id=line.public_id,
            act=line.act,
            actor=line.actor or _("a former contributor"),
            slug=line.slug,
            title=line.title,
            subject=line.subject,
            reason=line.reason,
            revision_number=line.revision_number,
            at=line.at,
            by_day=line.by_day,
            details=_details(line.details),
        )
        for line in found[:ROWS]
    ]
    view = Decisions(rows, page.title if page else "", slug, Pager(older=older))
    return render_template("reading/decisions.html", view=view)


def _details(details: object) -> list[str]:
    """Plain facts of a decision as "name: value"."""
    if not isinstance(details, dict):
        return []
    return [f"{name}: {value}" for name, value in details.items()]


@bp.get("/patterns")
def patterns() -> str:
    """Every component once, with made-up values."""
    return render_template("reading/patterns.html", view=drawn_patterns())
