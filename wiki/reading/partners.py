"""Organisations that cases name as partners: all of them, and one with the cases it is in."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.facets import PARTNER, organisation_slug
from wiki.cases.listing import partner_names
from wiki.cases.organisation import Appearance, appearance
from wiki.cases.queries import entries
from wiki.pageview.wording import labels_of
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board, the_index
from wiki.reading.shapes import Filters, Pager
from wiki.web.arguments import asked_number, asked_text
from wiki.web.database import db_session
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

ROWS = 100
MOST_CASES = 200  # of one organisation, on its page


@dataclass(frozen=True)
class Named:
    """An organisation in the list of all."""

    slug: str
    name: str
    cases: int


@dataclass(frozen=True)
class Partners:
    """A part of the list of organisations."""

    rows: list[Named]
    total: int
    query: str
    letter: str
    letters: Filters
    orders: Filters
    order: str
    pager: Pager


@dataclass(frozen=True)
class Organisation:
    """One organisation with its cases, those changed last first."""

    slug: str
    name: str
    appearances: list[Appearance]
    total: int
    list_address: str


@bp.get("/partners")
def partners() -> str:
    """All organisations by name or by number of cases; `letter` and `q` narrow the list."""
    session, index = db_session(), the_index()
    counted = index.tally(index.find("case", {}), PARTNER)
    letter, query = asked_text("letter", 8), asked_text("q", 80)
    order = "cases" if asked_text("order") == "cases" else "name"
    words = organisation_slug(query).split("-") if query else []
    found = [
        (slug, cases)
        for slug, cases in counted.items()
        if (not letter or slug.startswith(letter)) and all(word in slug for word in words)
    ]
    if order == "name":
        found.sort()
    page = min(max(asked_number("page") or 1, 1), -(-len(found) // ROWS) or 1)
    shown = found[(page - 1) * ROWS : page * ROWS]
    names = partner_names(session, index, [slug for slug, _cases in shown], current_viewer())
    view = Partners(
        rows=[Named(slug, names[slug], cases) for slug, cases in shown if slug in names],
        total=len(found),
        query=query,
        letter=letter,
        letters=_letters(counted, letter, order),
        orders=_orders(order, letter, query),
        order=order,
        pager=_pager(page, len(found), letter=letter, query=query, order=order),
    )
    return render_template("reading/partners.html", view=view)


def _letters(counted: Mapping[str, int], letter: str, order: str) -> Filters:
    first = sorted({slug[0] for slug in counted})
    every = (_("All"), _address(order=order), not letter)
    return [every, *((x.upper(), _address(letter=x, order=order), x == letter) for x in first)]


def _orders(order: str, letter: str, query: str) -> Filters:
    return [
        (_("by name"), _address(letter=letter, query=query), order == "name"),
        (
            _("by number of cases"),
            _address(letter=letter, query=query, order="cases"),
            order == "cases",
        ),
    ]


def _address(letter: str = "", query: str = "", order: str = "name", page: int = 1) -> str:
    return url_for(
        "reading.partners",
        letter=letter or None,
        q=query or None,
        order=order if order != "name" else None,
        page=page if page > 1 else None,
    )


def _pager(page: int, total: int, *, letter: str, query: str, order: str) -> Pager:
    def at(number: int) -> str:
        return _address(letter, query, order, number)

    return Pager(
        newer=at(page - 1) if page > 1 else "",
        older=at(page + 1) if page * ROWS < total else "",
        first=(page - 1) * ROWS + 1,
        last=min(page * ROWS, total),
        total=total,
    )


@bp.get("/partners/<partner>")
def organisation(partner: str) -> ResponseReturnValue:
    """One organisation: the cases it is in, with its role and what it said of the outcome."""
    session, viewer = db_session(), current_viewer()
    index, lists = the_board().both(session)
    slug = organisation_slug(partner)
    found = index.find("case", {PARTNER: [slug]})
    ids = list(index.newest(found))[:MOST_CASES]
    shown = entries(session, ids, viewer)
    labels = labels_of(lists)
    appearances = [
        seen
        for page_id in ids
        if page_id in shown and (seen := appearance(shown[page_id], slug, labels))
    ]
    view = Organisation(
        slug=slug,
        name=appearances[0].name if appearances else "",
        appearances=appearances,
        total=len(found),
        list_address=url_for("reading.cases", partner=slug),
    )
    answer = render_template("reading/organisation.html", view=view)
    return answer if appearances else (answer, 404)
