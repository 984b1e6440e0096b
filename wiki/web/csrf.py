"""Forms come from our own pages: Flask-WTF's token, and the browser's own word for it."""

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from flask_wtf.csrf import generate_csrf as csrf_token

from wiki.web.errors import ErrorView
from wiki.web.i18n import gettext as _
from wiki.web.typed import Kept, typed_form, typed_text

__all__ = ["csrf_token", "forget_token", "install", "offer_again"]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # methods that change nothing


def install(app: Flask) -> None:
    """Every POST needs the token of its session; a foreign page's POST is refused at once.

    The token lives as long as the session. A form of ours comes back with what was typed.
    """
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False  # Origin and Sec-Fetch-Site are checked below
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked below, of what could change something
    tokens = CSRFProtect(app)

    @app.before_request
    def look_at_sender() -> ResponseReturnValue | None:
        if request.method in SAFE:
            return None
        refusal = _refuse_foreign()
        if refusal is None and app.config["WTF_CSRF_ENABLED"]:
            tokens.protect(apply_exemptions=True)
        return refusal

    app.register_error_handler(CSRFError, _refused)
    app.jinja_env.globals["csrf_token"] = csrf_token


def forget_token() -> None:
    """The token made for this answer is void: its session has ended."""
    g.pop("csrf_token", None)


def offer_again(kept: Kept, heading: str, what: str) -> str:
    """A page with the form, everything typed and a fresh token: one press sends it once more."""
    return render_template("errors/again.html", view=ErrorView(400, heading, what), kept=kept)


def _refuse_foreign() -> ResponseReturnValue | None:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin is not None and not _is_ours(origin)):
        return _not_ours()
    return None


def _is_ours(origin: str) -> bool:
    """Whether the page that sent the form is of this host; "null" is nobody's."""
    scheme, _sign, host = origin.partition("://")
    needed = ("https",) if current_app.extensions["settings"].encrypted else ("http", "https")
    return scheme in needed and host == request.host


def _refused(_problem: CSRFError) -> ResponseReturnValue:
    """The form again if the browser says that it is ours.

    Without its word the form is not offered: a stranger's page could have sent it, and one press
    would give it the token that it lacked.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin" or "Origin" in request.headers
    if not ours:
        return _not_ours()
    heading = _("Please send this once more")
    what = _("The page you sent this from is too old. Nothing was lost.")
    return offer_again(typed_form(), heading, what), 400


def _not_ours() -> ResponseReturnValue:
    view = ErrorView(
        400,
        _("This was not sent from this wiki"),
        _("Nothing was changed. If it was you, open the page again and send it from there."),
        typed=typed_text(),
    )
    return render_template("errors/error.html", view=view), 400
