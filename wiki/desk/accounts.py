"""Acts on an account: blocking it, rolling back its edits."""

from datetime import datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.models import User
from wiki.accounts.queries import find_user
from wiki.accounts.rules import is_blocked
from wiki.desk.blueprint import actor, bp, means, ruling
from wiki.desk.forms import SPANS, moment_of, since_of
from wiki.desk.shapes import BlockView, RollbackView
from wiki.errors import InvalidInput, WikiError
from wiki.moderation import blocks
from wiki.moderation.decisions import check_reason
from wiki.pages.rules import SUMMARY_LENGTH
from wiki.policy import may_block
from wiki.saving import rollback as undoing
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer


def _account(name: str) -> User:
    found = find_user(db_session(), name)
    if found is None:
        abort(404)
    return found


@bp.get("/block/<name>")
def block(name: str) -> str:
    """The account, whether it is blocked, and the form."""
    return render_template("desk/block.html", view=_block_form(name))


@bp.post("/block/<name>", endpoint="block_now")
def block_now(name: str) -> ResponseReturnValue:
    """Block the account, or lift its block, as the pressed button says."""
    session, typed = db_session(), request.form
    account, act = _account(name), ruling(typed.get("reason", ""))
    lifting = typed.get("action") == "lift"
    try:
        if lifting:
            blocks.unblock(session, account, act)
        else:
            blocks.block(session, account, moment_of(typed.get("until", "")), act)
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _block_form(name, {problem.field: translate_error(problem)})
        return render_template("desk/block.html", view=view), 422
    done = "unblocked" if lifting else "blocked"
    return redirect(url_for("desk.block", name=name, done=done), code=303)


def _block_form(name: str, errors: dict[str, str] | None = None) -> BlockView:
    account, typed = _account(name), request.form
    verdict = may_block(current_viewer(), account.id, account.role)
    return BlockView(
        name=account.name,
        role=account.role,
        blocked=is_blocked(account.blocked_at, account.blocked_until, now()),
        blocked_until=account.blocked_until,
        why_not="" if verdict.allowed else _(verdict.why),
        until=typed.get("until", ""),
        reason=typed.get("reason", ""),
        errors=errors or {},
    )


@bp.get("/take-back/<name>")
def rollback(name: str) -> str:
    """What would happen, page by page, before anything does."""
    slug = request.args.get("page", "")[:240].replace("\x00", "")
    span = request.args.get("since", "")
    view = _plan(_account(name), slug, span if span in SPANS else "", since_of(span, now()))
    return render_template("desk/rollback.html", view=view)


@bp.post("/take-back/<name>", endpoint="rollback_now")
def rollback_now(name: str) -> ResponseReturnValue:
    """Roll back on the ticked pages, one transaction each: what is done is done and logged."""
    account, typed = _account(name), request.form
    slug, span = typed.get("slug", "").replace("\x00", ""), typed.get("span", "")
    since = since_of(typed.get("since", ""), now())
    ticked = typed.getlist("page")
    errors, problems = {}, {}
    try:
        check_reason(typed.get("reason", ""))
        if not ticked:
            raise InvalidInput("", "Please tick at least one page.")
        problems = _rolled_back(account, ticked, since)
    except InvalidInput as problem:
        errors = {problem.field: translate_error(problem)}
    if errors or problems:
        view = _plan(account, slug, span, since, errors, problems)
        return render_template("desk/rollback.html", view=view), 422 if errors else 409
    address = url_for(
        "desk.rollback",
        name=name,
        page=slug or None,
        since=span or None,
        done="rolled-back",
    )
    return redirect(address, code=303)


def _rolled_back(account: User, slugs: list[str], since: datetime | None) -> dict[str, str]:
    """Why it did not work, by page; nothing for those where it did."""
    session, reason = db_session(), request.form.get("reason", "").strip()
    summary = _("Takes back the newest edits of one account: %(reason)s", reason=reason)
    problems = {}
    for slug in slugs[: undoing.MOST]:
        try:
            undoing.roll_back(
                session,
                slug.replace("\x00", ""),
                account,
                reason=reason,
                summary=" ".join(summary.split())[:SUMMARY_LENGTH],
                by=actor(),
                means=means(),
                now=now(),
                since=since,
            )
            session.commit()
        except WikiError as problem:
            session.rollback()
            problems[slug] = translate_error(problem)
    return problems


def _plan(
    account: User,
    slug: str,
    span: str,
    since: datetime | None,
    errors: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> RollbackView:
    steps = undoing.plan(
        db_session(), account, current_viewer(), now=now(), slug=slug, since=since
    )
    ticked = set(request.form.getlist("page")) if errors else {s.slug for s in steps if s.acts}
    return RollbackView(
        name=account.name,
        slug=slug,
        span=span,
        spans=[
            ("hour", _("the last hour")),
            ("day", _("the last 24 hours")),
            ("week", _("the last 7 days")),
            ("", _("any time")),
        ],
        since=since.isoformat() if since else "",
        steps=steps,
        ticked=ticked,
        problems=problems or {},
        most=undoing.MOST,
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )
