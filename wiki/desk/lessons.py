"""Withdrawing a lesson, and taking that back."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.queries import is_withdrawn
from wiki.desk.blueprint import bp, ruling
from wiki.desk.shapes import WithdrawView
from wiki.errors import InvalidInput, PageNotFound
from wiki.moderation.service import public_page
from wiki.saving.wording import reinstate_lesson, withdraw_lesson
from wiki.web.database import db_session
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


@bp.get("/withdraw-lesson/<path:slug>")
def withdraw(slug: str) -> str:
    """Ask why the lesson should count no longer, or again."""
    return render_template("desk/withdraw_lesson.html", view=_form(slug))


@bp.post("/withdraw-lesson/<path:slug>", endpoint="withdraw_now")
def withdraw_now(slug: str) -> ResponseReturnValue:
    """Withdraw it, or take that back, as the pressed button says."""
    session, act = db_session(), ruling(request.form.get("reason", ""))
    back = request.form.get("action") == "reinstate"
    try:
        (reinstate_lesson if back else withdraw_lesson)(session, slug, act)
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _form(slug, {problem.field: translate_error(problem)})
        return render_template("desk/withdraw_lesson.html", view=view), 422
    done = "lesson-reinstated" if back else "lesson-withdrawn"
    return redirect(url_for("reading.page", slug=slug, done=done), code=303)


def _form(slug: str, errors: dict[str, str] | None = None) -> WithdrawView:
    page = public_page(db_session(), slug, current_viewer())
    if page.kind != "lesson":
        raise PageNotFound(slug)
    return WithdrawView(
        slug=slug,
        title=page.title,
        withdrawn=is_withdrawn(db_session(), page.id),
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )
