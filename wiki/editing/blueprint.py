"""The blueprint of the writing journey."""

from flask import Blueprint

bp = Blueprint("editing", __name__)
