"""Cases like this one, with what they have in common."""

from dataclasses import dataclass

from flask import render_template

from wiki.cases.facets import PARTNER
from wiki.cases.likeness import alike
from wiki.cases.listing import partner_names
from wiki.cases.queries import entries
from wiki.cases.shown import Line, line
from wiki.errors import PageNotFound
from wiki.pages.queries import readable_page
from wiki.pageview.wording import labels_of
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board
from wiki.web.database import db_session
from wiki.web.login import current_viewer

SAID = 6  # things in common that are named


@dataclass(frozen=True)
class LikeThis:
    """Cases like one case. found: each as lists show it, and what both have, the rarest first."""

    slug: str
    title: str
    found: list[tuple[Line, list[str]]]


@bp.get("/w/<path:slug>/alike", endpoint="alike")
def cases_like_this(slug: str) -> str:
    """The public cases that have most in common with this one."""
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    if page.kind != "case":
        raise PageNotFound(slug)
    index, lists = the_board().both(session)
    likest = alike(index, page.id)
    known = entries(session, [each.page_id for each in likest], viewer)
    shared = [value for each in likest for value in each.shared]
    partners = [value for facet, value in shared if facet == PARTNER]
    labels = labels_of(lists, partner_names(session, index, partners, viewer))
    found = [
        (
            line(known[each.page_id], labels),
            [f"{labels.facet(f)}: {labels.value(f, v)}" for f, v in each.shared[:SAID]],
        )
        for each in likest
        if each.page_id in known
    ]
    return render_template("reading/alike.html", view=LikeThis(page.slug, page.title, found))
