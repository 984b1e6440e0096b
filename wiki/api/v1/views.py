"""`/api/v1/…`: reading, for machines. Anonymous, no key; errors are JSON with a sentence."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from wiki.errors import WikiError
from wiki.pageview.provenance import provenance
from wiki.web.addresses import fold_slug
from wiki.web.arguments import asked_number
from wiki.web.database import db_session, now
from wiki.web.errors import STATUS
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.url_value_preprocessor(fold_slug)


@bp.get("/pages/<path:slug>/attribution")
def attribution(slug: str) -> ResponseReturnValue:
    """Whose words the public revision, or `?revision=`, is made of; `pageview.provenance`."""
    number, viewer = asked_number("revision"), current_viewer()
    return jsonify(provenance(db_session(), slug, number, viewer, now=now()))


@bp.errorhandler(WikiError)
def refused(problem: WikiError) -> ResponseReturnValue:
    """What is wrong, in a sentence."""
    status = STATUS.get(type(problem), 400)
    return jsonify({"error": {"status": status, "message": translate_error(problem)}}), status
