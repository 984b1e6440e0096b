"""Who is signed in: our own cookie, our own rows, Flask-Login as the wire between them.

The only module that knows flask_login. The cookie holds 256 random bits; the row it names can be
ended at any time. A request without the cookie costs nothing and gets none.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from wiki.policy import ANYBODY, Viewer
from wiki.web.addresses import here
from wiki.web.csrf import forget_token
from wiki.web.typed import Kept, typed_form

LoadUser = Callable[[str], Any]  # the cookie's value → something with .user and .viewer, or None
Ask = Callable[[Kept], ResponseReturnValue]
LONGEST_COOKIE = 100  # characters; ours has 43


class FormSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, for the tokens of forms; without it nothing is computed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in the cookie, or a new one that is kept only if something is put in."""
        cookies = "HTTP_COOKIE" in request.environ
        if not cookies or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class SignInFirst(HTTPException):
    """The page needs somebody signed in: off to the sign-in form, and back here after it.

    A form that was sent is answered by `ask` (see `install`), so that nothing typed is lost.
    """

    code = 303

    def get_response(self, *_args: Any, **_more: Any) -> Response:
        """The redirect."""
        return redirect(url_for("accounts.sign_in", next=here()), code=303)


def cookie_name() -> str:
    """`__Host-` where the connection is encrypted, so that no other host can set it."""
    return "__Host-sign-in" if current_app.extensions["settings"].encrypted else "sign-in"


def install(app: Flask, *, load_user: LoadUser, ask: Ask, encrypted: bool) -> None:
    """`load_user` tells whose cookie a value is; it is called at most once a request.

    `ask` answers a form that was sent by somebody whose sign-in has ended, with a page that
    carries the form along.
    """
    app.config.update(
        SESSION_COOKIE_NAME="__Host-form" if encrypted else "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=encrypted,
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    app.session_interface = FormSessions()
    manager = LoginManager()
    manager.session_protection = None
    manager.anonymous_user = lambda: None
    # Not init_app: it adds the remember cookie, which looks into the session of every request.
    app.login_manager = manager  # type: ignore[attr-defined]  # where Flask-Login looks for it

    @manager.request_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(_request: Any) -> Any:
        token = sign_in_cookie()
        return load_user(token) if 0 < len(token) <= LONGEST_COOKIE else None

    @app.errorhandler(SignInFirst)
    def sign_in_first(problem: SignInFirst) -> ResponseReturnValue:
        return ask(typed_form()) if request.method == "POST" else problem

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
    return current_user._get_current_object() if sign_in_cookie() else None


def sign_in_cookie() -> str:
    """The secret that this request's sign-in cookie holds; "" if there is none."""
    if "HTTP_COOKIE" not in request.environ:
        return ""
    return request.cookies.get(cookie_name(), "")


def signed_in_user() -> Any:
    """The account's row. Sends everybody else to the sign-in form."""
    found = signed_in()
    if found is None:
        raise SignInFirst()
    return found.user


def start_afresh(viewer: Viewer) -> None:
    """From here on this request is `viewer`'s, with a form session that nobody knew before.

    Call it before the answer is written: its forms get tokens of the new session.
    """
    session.clear()
    forget_token()
    g.viewer = viewer


def keep(response: Response, name: str, value: str, *, days: int) -> Response:
    """A cookie that no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=days * 86_400,
        path="/",
        secure=current_app.extensions["settings"].encrypted,
        httponly=True,
        samesite="Lax",
    )
    return response


def remember(response: Response, token: str, *, days: int) -> Response:
    """Put the new sign-in's token into its cookie."""
    return keep(response, cookie_name(), token, days=days)


def forget(response: Response) -> Response:
    """Take both cookies away and tell the browser to empty what it kept of signed-in pages."""
    session.clear()
    encrypted = current_app.extensions["settings"].encrypted
    response.delete_cookie(
        cookie_name(), path="/", secure=encrypted, httponly=True, samesite="Lax"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
