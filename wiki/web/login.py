"""Who is signed in: our own cookie, our own rows, Flask-Login as the wire between them.

The only module that knows flask_login. The cookie holds 256 random bits; the row it names can be
ended at any time. A request without the cookie costs nothing and gets none.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from wiki.policy import ANYBODY, Viewer

LoadUser = Callable[[str], Any]  # the cookie's value → something with .user and .viewer, or None


class SignInFirst(HTTPException):
    """The page needs somebody signed in: off to the sign-in form, and back here after it."""

    code = 303

    def get_response(self, *_args: Any, **_more: Any) -> Response:
        """The redirect."""
        back = request.full_path.rstrip("?") if request.method == "GET" else request.path
        return redirect(url_for("accounts.sign_in", next=back), code=303)


def cookie_name() -> str:
    """`__Host-` where the connection is encrypted, so that no other host can set it."""
    return "__Host-sign-in" if current_app.extensions["settings"].https else "sign-in"


def install(app: Flask, *, load_user: LoadUser, https: bool) -> None:
    """`load_user` tells whose cookie a value is; it is called at most once a request."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-form" if https else "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = lambda: None

    @manager.request_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(_request: Any) -> Any:
        token = request.cookies.get(cookie_name())
        return load_user(token) if token else None

    @app.context_processor
    def add_viewer() -> dict[str, Any]:
        return {"viewer": current_viewer()}


def current_viewer() -> Viewer:
    """Who is looking, as policy sees them. No SELECT without the cookie, one with it."""
    if "viewer" not in g:
        found = signed_in()
        g.viewer = ANYBODY if found is None else found.viewer
    viewer: Viewer = g.viewer
    return viewer


def signed_in() -> Any:
    """What `load_user` found for this request's cookie, or None."""
    if cookie_name() not in request.cookies:
        return None
    return current_user._get_current_object()


def signed_in_user() -> Any:
    """The account's row. Sends everybody else to the sign-in form."""
    found = signed_in()
    if found is None:
        raise SignInFirst()
    return found.user


def remember(response: Response, token: str, *, days: int) -> Response:
    """Put the new sign-in's token into its cookie, and start a new form session."""
    session.clear()
    https = current_app.extensions["settings"].https
    response.set_cookie(
        cookie_name(),
        token,
        max_age=days * 86_400,
        path="/",
        secure=https,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Take both cookies away and tell the browser to empty what it kept of signed-in pages."""
    session.clear()
    https = current_app.extensions["settings"].https
    response.delete_cookie(cookie_name(), path="/", secure=https, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
