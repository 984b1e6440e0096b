"""Languages, dates and numbers: the only module that knows flask_babel."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import (
    Babel,
    format_date,
    format_decimal,
    format_time,
    get_locale,
    get_translations,
)
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy

from wiki.errors import InvalidFields, WikiError, WrongField

AVAILABLE: tuple[str, ...] = ("en",)  # BCP 47 tags of the interface's translations
SENTENCES = 4_096  # kept of all languages; the code has about a thousand
DATES = 4_096  # written out, kept


def gettext(message: str, **values: object) -> str:
    """The message in the reader's language."""
    said = _translations().gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The message for this number of things."""
    return _translations().ngettext(one, many, number) % {"num": number, **values}


def translate_error(problem: WikiError) -> str:
    """The error's sentence in the reader's language, its values filled in."""
    message = gettext(problem.message)
    if isinstance(problem, InvalidFields):
        return " ".join([message, *map(_field_said, problem.wrong[: problem.shown])])
    return message % problem.values if problem.values else message


def translate_wrong(wrong: WrongField) -> str:
    """What is wrong with a field, without its name."""
    said = gettext(wrong.message)
    return said % dict(wrong.values) if wrong.values else said


def _field_said(wrong: WrongField) -> str:
    said = translate_wrong(wrong)
    if not wrong.line:
        return f"{wrong.where}: {said}"
    return gettext(
        "Line %(line)s, %(field)s: %(said)s", line=wrong.line, field=wrong.where, said=said
    )


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
    if not g:  # outside of any application, such as in a test of a pure function
        return _UNTRANSLATED
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


_UNTRANSLATED = NullTranslations()


@lru_cache(maxsize=SENTENCES)
def _sentence(_language: str, message: str) -> str:
    """The message in the language of this request, its values not yet filled in."""
    return _translations().gettext(message)


@lru_cache(maxsize=SENTENCES)
def _whole_sentence(language: str, message: str) -> Markup:
    """A message without values, as it is printed."""
    return Markup(_sentence(language, message) % {})  # noqa: S704  # our own words


def _say(message: str, /, **values: Any) -> Markup:
    """`_` of templates: our own words as they are, values escaped.

    A page calls it a hundred times, so a sentence is looked up once a language and process.
    """
    if not values:
        return _whole_sentence(current_language(), message)
    said = _sentence(current_language(), message)
    if all(type(value) is int for value in values.values()):
        return Markup(said % values)  # noqa: S704  # digits need no escaping
    return Markup(said) % values  # noqa: S704  # which escapes the values


def _say_number(one: str, many: str, num: int, /, **values: Any) -> Markup:
    """`ngettext` of templates; `num` is a value too."""
    said = _translations().ngettext(one, many, num)
    return Markup(said) % {"num": num, **values}  # noqa: S704  # which escapes the values


@lru_cache(maxsize=DATES)
def _day_said(_language: str, value: date, how: str) -> str:
    return str(escape(format_date(value, how, rebase=False)))


@lru_cache(maxsize=24 * 60)
def _minute_said(_language: str, hour: int, minute: int) -> str:
    return str(escape(format_time(time(hour, minute), "HH:mm", rebase=False)))


def moment(value: datetime) -> Markup:
    """A <time> with day and minute, in UTC; the attribute says so."""
    utc, language = value.astimezone(UTC), current_language()
    shown = _day_said(language, utc.date(), "medium")
    minute = _minute_said(language, utc.hour, utc.minute)
    exact = utc.isoformat(timespec="minutes")
    return Markup(f'<time datetime="{exact}">{shown}, {minute}</time>')  # noqa: S704  # escaped above


def month(value: datetime) -> Markup:
    """A <time> with the month and the year."""
    shown = _day_said(current_language(), value.astimezone(UTC).date().replace(day=1), "MMMM y")
    return Markup(f'<time datetime="{value:%Y-%m}">{shown}</time>')  # noqa: S704  # escaped above


def day(value: datetime) -> Markup:
    """A <time> with the day only."""
    shown = _day_said(current_language(), value.astimezone(UTC).date(), "long")
    return Markup(f'<time datetime="{value.date().isoformat()}">{shown}</time>')  # noqa: S704  # escaped above


@lru_cache(maxsize=DATES, typed=True)
def _number_said(_language: str, value: float) -> str:
    return str(format_decimal(value))


def number(value: float) -> str:
    """A number as people of the reader's language write it."""
    return _number_said(current_language(), value)


def language_name(tag: str) -> str:
    """The name of a language (BCP 47) in the reader's language; its tag if that is not known."""
    locale = get_locale()
    known = locale.languages if locale else {}
    return str(known.get(tag.replace("-", "_")) or known.get(tag.partition("-")[0]) or tag)


@lru_cache(maxsize=16)
def _places_said(_language: str) -> dict[str, str]:
    locale = get_locale()
    territories = locale.territories if locale else {}
    found = {code: name for code, name in territories.items() if code not in _NO_PLACES}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


_NO_PLACES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})  # of Unicode, not of ISO


def places() -> dict[str, str]:
    """ISO 3166-1 or UN M49 code to the name in the reader's language, in the order of names."""
    return _places_said(current_language())


def install(app: Flask) -> None:
    """Filters moment, day, number; `_`, `ngettext` and `page_lang` in templates."""
    Babel(app, locale_selector=_chosen)
    app.jinja_env.globals.update(_=_say, gettext=_say, ngettext=_say_number)
    app.jinja_env.filters.update(moment=moment, month=month, day=day, number=number)
    app.jinja_env.globals["page_lang"] = LocalProxy(current_language)
