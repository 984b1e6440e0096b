"""Taking pages away."""

from urllib.parse import quote

from flask import Blueprint, Response

from wiki.exchange.page_file import page_file
from wiki.web.addresses import fold_slug
from wiki.web.arguments import asked_number
from wiki.web.database import db_session
from wiki.web.login import current_viewer

bp = Blueprint("exchange", __name__)
bp.url_value_preprocessor(fold_slug)


@bp.get("/w/<path:slug>/export")
def export(slug: str) -> Response:
    """The public revision, or `?revision=`, with whose words it is, as a ZIP file."""
    data = page_file(db_session(), slug, asked_number("revision"), current_viewer())
    response = Response(data, mimetype="application/zip")
    name = quote(f"{slug.replace('/', '-')}.zip", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
