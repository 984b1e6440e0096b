"""The blueprint of the desk. Its door is here: nothing behind it is counted or shown before."""

from typing import Any

from flask import Blueprint, current_app

from wiki.moderation.decisions import Ruling
from wiki.policy import may_moderate, require
from wiki.saving.service import Actor, Means
from wiki.settings import Settings
from wiki.text.slugs import TitleError, slugify
from wiki.web.database import now
from wiki.web.login import current_viewer, signed_in_user

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.before_request
def moderators_only() -> None:
    """Sends an anonymous visitor to the sign-in form; everybody else needs the right."""
    signed_in_user()
    require(may_moderate(current_viewer()))


@bp.url_value_preprocessor
def fold_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Any spelling of an address means the page; what cannot be one is not found."""
    if values and "slug" in values:
        try:
            values["slug"] = slugify(values["slug"])
        except TitleError:
            return


def ruling(reason: str) -> Ruling:
    """The signed-in moderator's act, now."""
    return Ruling(signed_in_user(), current_viewer(), reason, now())


def actor() -> Actor:
    """The signed-in moderator as a save wants to know them."""
    return Actor(signed_in_user(), current_viewer())


def means() -> Means:
    """The renderer and the limits a save works with."""
    settings: Settings = current_app.extensions["settings"]
    return Means(current_app.extensions["renderer"], settings.max_page_bytes)
