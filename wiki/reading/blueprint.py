"""The blueprint of the reading journey."""

from flask import Blueprint

bp = Blueprint("reading", __name__)
