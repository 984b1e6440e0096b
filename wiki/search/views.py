"""The page of search results."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from wiki.search.service import LAST_PAGE, ask
from wiki.web.database import db_session
from wiki.web.login import current_viewer

bp = Blueprint("search", __name__)


@bp.get("/search")
def results() -> ResponseReturnValue:
    """What `q` finds, page `page` of it. Whatever was typed, this answers 200."""
    typed = request.args.get("q", "")
    view = ask(
        db_session(),
        current_app.extensions["search"],
        typed,
        current_viewer(),
        page=_page(request.args.get("page", "")),
    )
    return render_template("search/results.html", view=view, query=view.query.typed)


def _page(said: str) -> int:
    """The number that was asked for; anything else means the first page."""
    if not (said.isascii() and said.isdigit()) or len(said) > 6:
        return LAST_PAGE + 1 if said.isdigit() else 1
    return max(int(said), 1)
