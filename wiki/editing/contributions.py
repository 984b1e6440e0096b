"""Saying who did what for a page beside writing it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.service import hold_clock
from wiki.editing.blueprint import bp
from wiki.editing.named import choices, editable, speakers_of, the_lists
from wiki.errors import InvalidInput
from wiki.pages.models import Page
from wiki.voices.contributions import contribute, credited, take_out
from wiki.voices.queries import beside_of, voices_of
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error


@bp.get("/w/<path:slug>/contributions")
def contributions(slug: str) -> ResponseReturnValue:
    """Who did what for this page, and the form to add one."""
    return _page(editable(slug), {})


@bp.post("/w/<path:slug>/contributions", endpoint="contribute")
def contribute_now(slug: str) -> ResponseReturnValue:
    """Add a contribution, or take one out."""
    page, session, sent = editable(slug), db_session(), request.form
    hold_clock(session)
    out = sent.get("out", "")
    try:
        if out:
            who, name = sent.get("who", ""), sent.get("name", "")
            take_out(session, page, out, voice_key=who, name=name)
        else:
            contribute(
                session,
                page,
                sent.get("kind", ""),
                voice_key=sent.get("who", ""),
                name=sent.get("name", ""),
                voices=voices_of(session, page.id),
                lists=the_lists(),
            )
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        return _page(editable(slug), {problem.field: translate_error(problem)}, 422)
    return redirect(url_for("editing.contributions", slug=slug), code=303)


def _page(page: Page, errors: dict[str, str], status: int = 200) -> ResponseReturnValue:
    session, lists = db_session(), the_lists()
    voices = voices_of(session, page.id)
    told = [
        (
            each,
            _(lists["contribution"].label_of(each.kind)),
            each.name or position_of(each.position),
        )
        for each in credited(beside_of(session, page.id).did, voices, now())
    ]
    return render_template(
        "editing/contributions.html",
        slug=page.slug,
        title=page.title,
        told=told,
        kinds=choices("contribution"),
        speakers=[("", _("somebody who has no voice here")), *speakers_of(page)],
        typed=request.form,
        errors=errors,
    ), status


def position_of(value: str) -> str:
    """A position in words; that it is not told, where it is not."""
    return _(the_lists()["position"].label_of(value)) if value else _("somebody who is not named")
