"""Languages, dates and numbers: the only module that knows flask_babel."""

from datetime import datetime

from flask import Flask, request
from flask_babel import Babel, format_date, format_datetime, format_decimal, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from markupsafe import Markup

from wiki.errors import WikiError

AVAILABLE = ("en",)


def gettext(message: str, **values: object) -> str:
    """The message in the reader's language."""
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The message for this number of things."""
    return str(_ngettext(one, many, number, **values))


def translate_error(problem: WikiError) -> str:
    """The error's sentence in the reader's language, its values filled in."""
    message = gettext(problem.message) if not problem.values else problem.message
    return message % problem.values if problem.values else message


def current_language() -> str:
    """BCP 47 tag of the interface in this request."""
    return str(get_locale() or "en").replace("_", "-")


def _chosen() -> str:
    asked = request.args.get("lang", "")
    if asked in AVAILABLE:
        return asked
    return request.accept_languages.best_match(AVAILABLE) or AVAILABLE[0]


def moment(value: datetime) -> Markup:
    """A <time> with day and minute."""
    shown = format_datetime(value, "medium")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def day(value: datetime) -> Markup:
    """A <time> with the day only."""
    shown = format_date(value, "long")
    return Markup('<time datetime="{}">{}</time>').format(value.date().isoformat(), shown)


def install(app: Flask) -> None:
    """Filters moment, day, number; gettext in templates."""
    Babel(app, locale_selector=_chosen)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(moment=moment, day=day, number=format_decimal)
