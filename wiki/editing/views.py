"""Writing a page: a new one or a new revision, with preview and conflict."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.editing import (  # noqa: F401  # their views hang on the blueprint
    acts,
    answers,
    capture,
    claims,
    contributions,
    guided,
    invitations,
    placing,
    replies,
    room,
    voices,
    waiting,
)
from wiki.editing.blueprint import actor, bp, means, saved, settings
from wiki.editing.conflict import clashes_page, conflict_page, places_sent, text_decided
from wiki.editing.edit_view import all_fields_wanted, edit_view, kept_view
from wiki.editing.forms import Typed, apart, parse
from wiki.editing.keeping import keep_typed, kept_form, release
from wiki.editing.previewing import preview_of
from wiki.editing.sections import section_text, sections_of, whole
from wiki.editing.starters import KINDS, starter_text
from wiki.errors import EditConflict, InvalidInput, PageNotFound, PermissionDenied, SlugTaken
from wiki.pages.affiliations import check_affiliation
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.revisions import revision_view
from wiki.pages.service import text_of
from wiki.pages.storage import load_text
from wiki.policy import may_edit, may_write, require
from wiki.saving.checks import check_text, clean_source
from wiki.saving.service import Actor, Edit, NewPage, create, page_facts
from wiki.text.slugs import title_from_slug
from wiki.voices.returning import returned
from wiki.web.arguments import asked_number, asked_text
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer, signed_in_user

__all__ = ["bp"]


@bp.get("/new")
def new() -> ResponseReturnValue:
    """The form for a page that does not exist yet."""
    signed_in_user()
    require(may_write(current_viewer()))
    kind = asked_text("kind")
    title = asked_text("title", 200)
    found = kept_form(None, "")
    if found is not None and asked_text("kept"):
        return render_template("editing/edit.html", view=kept_view(None, "", found))
    if kind in KINDS and not (asked_text("text") or all_fields_wanted()):
        return redirect(url_for("editing.begin", kind=kind, title=title or None), code=302)
    text = starter_text(kind, whole=all_fields_wanted())
    typed = Typed(title, text, "", False, settings().licence, 0, False, kind, False)
    return render_template("editing/edit.html", view=edit_view(None, "", typed, waits=found))


@bp.post("/new", endpoint="create")
def create_page() -> ResponseReturnValue:
    """Save, keep or preview a new page."""
    if request.form.get("action") == "keep":
        return keep_typed(None, "")
    return _written(None, "", parse(request.form))


@bp.get("/w/<path:slug>/edit")
def edit(slug: str) -> ResponseReturnValue:
    """The form with the head's text, or for a page nobody has written yet."""
    signed_in_user()
    session, viewer = db_session(), current_viewer()
    page = _page_or_none(slug)
    found = kept_form(page, slug)
    if found is not None and asked_text("kept"):
        return render_template("editing/edit.html", view=kept_view(page, slug, found))
    if page is None:
        require(may_write(viewer))
        kind = asked_text("kind")
        title = title_from_slug(slug)[:200]
        text = starter_text(kind, whole=all_fields_wanted())
        typed = Typed(title, text, "", False, "", 0, False, kind, False)
        return render_template("editing/edit.html", view=edit_view(None, slug, typed, waits=found))
    require(may_edit(viewer, page_facts(session, page, viewer, now()), now=now()))
    number = asked_number("revision") or page.head_number
    shown = revision_view(session, page, number, viewer)
    text = "" if shown.text_hidden else load_text(session, shown.text_id, shown.sha256)
    typed = Typed(
        page.title, text, "", False, page.licence, page.head_number, False, page.kind, False
    )
    restores = number if number != page.head_number else None
    wanted = asked_text("section", 300) if restores is None else ""
    if wanted and (section := sections_of(session, page, number, viewer)[1].get(wanted)):
        typed = replace(typed, text=section_text(text, section), section=wanted)
    view = edit_view(page, slug, typed, restores=restores, waits=found)
    return render_template("editing/edit.html", view=view)


@bp.post("/w/<path:slug>/edit", endpoint="save")
def save_edit(slug: str) -> ResponseReturnValue:
    """Save, keep or preview a revision, or a page that did not exist a moment ago."""
    actor()
    if request.form.get("action") == "keep":
        return keep_typed(_page_or_none(slug), slug)
    page, typed = _page_or_none(slug), parse(request.form)
    places = places_sent(request.form)
    if not places or page is None:
        return _written(page, slug, typed)
    typed = replace(typed, text=text_decided(places))
    if any(place.error for place in places) and not typed.preview:
        return clashes_page(page, typed, places), 422
    return _written(page, slug, typed)


def _page_or_none(slug: str) -> Page | None:
    try:
        return readable_page(db_session(), slug, current_viewer())
    except PageNotFound:
        return None


def _written(page: Page | None, slug: str, typed: Typed) -> ResponseReturnValue:
    by = actor()
    try:
        if typed.preview:
            return _previewed(page, slug, typed)
        return _saved(page, slug, whole(db_session(), page, typed, by.viewer), by)
    except InvalidInput as problem:
        field = _box(typed.text) if problem.field == "source" else problem.field
        return _again(page, slug, typed, {field: translate_error(problem)}, 422)
    except SlugTaken as problem:
        return _again(page, slug, typed, {"title": translate_error(problem)}, 422)
    except PermissionDenied as problem:
        return _again(page, slug, typed, {"": translate_error(problem)}, 403)
    except EditConflict as conflict:
        db_session().rollback()
        all_of_it = whole(db_session(), page, typed, current_viewer())
        return conflict_page(slug, replace(all_of_it, section=""), conflict), 409


def _box(source: str) -> str:
    """The box that holds what is wrong with this source: its facts, or its text."""
    facts, story = apart(source)
    try:
        check_text(clean_source(story), max_bytes=settings().max_page_bytes)
    except InvalidInput:
        return "text"
    return "facts" if facts else "text"


def _saved(page: Page | None, slug: str, typed: Typed, by: Actor) -> ResponseReturnValue:
    session = db_session()
    affiliation = check_affiliation(typed.for_whom, typed.for_name)
    if page is None:
        written = NewPage(
            title=typed.title,
            source=typed.text,
            summary=typed.summary,
            draft=typed.draft,
            language=settings().language,
            licence=typed.licence or settings().licence,
            affiliation=affiliation,
        )
        made = create(session, written, by=by, means=means(), now=now())
        release(None, slug, typed)
        session.commit()
        return redirect(url_for("reading.page", slug=made.slug, done="created"), code=303)
    change = Edit(
        slug=slug,
        base_number=typed.base,
        source=typed.text,
        summary=typed.summary,
        minor=typed.minor,
        affiliation=affiliation,
    )
    revision = saved(change, by)
    release(page, slug, typed)
    session.commit()
    done = "unchanged" if revision is None else "joined" if revision.joins else "saved"
    anchor = typed.section or None
    return redirect(url_for("reading.page", slug=slug, done=done, _anchor=anchor), code=303)


def _previewed(page: Page | None, slug: str, typed: Typed) -> str:
    viewer = current_viewer()
    require(may_write(viewer))
    source = clean_source(typed.text)
    if page is not None:
        source = returned(source, text_of(db_session(), page, page.head_number))
    made_with = means()
    checked = check_text(source, max_bytes=made_with.max_bytes, lists=made_with.lists)
    language = checked.language or (page.language if page else settings().language)
    rendered = made_with.renderer.render(source, language=language)
    public = page.state == "public" if page is not None else not typed.draft
    preview = preview_of(page, checked, rendered, public=public)
    view = edit_view(page, slug, typed, preview=preview, preview_failed=rendered.failed)
    return render_template("editing/edit.html", view=view)


def _again(
    page: Page | None, slug: str, typed: Typed, errors: dict[str, str], status: int
) -> ResponseReturnValue:
    """The form once more, with what was typed and what must change."""
    db_session().rollback()
    return render_template(
        "editing/edit.html", view=edit_view(page, slug, typed, errors=errors)
    ), status


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """Preview a text on its own address: the same form, nothing saved."""
    signed_in_user()
    form = parse({**request.form, "action": "preview"})
    return _written(None, "", form)
