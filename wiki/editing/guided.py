"""The guided form: a case or a lesson in short steps, each saved as a revision of its own."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases import rules
from wiki.cases.steps import STEPS, Step, next_step, step_named, step_of
from wiki.editing.blueprint import actor, bp, means, settings
from wiki.editing.filling import (
    Filled,
    fill,
    head_source,
    new_page,
    save_step,
    source_of,
)
from wiki.editing.guided_errors import said_of
from wiki.editing.guided_view import FinishView, StillOpen
from wiki.editing.stepping import Shown, Source, step_links, step_view
from wiki.errors import (
    EditConflict,
    InvalidInput,
    PageNotFound,
    PermissionDenied,
    SlugTaken,
    WikiError,
)
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.policy import may_edit, may_write, require
from wiki.saving.service import create, page_facts
from wiki.web.arguments import number_of
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer, signed_in_user

FINISH = "finish"
REFUSALS = (InvalidInput, SlugTaken, PermissionDenied, EditConflict)
STATUS = {PermissionDenied: 403, EditConflict: 409}


@bp.get("/new/<kind>")
def begin(kind: str) -> ResponseReturnValue:
    """The first step of a page that does not exist yet."""
    signed_in_user()
    require(may_write(current_viewer()))
    step = _first(kind)
    title = request.args.get("title", "")[:200]
    base = Source(0, {"type": kind, "title": title} if title else {"type": kind}, "")
    return render_template("editing/guided.html", view=step_view(None, step, Shown(kind, base)))


@bp.post("/new/<kind>", endpoint="begin_page")
def begin_page(kind: str) -> ResponseReturnValue:
    """Make a private draft of the first step and go on."""
    by, step = actor(), _first(kind)
    base = Source(0, {"type": kind}, "")
    filled = fill(kind, step, base, request.form, revision=1)
    if filled.adds:
        return render_template("editing/guided.html", view=step_view(None, step, filled.shown))
    session = db_session()
    try:
        page = create(session, new_page(kind, filled, settings()), by=by, means=means(), now=now())
        session.commit()
    except REFUSALS as problem:
        session.rollback()
        return _again(None, step, filled, problem)
    return redirect(_onward(page.slug, kind, step, "created"), code=303)


@bp.get("/w/<path:slug>/form")
def guided_start(slug: str) -> ResponseReturnValue:
    """To the first step."""
    return redirect(url_for("editing.guided", slug=slug, step="start"), code=302)


@bp.get("/w/<path:slug>/form/<step>")
def guided(slug: str, step: str) -> ResponseReturnValue:
    """One step of the form, with what the page says now."""
    page = _editable(slug)
    base = head_source(page)
    if step == FINISH:
        return render_template("editing/finish.html", view=_finish(page, base.fields))
    view = step_view(page, _step(page.kind, step), Shown(page.kind, base))
    return render_template("editing/guided.html", view=view)


@bp.post("/w/<path:slug>/form/<step>", endpoint="guided_save")
def guided_save(slug: str, step: str) -> ResponseReturnValue:
    """Save what the step changed, or add a row and save nothing."""
    by, page = actor(), _with_form(slug)
    here = _step(page.kind, step)
    head = head_source(page)
    base = source_of(page, number_of(request.form.get("base", "")) or 0, head)
    fill_for = partial(fill, page.kind, here, base, request.form)
    filled = fill_for(page.head_number + 1)
    if filled.adds:
        return render_template("editing/guided.html", view=step_view(page, here, filled.shown))
    try:
        saved = save_step(page, here, fill_for, by=by)
    except REFUSALS as problem:
        db_session().rollback()
        return _again(_with_form(slug), here, filled, problem)
    if saved.clash is not None:
        view = step_view(_with_form(slug), here, saved.clash)
        return render_template("editing/guided.html", view=view), 409
    db_session().commit()
    done = "saved" if saved.changed else "unchanged"
    return redirect(_onward(slug, page.kind, here, done), code=303)


def _onward(slug: str, kind: str, step: Step, done: str) -> str:
    """Where the pressed button leads."""
    if request.form.get("action") == "stop":
        return url_for("reading.page", slug=slug, done=done)
    following = next_step(kind, step.name)
    name = following.name if following else FINISH
    return url_for("editing.guided", slug=slug, step=name, done=done)


def _again(
    page: Page | None, step: Step, filled: Filled, problem: WikiError
) -> ResponseReturnValue:
    """The step once more, with what was typed and what must change."""
    shown = filled.shown.with_errors(said_of(problem, step, filled))
    view = step_view(page, step, shown)
    return render_template("editing/guided.html", view=view), STATUS.get(type(problem), 422)


def _first(kind: str) -> Step:
    if kind not in STEPS:
        raise PageNotFound(kind)
    return STEPS[kind][0]


def _step(kind: str, name: str) -> Step:
    step = step_named(kind, name) if kind in STEPS else None
    if step is None:
        raise PageNotFound(name)
    return step


def _with_form(slug: str) -> Page:
    """A page that this form is for and the viewer may read."""
    page = readable_page(db_session(), slug, current_viewer())
    if page.kind not in STEPS:
        raise PageNotFound(slug)
    return page


def _editable(slug: str) -> Page:
    signed_in_user()
    page, viewer = _with_form(slug), current_viewer()
    require(may_edit(viewer, page_facts(db_session(), page, viewer, now()), now=now()))
    return page


def _finish(page: Page, fields: Mapping[str, Any]) -> FinishView:
    def where(name: str, column: str = "") -> str:
        step = step_of(page.kind, name, column)
        return url_for("editing.guided", slug=page.slug, step=step.name if step else "start")

    draft = page.state == "draft"
    needed = rules.missing(fields)
    missing = [StillOpen(_(f.label), where(f.name)) for f in needed]
    places = {id(field): path for path, field in rules.SCHEMAS[page.kind].walk()}
    missed = [
        StillOpen(_(f.missed), where(*places[id(f)][:2]))
        for f in rules.missed(fields)
        if f not in needed
    ]
    return FinishView(
        slug=page.slug,
        page_title=page.title,
        kind=page.kind,
        is_draft=draft,
        steps=step_links(page.kind, page.slug, FINISH, fields),
        missing=missing,
        missed=missed,
        unknown=rules.unknown(fields),
        publish_url=url_for("editing.publish", slug=page.slug) if draft and not missing else "",
        text_url=url_for("editing.edit", slug=page.slug),
        lesson_url=url_for("editing.new_lesson", slug=page.slug) if page.kind == "case" else "",
    )
