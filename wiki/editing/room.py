"""The partners' room: for those who are signed in, and with a code for those without an account.

A code is sent in a form and never stands in an address; nothing of it is kept but the form's own
token. Who may not come in gets what a page that does not exist gets.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.rules import neighbourhood
from wiki.accounts.throttle import count_failure, require_calm
from wiki.cases.service import hold_clock
from wiki.editing.blueprint import bp, means
from wiki.editing.named import the_lists
from wiki.errors import InvalidInput, PageNotFound, TooManyTries
from wiki.pageview.room import RoomView, room_view
from wiki.saving.narrowing import narrow
from wiki.saving.withdrawal import take_back
from wiki.voices.room import (
    Visitor,
    let_in,
    own_receipt,
    rooms_of,
    visitor_with_account,
    visitor_with_code,
)
from wiki.voices.widening import widen
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer

WINDOW = timedelta(minutes=15)
WRONG_CODES = 10  # of one address in a window


@bp.get("/w/<path:slug>/for-partners")
def room(slug: str) -> ResponseReturnValue:
    """The room for somebody signed in who may read it. PageNotFound for everybody else."""
    who = visitor_with_account(db_session(), slug, current_viewer())
    view = replace(_view(who, ""), notice=_done(request.args.get("done", "")))
    return render_template("editing/room.html", view=view)


@bp.get("/for-partners")
def for_partners() -> str:
    """Where a code is typed; who is signed in finds the rooms that are open to them."""
    return _door("", "")


@bp.post("/for-partners", endpoint="for_partners_now")
def for_partners_now() -> ResponseReturnValue:
    """The room that this code opens."""
    code = _code()
    try:
        who = _with_code(code)
    except TooManyTries as problem:
        return _door(code, translate_error(problem)), 429
    except InvalidInput as problem:
        return _door(code, translate_error(problem)), 422
    return render_template("editing/room.html", view=_view(who, code))


@bp.post("/for-partners/widen", endpoint="room_widen")
def room_widen() -> ResponseReturnValue:
    """A speaker lets everybody read their words: they wait for an editor."""
    public = request.form.get("public", "")
    return _act("widened", lambda who, receipt: widen(db_session(), receipt, public, now=now()))


@bp.post("/for-partners/narrow", endpoint="room_narrow")
def room_narrow() -> ResponseReturnValue:
    """A speaker keeps their words for the partners only: they leave the page."""
    return _act(
        "narrowed", lambda who, receipt: narrow(db_session(), receipt, means=means(), now=now())
    )


@bp.post("/for-partners/take-back", endpoint="room_take_back")
def room_take_back() -> ResponseReturnValue:
    """A speaker takes their words back, from wherever they stand."""
    return _act(
        "taken-back",
        lambda who, receipt: take_back(db_session(), receipt, means=means(), now=now()),
    )


@bp.post("/for-partners/let-in", endpoint="room_let_in")
def room_let_in() -> ResponseReturnValue:
    """Somebody who may read the room lets another one in."""
    session = db_session()
    who = visitor_with_account(session, request.form.get("page", "")[:300], current_viewer())
    if current_viewer().blocked:
        raise PageNotFound(who.page.slug)
    let_in(session, who, request.form.get("which", ""))
    session.commit()
    return redirect(url_for("editing.room", slug=who.page.slug, done="let-in"), code=303)


def _act(done: str, act: Any) -> ResponseReturnValue:
    """Do something with the words that the form names, if they are the visitor's own."""
    session, code = db_session(), _code()
    try:
        hold_clock(session)
        who = _visitor(code)
        receipt = own_receipt(session, who, request.form.get("which", ""))
        act(who, receipt)
        session.commit()
    except TooManyTries as problem:
        session.rollback()
        return _door(code, translate_error(problem)), 429
    except InvalidInput as problem:
        session.rollback()
        return _refused(code, problem)
    if done == "taken-back" and (code or not _still_open(who)):
        return render_template("editing/taken_back.html", title=who.page.title)
    if not code:
        return redirect(url_for("editing.room", slug=who.page.slug, done=done), code=303)
    view = replace(_view(_visitor(code), code), notice=_done(done))
    return render_template("editing/room.html", view=view)


def _refused(code: str, problem: InvalidInput) -> ResponseReturnValue:
    """The room as it was, with what is wrong; the door if nothing belongs to the code."""
    if problem.field == "code":
        return _door(code, translate_error(problem)), 422
    view = replace(_view(_visitor(code), code), errors={problem.field: translate_error(problem)})
    return render_template("editing/room.html", view=view), 422


def _still_open(who: Visitor) -> bool:
    try:
        visitor_with_account(db_session(), who.page.slug, current_viewer())
    except PageNotFound:
        return False
    return True


def _visitor(code: str) -> Visitor:
    if code:
        return _with_code(code)
    slug = request.form.get("page", "")[:300]
    return visitor_with_account(db_session(), slug, current_viewer())


def _with_code(code: str) -> Visitor:
    """Who has this code. InvalidInput("code"), TooManyTries: wrong ones are counted."""
    session, (place, crowd) = db_session(), neighbourhood(request.remote_addr or "")
    allowed = WRONG_CODES * crowd
    require_calm(session, "room code", place, allowed=allowed, window=WINDOW, now=now())
    try:
        return visitor_with_code(session, code, now())
    except InvalidInput:
        session.rollback()
        count_failure(session, "room code", place, now=now())
        session.commit()
        raise


def _code() -> str:
    return request.form.get("code", "")[:80].strip()


def _door(code: str, error: str) -> str:
    viewer = current_viewer()
    rooms = rooms_of(db_session(), viewer) if viewer.signed_in else []
    return render_template("editing/room_door.html", code=code, error=error, rooms=rooms)


def _view(who: Visitor, code: str) -> RoomView:
    return room_view(
        db_session(),
        who,
        code=code,
        may_let_in=who.user_id is not None and not current_viewer().blocked,
        lists=the_lists(),
        translate=_,
        plain=lambda markdown: means().renderer.render(f"\n{markdown}").plain,
        now=now(),
    )


def _done(act: str) -> str:
    return {
        "widened": _("Everybody may read it. It waits for somebody who edits the page."),
        "narrowed": _("From now on only those in this room read it."),
        "taken-back": _("Your words are gone."),
        "let-in": _("They may read this room from now on."),
    }.get(act, "")
