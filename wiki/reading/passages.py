"""Where the words of a page come from: the history of one passage, the words of one voice."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from wiki.pageview.citing import cite_passage
from wiki.pageview.passage import passage_view
from wiki.pageview.view import Asked, assemble
from wiki.reading.blueprint import bp
from wiki.reading.board import page_means
from wiki.web.database import db_session, now
from wiki.web.login import current_viewer


@bp.get("/w/<path:slug>@<int:number>/words/<int:first>-<int:last>", endpoint="passage")
def passage(slug: str, number: int, first: int, last: int) -> ResponseReturnValue:
    """Some words of a revision: who wrote them, and every edit that touched their paragraph."""
    view = passage_view(db_session(), slug, number, first, last, current_viewer())
    return render_template("reading/passage.html", view=view)


@bp.get("/w/<path:slug>@<int:number>/voices/<int:place>", endpoint="voice")
def voice(slug: str, number: int, place: int) -> ResponseReturnValue:
    """A revision with the words of one voice marked: the one at this place of its panel."""
    view = assemble(
        db_session(),
        Asked(slug, number, voices=True, only=max(1, place)),
        current_viewer(),
        means=page_means(),
        now=now(),
    )
    return render_template("reading/page.html", view=view)


@bp.get("/w/<path:slug>@<int:number>/passage/<int:place>", endpoint="cite_passage")
def cite(slug: str, number: int, place: int) -> ResponseReturnValue:
    """A passage in somebody's voice, and how it is cited; 410 if it was taken back."""
    view = cite_passage(
        db_session(), slug, number, place, current_viewer(), means=page_means(), now=now()
    )
    address = url_for("reading.cite_passage", slug=slug, number=number, place=place)
    page = render_template("reading/cited.html", view=view, address=address)
    return (page, 410) if view.gone else page
