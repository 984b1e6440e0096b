"""The blueprint of the writing journey, and who writes with what."""

from flask import Blueprint, current_app

from wiki.errors import HeadMoved
from wiki.pages.models import Revision
from wiki.saving.service import Actor, Edit, Means, save
from wiki.settings import Settings
from wiki.web.addresses import fold_slug
from wiki.web.database import db_session, now
from wiki.web.login import current_viewer, signed_in_user

TRIES = 8  # saves of others that may come between before somebody is told to try again

bp = Blueprint("editing", __name__)
bp.url_value_preprocessor(fold_slug)


def settings() -> Settings:
    """The wiki's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def means() -> Means:
    """The renderer, the limits and the words a save works with."""
    lists = current_app.extensions["board"].lists(db_session())
    return Means(current_app.extensions["renderer"], settings().max_page_bytes, lists)


def actor() -> Actor:
    """The signed-in person; asks to sign in otherwise, keeping what was typed."""
    return Actor(signed_in_user(), current_viewer())


def saved(edit: Edit, by: Actor) -> Revision | None:
    """`saving.save`, once more if somebody saved in the same moment. Not committed yet."""
    for _try in range(TRIES - 1):
        try:
            return save(db_session(), edit, by=by, means=means(), now=now())
        except HeadMoved:
            db_session().rollback()
    return save(db_session(), edit, by=by, means=means(), now=now())
