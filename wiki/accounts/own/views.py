"""One's own account: profile, sign-ins, password, codes, invitations, the way out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts import service
from wiki.accounts.codes import new_recovery_codes
from wiki.accounts.models import SignIn, User
from wiki.accounts.passwords import matches
from wiki.accounts.queries import find_user, open_sign_ins
from wiki.accounts.throttle import count_failure, require_calm
from wiki.db import begin_writing
from wiki.errors import InvalidInput, PageNotFound, PermissionDenied
from wiki.policy import BLOCKED, may_moderate, require
from wiki.settings import Settings
from wiki.web.arguments import number_of
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer, forget, signed_in, signed_in_user

bp = Blueprint("accounts", __name__)  # the other views of accounts hang on it too
ABOUT_LENGTH = 2000  # characters
OWN = "account own"  # failures to give one's own password once more
SCHEMES = ("", "light", "dark")


@dataclass(frozen=True)
class SignInLine:
    """A sign-in in the list of one's own."""

    id: int
    label: str
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class AccountView:
    """One's own account."""

    name: str
    role: str
    about: str
    scheme: str
    voices_on: bool
    sign_ins: list[SignInLine]
    may_invite: bool
    invitation_url: str = ""
    codes: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ProfileView:
    """What anybody may know of somebody: never a list of what they did."""

    name: str
    about: str
    role: str
    since: datetime


def _view(user: User, **more: object) -> AccountView:
    found = signed_in()
    this: SignIn = found.sign_in
    lines = [
        SignInLine(row.id, row.label, row.seen_at, row.id == this.id)
        for row in open_sign_ins(db_session(), user.id)
    ]
    given: dict[str, Any] = {
        "name": user.name,
        "role": user.role,
        "about": user.about,
        "scheme": user.scheme,
        "voices_on": user.voices_on,
        "sign_ins": lines,
        "may_invite": current_viewer().may_moderate,
    }
    return AccountView(**{**given, **more})


def _page(user: User, status: int = 200, **more: object) -> ResponseReturnValue:
    return render_template("accounts/settings.html", view=_view(user, **more)), status


@bp.get("/account")
def settings() -> ResponseReturnValue:
    """One's own account on one page."""
    return _page(signed_in_user())


@bp.post("/account/profile")
def save_profile() -> ResponseReturnValue:
    """What others may read, and how pages look."""
    user, session = signed_in_user(), db_session()
    if current_viewer().blocked:
        raise PermissionDenied(BLOCKED.why)
    begin_writing(session)
    about = request.form.get("about", "").replace("\r\n", "\n").strip()
    if len(about) > ABOUT_LENGTH or "\x00" in about:
        said = _("Please keep this under %(limit)s characters.", limit=ABOUT_LENGTH)
        return _page(user, 422, about=about, errors={"about": said})
    scheme = request.form.get("scheme", "")
    user.about = about
    user.scheme = scheme if scheme in SCHEMES else ""
    user.voices_on = request.form.get("voices_on") == "1"
    session.commit()
    return redirect(url_for("accounts.settings", done="profile"), code=303)


@bp.post("/account/password")
def change_password() -> ResponseReturnValue:
    """A new password: the old one is asked, all other sign-ins end."""
    user, session = signed_in_user(), db_session()
    this = signed_in().sign_in.id
    old, new = request.form.get("password", ""), request.form.get("new_password", "")
    _require_calm(user)
    try:
        service.change_password(session, user, old, new, this=this, now=now())
    except InvalidInput as problem:
        session.rollback()
        if problem.field == "password":
            _count_failure(user)
        return _page(user, 422, errors={problem.field: translate_error(problem)})
    session.commit()
    return redirect(url_for("accounts.settings", done="password"), code=303)


def _proved(user: User) -> bool:
    """Whether the password that was sent is theirs. TooManyTries as at the front door."""
    _require_calm(user)
    if matches(user.password_hash, request.form.get("password", "")):
        return True
    _count_failure(user)
    return False


def _require_calm(user: User) -> None:
    given: Settings = current_app.extensions["settings"]
    window = timedelta(seconds=given.signin_window)
    tries = given.signin_tries
    require_calm(db_session(), OWN, str(user.id), allowed=tries, window=window, now=now())


def _count_failure(user: User) -> None:
    session = db_session()
    begin_writing(session)
    count_failure(session, OWN, str(user.id), now=now())
    session.commit()


@bp.post("/account/codes")
def new_codes() -> ResponseReturnValue:
    """New recovery codes in place of the old ones, shown this once."""
    user, session = signed_in_user(), db_session()
    if not _proved(user):
        return _page(user, 422, errors={"codes_password": _("This is not your password.")})
    begin_writing(session)
    codes = new_recovery_codes(session, user, now=now())
    session.commit()
    return _page(user, codes=codes)


@bp.post("/account/sign-ins")
def end_sign_in() -> ResponseReturnValue:
    """End one sign-in, or all others."""
    user, session = signed_in_user(), db_session()
    this = signed_in().sign_in.id
    begin_writing(session)
    which = request.form.get("which", "")
    if which:
        row = session.get(SignIn, number_of(which) or 0)
        if row is not None and row.user_id == user.id:
            row.ended_at = now()
    else:
        service.end_sign_ins(session, user, now=now(), but=this)
    session.commit()
    return redirect(url_for("accounts.settings", done="ended"), code=303)


@bp.post("/account/invitations")
def invite() -> ResponseReturnValue:
    """An address with which one person may register; moderators only."""
    user, session = signed_in_user(), db_session()
    require(may_moderate(current_viewer()))
    begin_writing(session)
    secret = service.invite(session, inviter=user, role="editor", now=now())
    session.commit()
    encrypted = current_app.extensions["settings"].encrypted
    scheme = "https" if encrypted else request.scheme
    address = url_for("accounts.register", invitation=secret, _external=True, _scheme=scheme)
    return _page(user, invitation_url=address)


@bp.post("/account/delete")
def delete_account() -> ResponseReturnValue:
    """Delete the account after its name was typed and its password given."""
    user, session = signed_in_user(), db_session()
    named = request.form.get("name", "").strip() == user.name
    if not _proved(user) or not named:
        said = _("Please type your name as it is shown, and your password.")
        return _page(user, 422, errors={"delete_name": said})
    service.delete_account(session, user, now=now())
    _forget_name(user)
    session.commit()
    return forget(redirect(url_for("reading.home", done="account-deleted"), code=303))


def _forget_name(user: User) -> None:
    """Stored pages show the old name: `accounts` does not know pages, the app tells them."""
    current_app.extensions["name_changed"](db_session(), user.id)


@bp.get("/people/<name>")
def profile(name: str) -> ResponseReturnValue:
    """What somebody says about themselves."""
    user = find_user(db_session(), name)
    if user is None or user.imported or user.deleted_at is not None:
        raise PageNotFound()
    view = ProfileView(user.name, user.about, user.role, user.created_at)
    return render_template("accounts/profile.html", view=view)
