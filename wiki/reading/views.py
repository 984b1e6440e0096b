"""Reading a page: the page, a revision of it, its raw text, its voices, what links to it."""

from urllib.parse import urlencode

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.errors import PageGone, PageNotFound, RevisionNotFound
from wiki.pages.queries import (
    backlinks,
    existing_slugs,
    readable_page,
    redirect_target,
    shown_number,
)
from wiki.pages.revisions import revision_view
from wiki.pages.storage import load_text
from wiki.pageview.all_voices import all_voices
from wiki.pageview.taken_away import taken_away
from wiki.pageview.view import Asked, PageView, assemble
from wiki.policy import may_write
from wiki.reading import (  # noqa: F401  # their views hang on the blueprint
    alike,
    begin,
    browse,
    changes,
    held_voices,
    lists,
    partners,
    passages,
    side_by_side,
)
from wiki.reading.blueprint import bp
from wiki.reading.board import page_means
from wiki.reading.shapes import Backlinks, Missing, tombstone
from wiki.reading.storing import find, send, store
from wiki.text.slugs import title_from_slug
from wiki.web.arguments import asked_number, asked_text
from wiki.web.compression import has_part
from wiki.web.database import db_session, now
from wiki.web.i18n import current_language
from wiki.web.login import current_viewer

__all__ = ["bp"]


@bp.get("/w/<path:slug>")
def page(slug: str) -> ResponseReturnValue:
    """A page as the viewer may read it; anonymous readers get the stored bytes."""
    asked = Asked(slug, voices=_voices_wanted(), redirected_from=_came_from())
    try:
        if current_viewer().signed_in or asked.redirected_from:
            return _shown(asked)
        return _anonymous(asked)
    except PageNotFound:
        return _elsewhere(slug)
    except PageGone:
        return render_template(
            "reading/deleted.html", view=tombstone(db_session(), slug, current_viewer())
        ), 410


def _voices_wanted() -> bool:
    """The address decides; where it does not say, the signed-in person's own setting."""
    said = request.args.get("voices") if request.query_string else None
    if said in ("0", "1"):
        return said == "1"
    return bool(current_viewer().voices_on)


def _came_from() -> str:
    return asked_text("from")


def _anonymous(asked: Asked) -> ResponseReturnValue:
    language = current_language()
    variant = f"{language}{'+voices' if asked.voices else ''}"
    found = find(asked.slug, variant, language)
    if found is None:
        return _shown(asked)  # not public: says whether it is missing or was deleted
    if not found.fresh:
        view = _view(asked)
        html = render_template("reading/page.html", view=view)
        found = store(found, variant, html, view.ends_at)
    return send(found)


def _shown(asked: Asked) -> str:
    view = _view(asked)
    has_part(view.story.encode(), view.packed)
    return render_template("reading/page.html", view=view)


def _view(asked: Asked) -> PageView:
    return assemble(
        db_session(),
        asked,
        current_viewer(),
        means=page_means(),
        now=now(),
    )


def _elsewhere(slug: str) -> ResponseReturnValue:
    """An old address of a page, or the page that invites to write this one."""
    session = db_session()
    target = redirect_target(session, slug)
    if target is not None and existing_slugs(session, [target], current_viewer()):
        address = url_for("reading.page", slug=target)
        return redirect(f"{address}?{urlencode({'from': slug})}", code=302)
    return _missing(slug), 404


def _missing(slug: str) -> str:
    viewer = current_viewer()
    verdict = may_write(viewer)
    view = Missing(
        slug=slug,
        title=title_from_slug(slug)[:200],
        may_create=verdict.allowed,
        why_not="" if verdict.allowed else verdict.why,
        nearest=[],
        pages=backlinks(db_session(), slug, viewer),
    )
    return render_template("reading/missing.html", view=view)


@bp.get("/w/<path:slug>@<int:number>")
def revision(slug: str, number: int) -> ResponseReturnValue:
    """One revision, at the address that never changes; a banner says when it is not the newest."""
    return render_template(
        "reading/page.html", view=_view(Asked(slug, number, voices=_voices_wanted()))
    )


@bp.get("/w/<path:slug>/raw")
def raw(slug: str) -> ResponseReturnValue:
    """The Markdown of the public revision, or of `?revision=`, byte for byte, but for passages
    that may not leave."""
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    newest = shown_number(page)
    number = asked_number("revision") or newest
    found = revision_view(session, page, number, viewer)
    if found.text_hidden or number > newest:
        raise RevisionNotFound()
    source = load_text(session, found.text_id, found.sha256)
    text = taken_away(session, page, source, now()).text
    response = Response(text, mimetype="text/markdown")
    response.headers["Content-Disposition"] = "inline"
    return response


@bp.get("/w/<path:slug>/voices")
def attribution(slug: str) -> str:
    """Every voice of a page with its share, and how that is counted."""
    view = all_voices(
        db_session(),
        slug,
        current_viewer(),
        words=page_means().words,
    )
    return render_template("reading/attribution.html", view=view)


@bp.get("/w/<path:slug>/links", endpoint="backlinks")
def backlinks_of(slug: str) -> str:
    """The pages that point here, whether this page exists or not."""
    session, viewer = db_session(), current_viewer()
    try:
        title, exists = readable_page(session, slug, viewer).title, True
    except (PageNotFound, PageGone):
        title, exists = title_from_slug(slug)[:200], False
    view = Backlinks(slug, title, exists, backlinks(session, slug, viewer))
    return render_template("reading/backlinks.html", view=view)
