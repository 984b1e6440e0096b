"""What changed: the history of a page, and the difference of two revisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import getsizeof

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.errors import RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.revisions import RevisionView, first_readable, history, people, revision_view
from wiki.pages.storage import load_text
from wiki.pageview.exchanged import Exchanged, exchanged
from wiki.pageview.kept import Kept
from wiki.pageview.naming import voices_in
from wiki.reading.blueprint import bp
from wiki.reading.board import page_means
from wiki.reading.shapes import History, HistoryList, Pager
from wiki.text.diff import Diff
from wiki.text.diff import compare as compare_texts
from wiki.web.arguments import asked_number
from wiki.web.database import db_session, now
from wiki.web.i18n import current_language
from wiki.web.login import current_viewer

ROWS = 50
KEPT_BYTES = 3_000_000  # about a hundred lists; as much again of differences

# What is told of a page's revisions is the same for every reader who may know of them, and all of
# it is in the key: whatever hides or renames something changes the page's stamp.
KEPT: Kept[tuple[Markup, int]] = Kept(KEPT_BYTES)
KEPT_DIFFS: Kept[tuple[Diff, Exchanged]] = Kept(KEPT_BYTES)


@dataclass(frozen=True, kw_only=True)
class DiffView:
    """Two revisions and what lies between them."""

    slug: str
    title: str
    language: str
    old: RevisionView
    new: RevisionView
    diff: Diff
    exchanged: Exchanged
    speakers: list[tuple[str, str]]  # key of a voice in these lines, how it is named
    between: int
    older_url: str
    newer_url: str
    hidden: bool


@bp.get("/w/<path:slug>/history", endpoint="history")
def history_of(slug: str) -> ResponseReturnValue:
    """The revisions of a page, newest first, fifty a page."""
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    before, first = asked_number("before"), first_readable(session, page, viewer)
    asked = (first, before, current_language(), request.root_path)
    key = (page.public_id, page.public_stamp, page.head_number, page.state, *asked)
    found = KEPT.get(key)
    if found is None:
        found = _listed(session, page, before, first), people(session, page, viewer)
        if page.state == "public":
            KEPT.put(key, found, getsizeof(found[0]))
    return render_template("reading/history.html", view=History(slug, page.title, *found))


def _listed(session: Session, page: Page, before: int | None, first: int) -> Markup:
    """A part of the revisions as it stands on the page."""
    rows = history(session, page, current_viewer(), before=before, limit=ROWS)
    view = HistoryList(
        slug=page.slug,
        rows=rows,
        compare_url=url_for("reading.compare", slug=page.slug),
        old=rows[1].number if len(rows) > 1 else None,
        new=rows[0].number if len(rows) > 1 else None,
        pager=_pager(page, rows, first),
    )
    html = render_template("reading/_history_list.html", view=view)
    return Markup(html)  # noqa: S704  # a template of ours, which escapes what it prints


def _pager(page: Page, rows: list[RevisionView], first: int) -> Pager:
    if not rows:
        return Pager()
    newest, oldest = rows[0].number, rows[-1].number
    newer = ""
    if newest < page.head_number:
        start = newest + ROWS + 1
        before = start if start <= page.head_number else None
        newer = url_for("reading.history", slug=page.slug, before=before)
    older = url_for("reading.history", slug=page.slug, before=oldest) if oldest > first else ""
    head = page.head_number
    return Pager(newer, older, head - newest + 1, head - oldest + 1, head - first + 1)


@bp.get("/w/<path:slug>/compare")
def compare(slug: str) -> ResponseReturnValue:
    """From the two radio buttons of the history to the address of the difference."""
    old, new = asked_number("old"), asked_number("new")
    if old is None or new is None:
        return redirect(url_for("reading.history", slug=slug), code=302)
    old, new = min(old, new), max(old, new)
    return redirect(url_for("reading.diff", slug=slug, old=old, new=new), code=302)


@bp.get("/w/<path:slug>/diff/<int:old>/<int:new>", endpoint="diff")
def difference(slug: str, old: int, new: int) -> ResponseReturnValue:
    """What changed between two revisions: lines first, then words inside changed lines.

    Between the first that the viewer may read and those before it, everything: that one is shown.
    """
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    if max(old, new) > shown_number(page):
        raise RevisionNotFound()
    first = first_readable(session, page, viewer)
    if 0 < old < first == new:
        return redirect(url_for("reading.revision", slug=slug, number=new), code=302)
    before, after = (revision_view(session, page, n, viewer) for n in (old, new))
    hidden = before.text_hidden or after.text_hidden
    found, whose = _between(session, page, before, after)
    view = DiffView(
        slug=slug,
        title=page.title,
        language=page.language,
        old=before,
        new=after,
        diff=found,
        exchanged=whose,
        speakers=voices_in(session, page, _lines(found), page_means().words.cases, now()),
        between=max(0, abs(new - old) - 1),
        older_url=_step(slug, old, first, page.head_number),
        newer_url=_step(slug, new + 1, first, page.head_number),
        hidden=hidden,
    )
    return render_template("reading/diff.html", view=view)


def _between(
    session: Session, page: Page, before: RevisionView, after: RevisionView
) -> tuple[Diff, Exchanged]:
    """What changed and whose words; nothing if a text is hidden. Kept as the lists above are.

    Cost: a comparison of the texts and the origins of all their words, once for each state of the
    page.
    """
    if before.text_hidden or after.text_hidden:
        return Diff((), 0, 0, False), Exchanged()
    key = (page.public_id, page.public_stamp, page.state, before.number, after.number)
    found = KEPT_DIFFS.get(key)
    if found is None:
        forward = before.number < after.number
        found = (
            compare_texts(
                load_text(session, before.text_id, before.sha256),
                load_text(session, after.text_id, after.sha256),
            ),
            exchanged(session, page, before, after) if forward else Exchanged(),
        )
        if page.state == "public":
            KEPT_DIFFS.put(key, found, _weight(found[0]))
    return found


def _lines(diff: Diff) -> Iterator[str]:
    for row in diff.rows:
        yield "".join(piece.text for piece in row.old)
        yield "".join(piece.text for piece in row.new)


def _weight(diff: Diff) -> int:
    """About how many bytes a difference takes in memory."""
    pieces = [piece for row in diff.rows for piece in (*row.old, *row.new)]
    return 4_000 + sum(200 + 2 * len(piece.text) for piece in pieces)


def _step(slug: str, new: int, first: int, head: int) -> str:
    """The address of the single change that made revision `new`."""
    if not first < new <= head:
        return ""
    return url_for("reading.diff", slug=slug, old=new - 1, new=new)
