"""Taking pages and lists away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, stream_with_context

from wiki.cases.listing import ordered
from wiki.cases.queries import entries
from wiki.cases.tables import Row, Table, table_of
from wiki.exchange.page_file import page_file
from wiki.exchange.tables import TYPES, as_csv, as_jsonl
from wiki.pageview.wording import labels_of
from wiki.reading.board import the_board
from wiki.reading.browse import asked_list
from wiki.web.addresses import fold_slug
from wiki.web.arguments import asked_number
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

BATCH = 200  # pages that are read at once
bp = Blueprint("exchange", __name__)
bp.url_value_preprocessor(fold_slug)


@bp.get("/w/<path:slug>/export")
def export(slug: str) -> Response:
    """The public revision, or `?revision=`, with whose words it is, as a ZIP file."""
    data = page_file(db_session(), slug, asked_number("revision"), current_viewer(), now=now())
    response = Response(data, mimetype="application/zip")
    name = quote(f"{slug.replace('/', '-')}.zip", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@bp.get("/<any(cases,lessons,partners,money):table>.<any(csv,jsonl):form>", endpoint="table")
def take_table(table: Any, form: str) -> Response:
    """Cases, lessons, partners or flows of money, one row each, as far as the address narrows
    them; by title, for the order in which pages were made tells more of the time than may be
    known of some."""
    made = table_of(table, labels_of(the_board().lists(db_session())))
    write = as_csv if form == "csv" else as_jsonl
    about = _("%(site)s: %(name)s. Each row names its licence and the page it comes from.")
    said = about % {"site": current_app.extensions["settings"].site_name, "name": table}
    response = Response(
        stream_with_context(write(said, made.columns, _rows(made))), content_type=TYPES[form]
    )
    response.headers["Content-Disposition"] = f"attachment; filename={table}.{form}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _rows(made: Table) -> Iterator[Row]:
    """The rows of the pages that the viewer may read, a batch of pages at a time."""
    session, viewer = db_session(), current_viewer()
    index, lists = the_board().both(session)
    wanted, labels = asked_list(made.kind, lists), labels_of(lists)
    found = index.find(wanted.kind, wanted.chosen, wanted.years)
    by_title = replace(wanted, order="title")
    ids = ordered(session, index, found, by_title, viewer, until=len(found))
    for batch in _batches(ids):
        held = entries(session, batch, viewer)
        for page_id in batch:
            if page_id in held:
                yield from made.rows(held[page_id], labels)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
