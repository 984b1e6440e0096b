"""The blueprint of the desk. Its door is here: nothing behind it is counted or shown before."""

from flask import Blueprint, current_app

from wiki.moderation.decisions import Ruling
from wiki.policy import may_moderate, require
from wiki.saving.service import Actor, Means
from wiki.settings import Settings
from wiki.web.addresses import fold_slug
from wiki.web.database import db_session, now
from wiki.web.login import current_viewer, signed_in_user

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.url_value_preprocessor(fold_slug)


@bp.before_request
def moderators_only() -> None:
    """Sends an anonymous visitor to the sign-in form; everybody else needs the right."""
    signed_in_user()
    require(may_moderate(current_viewer()))


def ruling(reason: str) -> Ruling:
    """The signed-in moderator's act, now."""
    return Ruling(signed_in_user(), current_viewer(), reason, now())


def actor() -> Actor:
    """The signed-in moderator as a save wants to know them."""
    return Actor(signed_in_user(), current_viewer())


def means() -> Means:
    """The renderer, the limits and the words a save works with."""
    settings: Settings = current_app.extensions["settings"]
    lists = current_app.extensions["board"].lists(db_session())
    return Means(current_app.extensions["renderer"], settings.max_page_bytes, lists)
