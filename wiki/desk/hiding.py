"""Hiding parts of a revision: the only place where hidden parts can be seen, by moderators."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.service import hold_clock
from wiki.desk.blueprint import bp, ruling
from wiki.desk.forms import number_of
from wiki.desk.shapes import HideView
from wiki.errors import InvalidInput
from wiki.moderation import hiding
from wiki.moderation.hiding import PARTS, Hidden, Wanted
from wiki.moderation.queries import same_text
from wiki.moderation.service import public_page
from wiki.pages.revisions import revision_row, revision_view
from wiki.pages.storage import load_text
from wiki.policy import may_see_hidden, require
from wiki.rendering.phrases import is_right_to_left
from wiki.saving.hearing import follow_voices
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


@bp.get("/hide/<path:slug>/<int:number>")
def hide(slug: str, number: int) -> str:
    """The revision with all its parts, and what else holds its text."""
    return render_template("desk/hide.html", view=_form(slug, number))


@bp.post("/hide/<path:slug>/<int:number>", endpoint="hide_now")
def hide_now(slug: str, number: int) -> ResponseReturnValue:
    """Hide what is ticked, show what is not."""
    session, typed = db_session(), request.form
    try:
        wanted = Wanted(
            slug=slug,
            number=number,
            hidden=Hidden(**{part: typed.get(part) == "1" for part in PARTS}),
            through=_through(typed.get("through", "")),
            everywhere=typed.get("everywhere") == "1",
        )
        hold_clock(session)
        hiding.hide(session, wanted, ruling(typed.get("reason", "")))
        follow_voices(session, public_page(session, slug, current_viewer()), now())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _form(slug, number, {problem.field: translate_error(problem)})
        return render_template("desk/hide.html", view=view), 422
    return redirect(url_for("desk.hide", slug=slug, number=number, done="hidden"), code=303)


def _through(typed: str) -> int | None:
    if not typed.strip():
        return None
    number = number_of(typed)
    if number is None:
        raise InvalidInput("through", "Please write the number of a revision, or nothing.")
    return number


def _form(slug: str, number: int, errors: dict[str, str] | None = None) -> HideView:
    session, viewer, typed = db_session(), current_viewer(), request.form
    require(may_see_hidden(viewer))
    page = public_page(session, slug, viewer)
    revision = revision_view(session, page, number, viewer, on_desk=True)
    sent = bool(errors)
    now_hidden = Hidden.of(revision_row(session, page.id, number))
    return HideView(
        slug=slug,
        title=page.title,
        language=page.language,
        direction="rtl" if is_right_to_left(page.language) else "ltr",
        revision=revision,
        text=load_text(session, revision.text_id, revision.sha256),
        head=page.head_number,
        hidden={p: typed.get(p) == "1" if sent else getattr(now_hidden, p) for p in PARTS},
        same=same_text(session, page, number, number),
        through=typed.get("through", ""),
        everywhere=typed.get("everywhere") == "1" if sent else True,
        reason=typed.get("reason", ""),
        errors=errors or {},
    )
