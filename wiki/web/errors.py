"""What went wrong, as a page that says what to do next; never a stack trace."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from wiki import errors
from wiki.web.i18n import current_language, translate_error
from wiki.web.i18n import gettext as _

log = logging.getLogger(__name__)
STATUS: dict[type[errors.WikiError], int] = {
    errors.PageNotFound: 404,
    errors.RevisionNotFound: 404,
    errors.PageGone: 410,
    errors.PermissionDenied: 403,
    errors.EditConflict: 409,
    errors.SlugTaken: 409,
    errors.TooManyTries: 429,
    errors.InvalidInput: 422,
}
TYPED = ("text", "body", "about", "reason")  # fields worth rescuing, first wins


@dataclass(frozen=True)
class ErrorView:
    """An error page: what happened and where to go."""

    status: int
    heading: str
    what: str
    next: Sequence[tuple[str, str]] = field(default_factory=list)
    typed: str = ""


def typed_text() -> str:
    """The long text that was sent with this request, so that an error does not lose it."""
    if request.method != "POST":
        return ""
    try:
        return next((request.form[name] for name in TYPED if request.form.get(name)), "")
    except HTTPException:
        return ""  # the form itself was what could not be read


def install(app: Flask) -> None:
    """Answer the wiki's own errors, those of HTTP, and everything unforeseen."""
    app.register_error_handler(errors.WikiError, _own)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unforeseen)


def _own(problem: errors.WikiError) -> ResponseReturnValue:
    status = STATUS.get(type(problem), 400)
    view = ErrorView(status, _heading(status), translate_error(problem), _ways_on(), typed_text())
    answer = render_template("errors/error.html", view=view)
    if isinstance(problem, errors.TooManyTries):
        return answer, status, {"Retry-After": str(problem.retry_after)}
    return answer, status


def _http(problem: HTTPException) -> ResponseReturnValue:
    status = problem.code or 500
    if status < 400 or problem.response is not None:
        return problem
    what = _WHAT.get(status, "The wiki cannot answer this.")
    view = ErrorView(status, _heading(status), _(what), _ways_on(), typed_text())
    return render_template("errors/error.html", view=view), status


def _database(problem: DBAPIError) -> ResponseReturnValue:
    log.error("The database failed: %s", type(problem.orig).__name__)
    return _plain(
        503,
        _("The wiki cannot reach its memory"),
        _("Please try again in a minute. What you typed is below, if you typed something."),
    )


def _unforeseen(problem: Exception) -> ResponseReturnValue:
    log.exception("unforeseen: %s", type(problem).__name__)
    return _plain(
        500,
        _("Something went wrong here"),
        _("It is not your fault. Nothing was half saved. Please try again."),
    )


def _plain(status: int, heading: str, what: str) -> ResponseReturnValue:
    answer = render_template(
        "errors/plain.html",
        status=status,
        heading=heading,
        what=what,
        typed=typed_text(),
        typed_label=_("What you typed"),
        again=_("Try again"),
        language=current_language(),
    )
    return answer, status


def _ways_on() -> list[tuple[str, str]]:
    return [
        (_("Go to the first page"), url_for("reading.home")),
        (_("Search"), url_for("search.results")),
    ]


_WHAT = {
    400: "The request cannot be understood.",
    404: "There is nothing at this address.",
    405: "This address does not take this kind of request.",
    413: "What was sent is larger than a page may be. Please split the text.",
    414: "The address is too long.",
    415: "This kind of content is not taken here.",
    429: "Too many requests. Please wait a little.",
}
_HEADINGS = {
    400: "Not understood",
    403: "Not allowed",
    404: "Not found",
    405: "Not done this way",
    409: "Somebody was faster",
    410: "Deleted",
    413: "Too large",
    422: "Something has to change",
    429: "Please wait",
}


def _heading(status: int) -> str:
    return _(_HEADINGS.get(status, "This did not work"))
