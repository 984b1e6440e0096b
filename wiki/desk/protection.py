"""Protecting a page, and lifting that."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.desk.blueprint import bp, ruling
from wiki.desk.forms import moment_of
from wiki.desk.shapes import ProtectView
from wiki.errors import InvalidInput
from wiki.moderation import protection
from wiki.moderation.queries import protection_of
from wiki.moderation.service import public_page
from wiki.policy import may_protect
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


@bp.get("/protect/<path:slug>")
def protect(slug: str) -> str:
    """Ask who may change the page, until when and why."""
    return render_template("desk/protect.html", view=_form(slug))


@bp.post("/protect/<path:slug>", endpoint="protect_now")
def protect_now(slug: str) -> ResponseReturnValue:
    """Protect the page, or lift its protection, as the pressed button says."""
    session, typed = db_session(), request.form
    act = ruling(typed.get("reason", ""))
    lifting = typed.get("action") == "lift"
    try:
        if lifting:
            protection.lift(session, slug, act)
        else:
            until = moment_of(typed.get("until", ""))
            protection.protect(session, slug, typed.get("level", ""), until, act)
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _form(slug, {problem.field: translate_error(problem)})
        return render_template("desk/protect.html", view=view), 422
    done = "unprotected" if lifting else "protected"
    return redirect(url_for("reading.page", slug=slug, done=done), code=303)


def _form(slug: str, errors: dict[str, str] | None = None) -> ProtectView:
    session, viewer, typed = db_session(), current_viewer(), request.form
    page = public_page(session, slug, viewer)
    present = protection_of(session, page.id, now())
    until = present.until.date().isoformat() if present and present.until else ""
    names = {
        "editor": _("Editors: everybody whose account may write"),
        "moderator": _("Moderators and administrators"),
        "admin": _("Administrators"),
    }
    return ProtectView(
        slug=slug,
        title=page.title,
        present=present.level if present else "",
        present_until=present.until if present else None,
        levels=[(x, names[x]) for x in protection.LEVELS if may_protect(viewer, x).allowed],
        level=typed.get("level", present.level if present else "moderator"),
        until=typed.get("until", until),
        reason=typed.get("reason", ""),
        errors=errors or {},
    )
