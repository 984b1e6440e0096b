"""Forms come from our own pages: Flask-WTF's token, and the browser's own word for it."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from flask_wtf.csrf import generate_csrf as csrf_token

from wiki.web.errors import ErrorView, typed_text
from wiki.web.i18n import gettext as _

__all__ = ["csrf_token", "install"]


def install(app: Flask) -> None:
    """Every POST needs the token of its session; a foreign page's POST is refused at once.

    The token lives as long as the session. A refused form comes back with what was typed.
    """
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False  # Origin and Sec-Fetch-Site are checked below
    app.before_request(_refuse_foreign)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _refused)
    app.jinja_env.globals["csrf_token"] = csrf_token


def _refuse_foreign() -> ResponseReturnValue | None:
    if request.method != "POST":
        return None
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site in ("cross-site", "same-site") or (origin and not _is_ours(origin)):
        return _refused(None)
    return None


def _is_ours(origin: str) -> bool:
    """Whether the page that sent the form is of this host; "null" is nobody's."""
    return origin.partition("://")[2] == request.host


def _refused(_problem: CSRFError | None) -> ResponseReturnValue:
    """The form again, with a fresh token: one press sends it once more."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "password", "new_password", "code")
    ]
    view = ErrorView(
        400,
        _("Please send this once more"),
        _("The page you sent this from is too old, or came from elsewhere. Nothing was lost."),
        typed=typed_text(),
    )
    return render_template("errors/again.html", view=view, fields=fields), 400
