"""Answers that came in and wait: all pages whose editors can put one in, one's own first."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from wiki.editing.blueprint import bp
from wiki.moderation.queries import levels_of
from wiki.policy import PageFacts, may_edit
from wiki.voices.waiting import WaitingPage, waiting_pages
from wiki.web.database import db_session, now
from wiki.web.login import current_viewer, signed_in_user

MOST = 200  # pages that are listed


@dataclass(frozen=True)
class WaitingView:
    """mine: pages where the viewer asked for one of the answers; others: the rest, by title."""

    mine: Sequence[WaitingPage]
    others: Sequence[WaitingPage]


@bp.get("/waiting")
def waiting() -> str:
    """The pages on which answers wait that this person may put in."""
    signed_in_user()
    session, viewer, at = db_session(), current_viewer(), now()
    found = waiting_pages(session, viewer, at, most=MOST)
    levels = levels_of(session, [page.page_id for page in found], at)
    theirs = [
        page
        for page in found
        if may_edit(
            viewer,  # who sees a draft is a member of it
            PageFacts(page.state, page.state == "draft", levels.get(page.page_id, "")),
            now=at,
        ).allowed
    ]
    view = WaitingView(
        [page for page in theirs if page.mine], [page for page in theirs if not page.mine]
    )
    return render_template("editing/waiting.html", view=view)
