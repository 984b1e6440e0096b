"""The blueprint of the reading journey."""

from flask import Blueprint

from wiki.web.addresses import fold_slug

bp = Blueprint("reading", __name__)
bp.url_value_preprocessor(fold_slug)
