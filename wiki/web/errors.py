"""What went wrong, as a page that says what to do next; never a stack trace."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from wiki import errors
from wiki.policy import ANYBODY
from wiki.web.i18n import current_language, translate_error
from wiki.web.i18n import gettext as _
from wiki.web.typed import typed_text

log = logging.getLogger(__name__)
RETRY_SECONDS = "30"
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


@dataclass(frozen=True)
class ErrorView:
    """An error page: what happened and where to go."""

    status: int
    heading: str
    what: str
    next: Sequence[tuple[str, str]] = field(default_factory=list)
    typed: str = ""


def install(app: Flask) -> None:
    """Answer the wiki's own errors, those of HTTP, and everything unforeseen."""
    app.register_error_handler(errors.WikiError, _own)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _race)
    app.register_error_handler(DataError, _no_such_value)
    app.register_error_handler(OverflowError, _no_such_value)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(NoConnection, _database)
    app.register_error_handler(Exception, _unforeseen)


def _own(problem: errors.WikiError) -> ResponseReturnValue:
    status = STATUS.get(type(problem), 400)
    answer = _page(status, translate_error(problem))
    if isinstance(problem, errors.TooManyTries):
        return answer, status, {"Retry-After": str(problem.retry_after)}
    return answer, status


def _http(problem: HTTPException) -> ResponseReturnValue:
    status = problem.code or 500
    if status < 400 or problem.response is not None:
        return problem
    if status >= 500:
        return _broken()
    headers = [pair for pair in problem.get_headers() if pair[0] in ("Allow", "Retry-After")]
    return _page(status, _(_WHAT.get(status, "The wiki cannot answer this."))), status, headers


def _page(status: int, what: str) -> str:
    """The error inside the wiki's frame; the bare page if the frame cannot be drawn."""
    try:
        view = ErrorView(status, _heading(status), what, _ways_on(), typed_text())
        return render_template("errors/error.html", view=view)
    except (DBAPIError, NoConnection):  # such as the viewer's row
        return _plain(status, _heading(status), what)


def _race(problem: IntegrityError) -> ResponseReturnValue:
    log.error("Two wrote the same: %s", type(problem.orig).__name__)
    what = _("Somebody saved the same thing at the same moment. Please try again.")
    return _plain(409, _heading(409), what), 409


def _no_such_value(problem: DataError | OverflowError) -> ResponseReturnValue:
    """A number or a sign that no column holds: each database and driver says it differently."""
    log.info("A value that cannot be kept: %s", type(problem).__name__)
    return _page(400, _(_WHAT[400])), 400


def _database(problem: Exception) -> ResponseReturnValue:
    log.error("The database failed: %s", type(getattr(problem, "orig", problem)).__name__)
    what = _("Please try again in a minute. What you typed is below, if you typed something.")
    answer = _plain(503, _("The wiki cannot reach its memory"), what)
    return answer, 503, {"Retry-After": RETRY_SECONDS}


def _is_of_a_driver(problem: Exception) -> bool:
    """Whether a database's driver raised it itself: stored pages are read without SQLAlchemy."""
    kinds = {(kind.__module__, kind.__name__) for kind in type(problem).__mro__}
    return not kinds.isdisjoint({("sqlite3", "Error"), ("psycopg", "Error")})


def _unforeseen(problem: Exception) -> ResponseReturnValue:
    if _is_of_a_driver(problem):
        return _database(problem)
    log.error("unforeseen: %s", type(problem).__name__, exc_info=problem)
    return _broken()


def _broken() -> ResponseReturnValue:
    what = _("It is not your fault. Nothing was half saved. Please try again.")
    return _plain(500, _("Something went wrong here"), what), 500


def _plain(status: int, heading: str, what: str) -> str:
    """A page that needs neither the database nor the viewer."""
    g.viewer = ANYBODY
    return render_template(
        "errors/plain.html",
        status=status,
        heading=heading,
        what=what,
        typed=typed_text(),
        typed_label=_("What you typed"),
        again=_("Try again"),
        language=current_language(),
    )


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
