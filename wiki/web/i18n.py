"""Languages, dates and numbers: the only module that knows flask_babel."""

from datetime import UTC, datetime
from gettext import NullTranslations

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import (
    Babel,
    format_date,
    format_decimal,
    format_time,
    get_translations,
)
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from markupsafe import Markup
from werkzeug.local import LocalProxy

from wiki.errors import WikiError

AVAILABLE: tuple[str, ...] = ("en",)  # BCP 47 tags of the interface's translations


def gettext(message: str, **values: object) -> str:
    """The message in the reader's language."""
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The message for this number of things."""
    return str(_ngettext(one, many, number, **values))


def translate_error(problem: WikiError) -> str:
    """The error's sentence in the reader's language, its values filled in."""
    message = gettext(problem.message)
    return message % problem.values if problem.values else message


def current_language() -> str:
    """BCP 47 tag of the interface in this request."""
    return _chosen() if has_request_context() else AVAILABLE[0]


def _chosen() -> str:
    """The address, then the account, then the browser, then the wiki's setting says it."""
    if len(AVAILABLE) == 1:
        return AVAILABLE[0]
    for wanted in (request.args.get("lang", ""), g.get("account_language", "")):
        if wanted in AVAILABLE:
            return str(wanted)
    usual = current_app.extensions["settings"].language
    default = usual if usual in AVAILABLE else AVAILABLE[0]
    return request.accept_languages.best_match(AVAILABLE, default)


def _translations() -> NullTranslations:
    """The reader's translations, looked up once a request: a page asks for a hundred strings."""
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


def _said(message: str) -> str:
    return _translations().gettext(message)


def _said_many(one: str, many: str, number: int) -> str:
    return _translations().ngettext(one, many, number)


def moment(value: datetime) -> Markup:
    """A <time> with day and minute, in UTC; the attribute says so."""
    utc = value.astimezone(UTC)
    shown = f"{format_date(utc, 'medium')}, {format_time(utc, 'HH:mm')}"
    exact = utc.isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(exact, shown)


def day(value: datetime) -> Markup:
    """A <time> with the day only."""
    shown = format_date(value, "long")
    return Markup('<time datetime="{}">{}</time>').format(value.date().isoformat(), shown)


def install(app: Flask) -> None:
    """Filters moment, day, number; `_`, `ngettext` and `page_lang` in templates."""
    Babel(app, locale_selector=_chosen)
    app.jinja_env.install_gettext_callables(_said, _said_many, newstyle=True)  # type: ignore[attr-defined]  # of jinja2.ext.i18n
    app.jinja_env.filters.update(moment=moment, day=day, number=format_decimal)
    app.jinja_env.globals["page_lang"] = LocalProxy(current_language)
