"""Taking out an answer of a partner that everybody can read."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.desk.blueprint import bp, ruling
from wiki.desk.shapes import TakeOutView
from wiki.errors import InvalidInput, PageNotFound
from wiki.moderation.service import public_page
from wiki.policy import may_moderate, require
from wiki.saving.taking_out import take_out_answer
from wiki.voices.side_by_side import open_answers
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


@bp.get("/take-out/<path:slug>/<public_id>")
def take_out(slug: str, public_id: str) -> str:
    """Ask why the answer should go."""
    return render_template("desk/take_out.html", view=_form(slug, public_id))


@bp.post("/take-out/<path:slug>/<public_id>", endpoint="take_out_now")
def take_out_now(slug: str, public_id: str) -> ResponseReturnValue:
    """Empty it, for good."""
    session, act = db_session(), ruling(request.form.get("reason", ""))
    try:
        take_out_answer(session, slug, public_id, act)
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _form(slug, public_id, {problem.field: translate_error(problem)})
        return render_template("desk/take_out.html", view=view), 422
    return redirect(url_for("reading.page", slug=slug, done="answer-taken-out"), code=303)


def _form(slug: str, public_id: str, errors: dict[str, str] | None = None) -> TakeOutView:
    require(may_moderate(current_viewer()))
    page = public_page(db_session(), slug, current_viewer())
    known = {each.public_id for each in open_answers(db_session(), page, now())}
    if public_id not in known:
        raise PageNotFound(slug)
    return TakeOutView(
        slug=slug,
        title=page.title,
        public_id=public_id,
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )
