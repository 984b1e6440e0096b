"""The blueprint of the writing journey."""

from typing import Any

from flask import Blueprint

from wiki.text.slugs import TitleError, slugify

bp = Blueprint("editing", __name__)


@bp.url_value_preprocessor
def fold_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Any spelling of an address means the page: /w/Case-One is /w/case-one.

    What cannot be an address stays as it is and is not found.
    """
    if values and "slug" in values:
        try:
            values["slug"] = slugify(values["slug"])
        except TitleError:
            return
