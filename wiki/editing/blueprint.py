"""The blueprint of the writing journey."""

from flask import Blueprint

from wiki.web.addresses import fold_slug

bp = Blueprint("editing", __name__)
bp.url_value_preprocessor(fold_slug)
