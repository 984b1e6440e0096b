"""Writing a page: a new one or a new revision, with preview and conflict."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

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
from wiki.editing.forms import Typed, apart, parse
from wiki.editing.named import speakers_of
from wiki.editing.previewing import preview_of
from wiki.editing.sections import heading_of, section_text, sections_of, whole
from wiki.editing.shapes import EditView
from wiki.editing.starters import KINDS, guide, start_address, starter_text, starters
from wiki.errors import EditConflict, InvalidInput, PageNotFound, PermissionDenied, SlugTaken
from wiki.pages.affiliations import check_affiliation
from wiki.pages.licences import LICENCES, licence_of
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.revisions import revision_view
from wiki.pages.service import text_of
from wiki.pages.storage import load_text
from wiki.policy import may_edit, may_write, require
from wiki.rendering.phrases import is_right_to_left
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
    if kind in KINDS and not (asked_text("text") or _all_fields_wanted()):
        return redirect(url_for("editing.begin", kind=kind, title=title or None), code=302)
    text = starter_text(kind, whole=_all_fields_wanted())
    typed = Typed(title, text, "", False, settings().licence, 0, False, kind, False)
    return render_template("editing/edit.html", view=_view(None, "", typed))


def _all_fields_wanted() -> bool:
    return request.args.get("fields") == "all"


@bp.post("/new", endpoint="create")
def create_page() -> ResponseReturnValue:
    """Save or preview a new page."""
    return _written(None, "", parse(request.form))


@bp.get("/w/<path:slug>/edit")
def edit(slug: str) -> ResponseReturnValue:
    """The form with the head's text, or for a page nobody has written yet."""
    signed_in_user()
    session, viewer = db_session(), current_viewer()
    page = _page_or_none(slug)
    if page is None:
        require(may_write(viewer))
        kind = asked_text("kind")
        title = title_from_slug(slug)[:200]
        text = starter_text(kind, whole=_all_fields_wanted())
        typed = Typed(title, text, "", False, "", 0, False, kind, False)
        return render_template("editing/edit.html", view=_view(None, slug, typed))
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
    return render_template("editing/edit.html", view=_view(page, slug, typed, restores=restores))


@bp.post("/w/<path:slug>/edit", endpoint="save")
def save_edit(slug: str) -> ResponseReturnValue:
    """Save or preview a revision, or a page that did not exist a moment ago."""
    actor()
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
    view = _view(page, slug, typed, preview=preview, preview_failed=rendered.failed)
    return render_template("editing/edit.html", view=view)


def _again(
    page: Page | None, slug: str, typed: Typed, errors: dict[str, str], status: int
) -> ResponseReturnValue:
    """The form once more, with what was typed and what must change."""
    db_session().rollback()
    return render_template(
        "editing/edit.html", view=_view(page, slug, typed, errors=errors)
    ), status


def _view(
    page: Page | None,
    slug: str,
    typed: Typed,
    *,
    errors: dict[str, str] | None = None,
    preview: Markup | None = None,
    preview_failed: bool = False,
    restores: int | None = None,
) -> EditView:
    language = page.language if page else settings().language
    head = page.head_number if page else 0
    return EditView(
        new=page is None,
        action_url=url_for("editing.save", slug=slug) if slug else url_for("editing.create"),
        slug=slug,
        title=page.title if page else typed.title,
        text=typed.text,
        summary=typed.summary,
        language=language,
        direction="rtl" if is_right_to_left(language) else "ltr",
        minor=typed.minor,
        for_whom=typed.for_whom,
        for_name=typed.for_name,
        speakers=speakers_of(page) if page else [],
        draft=typed.draft if page is None else page.state == "draft",
        base=typed.base,
        base_is_newest=typed.base == head,
        newest_number=head,
        kind=typed.kind,
        starters=starters(typed.kind, slug) if page is None else [],
        licence=licence_of(typed.licence or (page.licence if page else settings().licence)),
        licences=[(x.code, x.name) for x in LICENCES.values()] if page is None else [],
        preview=preview,
        preview_failed=preview_failed,
        errors=errors or {},
        restores=restores,
        section=heading_of(typed),
        section_id=typed.section,
        max_bytes=settings().max_page_bytes,
        all_fields_url=_all_fields_url(page, slug, typed.kind),
        guide=guide(page.kind if page else typed.kind),
        form_url=_form_url(page, slug, typed.kind),
    )


def _form_url(page: Page | None, slug: str, kind: str) -> str:
    """Where the guided form is; "" for pages that have none."""
    if page is not None:
        return url_for("editing.guided_start", slug=slug) if page.kind in KINDS else ""
    return url_for("editing.begin", kind=kind) if kind in KINDS else ""


def _all_fields_url(page: Page | None, slug: str, kind: str) -> str:
    """Where the whole template is; "" where there is none, or it is in the box already."""
    if page is not None or kind not in KINDS or _all_fields_wanted():
        return ""
    return start_address(kind, slug, whole=True)


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """Preview a text on its own address: the same form, nothing saved."""
    signed_in_user()
    form = parse({**request.form, "action": "preview"})
    return _written(None, "", form)
