"""Words that somebody says are theirs: what waits, and what a moderator answers."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.desk.blueprint import bp, means, ruling
from wiki.desk.shapes import ClaimView
from wiki.errors import InvalidInput, PageNotFound
from wiki.moderation.service import public_page
from wiki.policy import may_moderate, require
from wiki.saving.claims import leave_claimed, take_out_claimed
from wiki.voices.claims import claimed_words, open_claims
from wiki.web.database import db_session
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


@bp.get("/claims", endpoint="claims")
def all_claims() -> str:
    """Those that wait, the oldest first."""
    require(may_moderate(current_viewer()))
    return render_template("desk/claims.html", claims=open_claims(db_session()))


@bp.get("/claims/<public_id>", endpoint="claim")
def one_claim(public_id: str) -> str:
    """Which passage it is, and the form that takes it out or leaves it."""
    return render_template("desk/claim.html", view=_form(public_id))


@bp.post("/claims/<public_id>", endpoint="settle_claim")
def settle(public_id: str) -> ResponseReturnValue:
    """Take the words out, or leave them."""
    session, act = db_session(), ruling(request.form.get("reason", ""))
    try:
        if request.form.get("action") == "leave":
            leave_claimed(session, public_id, act)
            session.commit()
            return redirect(url_for("desk.claims", done="claim-left"), code=303)
        slug = take_out_claimed(session, public_id, act, means=means())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _form(public_id, {problem.field: translate_error(problem)})
        return render_template("desk/claim.html", view=view), 422
    return redirect(url_for("reading.page", slug=slug, done="words-taken-out"), code=303)


def _form(public_id: str, errors: dict[str, str] | None = None) -> ClaimView:
    require(may_moderate(current_viewer()))
    found = [each for each in open_claims(db_session()) if each.public_id == public_id]
    if not found:
        raise PageNotFound()
    claim, session = found[0], db_session()
    page = public_page(session, claim.slug, current_viewer())
    return ClaimView(
        claim=claim,
        words=claimed_words(session, page, claim.key),
        language=page.language,
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )
