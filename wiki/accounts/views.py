"""Signing in and out, registering, coming back with a recovery code."""

import hmac
from dataclasses import dataclass, field, replace
from datetime import timedelta

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from wiki.accounts.codes import new_recovery_codes, recover
from wiki.accounts.models import User
from wiki.accounts.names import name_key
from wiki.accounts.own.views import bp
from wiki.accounts.rules import Lifetime, neighbourhood
from wiki.accounts.service import register
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
from wiki.errors import InvalidInput, PermissionDenied
from wiki.settings import Settings
from wiki.web.csrf import offer_again
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import (
    cookie_name,
    current_viewer,
    forget,
    keep,
    remember,
    sign_in_cookie,
    start_afresh,
)
from wiki.web.redirects import safe_next
from wiki.web.typed import Kept, pack, unpack

__all__ = ["ask_to_sign_in", "bp", "load_user"]
REGISTRATIONS = 20  # accounts that one address may make in an hour
KNOWN_DAYS = 365


@dataclass(frozen=True)
class FormView:
    """A form of this journey, with what was typed (never a password) and what is wrong."""

    name: str = ""
    next: str = ""
    kept: str = ""  # a form that was sent without a sign-in, packed
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
    given, session = settings(), db_session()
    lifetime = Lifetime(timedelta(given.session_days), timedelta(given.session_idle_days))
    alone = not session.in_transaction()  # else the commit below would be somebody else's too
    found = look_up(session, secret, lifetime=lifetime, now=now())
    if found is None or not alone or not is_due(found.sign_in, now()):
        return found
    try:
        begin_writing(session)
        found.sign_in.seen_at = now()
        session.commit()
    except OperationalError:  # busy, full or read-only: a visit may stay unwritten
        session.rollback()
    return found


@bp.get("/sign-in", endpoint="sign_in")
def sign_in_form() -> ResponseReturnValue:
    """The form; somebody signed in already goes on."""
    back = safe_next(request.args.get("next", "/"))
    if current_viewer().signed_in:
        return redirect(back, code=303)
    return _form("sign_in", FormView(next=back))


def ask_to_sign_in(kept: Kept) -> ResponseReturnValue:
    """The form for somebody who sent another one without being signed in: that one is kept."""
    return _form("sign_in", FormView(next="/", kept=pack(kept))), 403


@bp.post("/sign-in", endpoint="sign_in_now")
def sign_in_now() -> ResponseReturnValue:
    """Check name and password; one message for both mistakes."""
    name = request.form.get("name", "")[:200]
    back = safe_next(request.form.get("next") or request.args.get("next") or "/")
    kept = request.form.get("kept", "")
    session = db_session()
    try:
        secret = sign_in(
            session,
            name=name,
            password=request.form.get("password", ""),
            address=request.remote_addr or "",
            known_here=_is_known(name),
            label=_label(),
            door=_door(),
            now=now(),
        )
    except InvalidInput as problem:
        session.commit()  # the failure is counted
        view = FormView(name, back, kept, errors={"": translate_error(problem)})
        return _form("sign_in", view), 422
    sign_out(session, sign_in_cookie(), now=now())  # this browser's former sign-in, if any
    session.commit()
    _enter(secret)
    waiting = unpack(kept)
    answer = redirect(back, code=303) if waiting is None else _once_more(waiting)
    return _cookies(current_app.make_response(answer), secret, name)


def _enter(secret: str) -> None:
    """From here on this request is that of the new sign-in."""
    found = load_user(secret)
    if found is not None:
        start_afresh(found.viewer)


def _once_more(kept: Kept) -> ResponseReturnValue:
    """The form that was sent before the sign-in; it waits for one press."""
    heading = _("You are signed in. Send it now?")
    what = _("This is what you typed. Nothing of it was lost, and nothing was saved yet.")
    return offer_again(kept, heading, what)


def _cookies(response: Response, secret: str, name: str) -> Response:
    """The sign-in's cookie, and one by which this browser is told from a stranger's."""
    keep(response, _known_cookie(), _mark(name), days=KNOWN_DAYS)
    return remember(response, secret, days=settings().session_days)


def _known_cookie() -> str:
    return cookie_name().replace("sign-in", "known")


def _mark(name: str) -> str:
    """Tells nothing of the name without the wiki's key."""
    key = current_app.secret_key
    assert isinstance(key, bytes)  # noqa: S101  # for the type checker: setup made it
    return hmac.new(key, f"known browser\0{name_key(name)}".encode(), "sha256").hexdigest()


def _is_known(name: str) -> bool:
    said = request.cookies.get(_known_cookie(), "")
    return hmac.compare_digest(said.encode(), _mark(name).encode())


def _door() -> Door:
    given = settings()
    return Door(given.signin_tries, timedelta(seconds=given.signin_window))


def _label() -> str:
    return browser_label(request.headers.get("User-Agent", ""))


@bp.post("/sign-out", endpoint="sign_out")
def sign_out_now() -> ResponseReturnValue:
    """End this sign-in, in the database and in the browser."""
    session = db_session()
    begin_writing(session)
    sign_out(session, sign_in_cookie(), now=now())
    session.commit()
    return forget(redirect(url_for("reading.home", done="signed-out"), code=303))


@bp.get("/register", endpoint="register")
def register_form() -> ResponseReturnValue:
    """The form for a new account, or why there is none."""
    return _form("register", FormView(invitation=request.args.get("invitation", "")[:100]))


@bp.post("/register", endpoint="register_now")
def register_now() -> ResponseReturnValue:
    """Make the account, sign it in, show its recovery codes once."""
    session = db_session()
    address, crowd = neighbourhood(request.remote_addr or "")
    name = request.form.get("name", "")[:200]
    invitation = request.form.get("invitation", "")[:100]
    hour = timedelta(hours=1)
    require_calm(
        session, "register", address, allowed=REGISTRATIONS * crowd, window=hour, now=now()
    )
    try:
        user = register(
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
        return _form("register", FormView(name, invitation=invitation, errors=errors)), 422
    count_failure(session, "register", address, now=now())
    return _with_codes(user)


def _with_codes(user: User) -> ResponseReturnValue:
    """Sign somebody in and show new codes, this once."""
    session = db_session()
    codes = new_recovery_codes(session, user, now=now())
    secret = start(session, user, label=_label(), now=now())
    sign_out(session, sign_in_cookie(), now=now())
    session.commit()
    _enter(secret)
    page = _form("codes", FormView(name=user.name, codes=codes))
    return _cookies(current_app.make_response(page), secret, user.name)


@bp.get("/recover", endpoint="recover")
def recover_form() -> ResponseReturnValue:
    """The form for somebody who lost their password."""
    return _form("recover", FormView())


@bp.post("/recover", endpoint="recover_now")
def recover_now() -> ResponseReturnValue:
    """A new password for a recovery code.

    Tries are counted by address only: codes are too long to be guessed, and a count by name would
    let strangers keep the owner out.
    """
    session, door = db_session(), _door()
    address, crowd = neighbourhood(request.remote_addr or "")
    name = request.form.get("name", "")[:200]
    allowed = door.address_tries * crowd
    require_calm(session, "recover", address, allowed=allowed, window=door.window, now=now())
    try:
        user = recover(
            session,
            name=name,
            code=request.form.get("code", "")[:100],
            password=request.form.get("new_password", ""),
            now=now(),
        )
    except InvalidInput as problem:
        if problem.field == "code":  # a weak password is nobody's guess
            begin_writing(session)
            count_failure(session, "recover", address, now=now())
            session.commit()
        session.rollback()
        return _form(
            "recover", FormView(name, errors={problem.field: translate_error(problem)})
        ), 422
    return _with_codes(user)


def _form(template: str, view: FormView) -> str:
    view = replace(view, registration=settings().registration)
    return render_template(f"accounts/{template}.html", view=view)
