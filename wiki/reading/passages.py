"""Where the words of a page come from: the history of one passage."""

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.pageview.passage import passage_view
from wiki.reading.blueprint import bp
from wiki.web.database import db_session
from wiki.web.login import current_viewer


@bp.get("/w/<path:slug>@<int:number>/words/<int:first>-<int:last>", endpoint="passage")
def passage(slug: str, number: int, first: int, last: int) -> ResponseReturnValue:
    """Some words of a revision: who wrote them, and every edit that touched their paragraph."""
    view = passage_view(db_session(), slug, number, first, last, current_viewer())
    return render_template("reading/passage.html", view=view)
