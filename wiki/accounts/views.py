"""Signing in and out, registering, coming back with a recovery code."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from wiki.accounts import own, service  # noqa: F401  # own: its views hang on the blueprint
from wiki.accounts.blueprint import bp
from wiki.accounts.models import User
from wiki.accounts.rules import Lifetime, name_key
from wiki.accounts.signing_in import (
    Door,
    SignedIn,
    browser_label,
    is_due,
    look_up,
    sign_in,
    sign_out,
    start,
)
from wiki.accounts.throttle import count_failure, require_calm
from wiki.db import begin_writing
from wiki.errors import InvalidInput, PermissionDenied, TooManyTries
from wiki.settings import Settings
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_error
from wiki.web.login import cookie_name, current_viewer, forget, remember

__all__ = ["bp", "load_user"]
KNOWN = "known"  # the cookie of a browser that has signed in to an account before
YEAR = 365 * 86_400  # seconds


@dataclass(frozen=True)
class FormView:
    """A form of this journey, with what was typed (never a password) and what is wrong."""

    name: str = ""
    next: str = ""
    registration: str = "open"
    invitation: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)


def settings() -> Settings:
    """The wiki's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def load_user(secret: str) -> SignedIn | None:
    """Whose sign-in cookie this is; writes the last visit at most once an hour."""
    given = settings()
    lifetime = Lifetime(timedelta(given.session_days), timedelta(given.session_idle_days))
    session = db_session()
    found = look_up(session, secret, lifetime=lifetime, now=now())
    if found is not None and is_due(found.sign_in, now()):
        found.sign_in.seen_at = now()
        session.commit()
    return found


def safe_next(raw: str) -> str:
    """A path of this wiki, or its first page: never another host, whatever is typed."""
    bad = not raw.startswith("/") or raw.startswith(("//", "/\\")) or "\\" in raw
    if bad or any(ord(c) < 33 or ord(c) == 127 for c in raw) or "%5c" in raw.lower():
        return "/"
    parts = urlsplit(raw)
    return "/" if parts.scheme or parts.netloc or "//" in parts.path else raw


@bp.get("/sign-in", endpoint="sign_in")
def sign_in_form() -> ResponseReturnValue:
    """The form; somebody signed in already goes on."""
    back = safe_next(request.args.get("next", "/"))
    if current_viewer().signed_in:
        return redirect(back, code=303)
    return _form("sign_in", FormView(next=back, registration=settings().registration))


@bp.post("/sign-in", endpoint="sign_in_now")
def sign_in_now() -> ResponseReturnValue:
    """Check name and password; one message for both mistakes."""
    name = request.form.get("name", "")[:200]
    back = safe_next(request.form.get("next") or request.args.get("next") or "/")
    session = db_session()
    try:
        begin_writing(session)
        secret = sign_in(
            session,
            name=name,
            password=request.form.get("password", ""),
            address=request.remote_addr or "",
            known_here=_is_known(name),
            label=browser_label(request.headers.get("User-Agent", "")),
            door=_door(),
            now=now(),
        )
    except InvalidInput as problem:
        session.commit()
        view = FormView(name, back, settings().registration, errors={"": translate_error(problem)})
        return _form("sign_in", view), 422
    session.commit()
    return _welcome(secret, name, back)


def _door() -> Door:
    given = settings()
    return Door(given.signin_tries, timedelta(seconds=given.signin_window))


def _welcome(secret: str, name: str, back: str) -> ResponseReturnValue:
    response = redirect(back, code=303)
    remember(response, secret, days=settings().session_days)
    response.set_cookie(
        _known_cookie(),
        _signer().dumps(name_key(name)),
        max_age=YEAR,
        secure=settings().https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _known_cookie() -> str:
    return f"__Host-{KNOWN}" if settings().https else KNOWN


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="known browser")


def _is_known(name: str) -> bool:
    try:
        return bool(_signer().loads(request.cookies.get(_known_cookie(), "")) == name_key(name))
    except BadSignature:
        return False


@bp.post("/sign-out", endpoint="sign_out")
def sign_out_now() -> ResponseReturnValue:
    """End this sign-in, in the database and in the browser."""
    session = db_session()
    begin_writing(session)
    sign_out(session, request.cookies.get(cookie_name(), ""), now=now())
    session.commit()
    return forget(redirect(url_for("reading.home", done="signed-out"), code=303))


@bp.get("/register")
def register() -> ResponseReturnValue:
    """The form for a new account, or why there is none."""
    invitation = request.args.get("invitation", "")[:100]
    return _form("register", FormView(registration=settings().registration, invitation=invitation))


@bp.post("/register", endpoint="register_now")
def register_now() -> ResponseReturnValue:
    """Make the account, sign it in, show its recovery codes once."""
    session = db_session()
    name = request.form.get("name", "")
    invitation = request.form.get("invitation", "")[:100]
    try:
        begin_writing(session)
        _count_registration()
        user = service.register(
            session,
            name=name,
            password=request.form.get("password", ""),
            registration=settings().registration,
            invitation=invitation,
            now=now(),
        )
    except (InvalidInput, PermissionDenied) as problem:
        session.rollback()
        where = problem.field if isinstance(problem, InvalidInput) else ""
        errors = {where: translate_error(problem)}
        view = FormView(name[:200], "", settings().registration, invitation, errors)
        return _form("register", view), 422
    return _with_codes(user, "registered")


def _count_registration() -> None:
    """A machine that makes accounts is slowed down: twenty an hour from one address."""
    session, address = db_session(), request.remote_addr or ""
    hour = timedelta(hours=1)
    require_calm(session, "register", address, allowed=20, window=hour, now=now())
    count_failure(session, "register", address, now=now())


def _with_codes(user: User, done: str) -> ResponseReturnValue:
    """Sign somebody in and show the new codes, this once."""
    session = db_session()
    codes = service.new_recovery_codes(session, user, now=now())
    label = browser_label(request.headers.get("User-Agent", ""))
    secret = start(session, user, label=label, now=now())
    session.commit()
    response = current_app.make_response(_form("codes", FormView(name=user.name, codes=codes)))
    response.headers["Cache-Control"] = "private, no-store"
    return remember(response, secret, days=settings().session_days)


@bp.get("/recover")
def recover() -> ResponseReturnValue:
    """The form for somebody who lost their password."""
    return _form("recover", FormView())


@bp.post("/recover", endpoint="recover_now")
def recover_now() -> ResponseReturnValue:
    """A new password for a recovery code."""
    session = db_session()
    name = request.form.get("name", "")[:200]
    who, window = name_key(name), timedelta(seconds=settings().signin_window)
    tries = settings().signin_tries
    try:
        begin_writing(session)
        require_calm(session, "recover", who, allowed=tries, window=window, now=now())
        user = service.recover(
            session,
            name=name,
            code=request.form.get("code", "")[:100],
            password=request.form.get("new_password", ""),
            now=now(),
        )
    except TooManyTries:
        raise
    except InvalidInput as problem:
        session.rollback()
        begin_writing(session)
        count_failure(session, "recover", who, now=now())
        session.commit()
        where = "new_password" if problem.field == "password" else problem.field
        return _form("recover", FormView(name, errors={where: translate_error(problem)})), 422
    return _with_codes(user, "password")


def _form(template: str, view: Any) -> str:
    return render_template(f"accounts/{template}.html", view=view)
