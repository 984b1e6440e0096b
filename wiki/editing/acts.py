"""Acts on a whole page, each asked once more before: rename, revert, publish, delete."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.editing.blueprint import actor, bp, means
from wiki.editing.named import editable
from wiki.editing.shapes import ConfirmView
from wiki.errors import EditConflict, InvalidInput, PageNotFound, SlugTaken
from wiki.pages.models import Page
from wiki.pages.queries import find_page, is_member, readable_page
from wiki.policy import may_delete, may_moderate, require
from wiki.saving import curation
from wiki.saving.service import page_facts
from wiki.web.arguments import asked_number
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer, signed_in_user


def _asked(view: ConfirmView, status: int = 200) -> ResponseReturnValue:
    return render_template("editing/confirm.html", view=view), status


def _done(
    act: Callable[[], Page | None],
    question: Callable[[dict[str, str]], ConfirmView],
    after: Callable[[Page | None], str],
) -> ResponseReturnValue:
    """Do it and go on, or ask again with what is wrong beside the field."""
    session = db_session()
    try:
        result = act()
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        field = "" if problem.field == "source" else problem.field
        return _asked(question({field: translate_error(problem)}), 422)
    except SlugTaken as problem:
        session.rollback()
        return _asked(question({"title": translate_error(problem)}), 422)
    except EditConflict as problem:
        session.rollback()
        return _asked(question({"": translate_error(problem)}), 409)
    return redirect(after(result), code=303)


@bp.get("/w/<path:slug>/rename")
def rename(slug: str) -> ResponseReturnValue:
    """Ask for the new title."""
    page = editable(slug)
    return _asked(_rename_question(slug, page.title, page.title, {}))


@bp.post("/w/<path:slug>/rename", endpoint="rename_now")
def rename_now(slug: str) -> ResponseReturnValue:
    """Give the page its new title and address."""
    by, typed = actor(), request.form.get("new_title", "")
    title = editable(slug).title
    return _done(
        lambda: curation.rename(db_session(), slug, typed, by=by, means=means(), now=now()),
        lambda errors: _rename_question(slug, title, typed, errors),
        lambda page: url_for("reading.page", slug=page.slug if page else slug, done="renamed"),
    )


def _rename_question(slug: str, title: str, typed: str, errors: dict[str, str]) -> ConfirmView:
    return ConfirmView(
        heading=_("Rename “%(title)s”?", title=title),
        lead=_("The page gets a new title and a new address."),
        consequences=[_("The old address leads here, so no link breaks.")],
        action_url=url_for("editing.rename_now", slug=slug),
        button=_("Rename"),
        cancel_url=url_for("reading.page", slug=slug),
        new_title=typed,
        subject=title,
        subject_url=url_for("reading.page", slug=slug),
        errors={"new_title" if k == "title" else k: v for k, v in errors.items()},
    )


@bp.get("/w/<path:slug>/revert")
def revert(slug: str) -> ResponseReturnValue:
    """Ask before an older revision's text comes back."""
    page = editable(slug)
    number = asked_number("revision") or 0
    return _asked(_revert_question(page, number, page.head_number, "", {}))


@bp.post("/w/<path:slug>/revert", endpoint="revert_now")
def revert_now(slug: str) -> ResponseReturnValue:
    """Bring the text back as a new revision."""
    by, page = actor(), editable(slug)
    number = request.form.get("revision", 0, type=int)
    base = request.form.get("base", 0, type=int)
    reason = request.form.get("reason", "")
    summary = reason or _("Brings back revision %(number)s", number=number)

    def act() -> None:
        curation.revert(
            db_session(),
            slug,
            number,
            base_number=base,
            reason=summary,
            by=by,
            means=means(),
            now=now(),
        )

    return _done(
        act,
        lambda errors: _revert_question(editable(slug), number, base, reason, errors),
        lambda _page: url_for("reading.page", slug=page.slug, done="reverted"),
    )


def _revert_question(
    page: Page, number: int, base: int, reason: str, errors: dict[str, str]
) -> ConfirmView:
    return ConfirmView(
        heading=_("Bring back revision %(number)s?", number=number),
        lead=_("Its text becomes a new revision. Every word goes back to whom it belonged."),
        consequences=[_("What was written since stays in the history.")],
        action_url=url_for("editing.revert_now", slug=page.slug),
        button=_("Bring it back"),
        cancel_url=url_for("reading.history", slug=page.slug),
        hidden={"revision": str(number), "base": str(base)},
        ask_reason=True,
        reason_hint=_("One line for the history, seen by everybody."),
        reason=reason,
        subject=page.title,
        subject_url=url_for("reading.page", slug=page.slug),
        errors=errors,
    )


@bp.get("/w/<path:slug>/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Ask before a draft becomes public."""
    return _asked(_publish_question(editable(slug), {}))


@bp.post("/w/<path:slug>/publish", endpoint="publish_now")
def publish_now(slug: str) -> ResponseReturnValue:
    """Let everybody read the draft."""
    by, page = actor(), editable(slug)
    return _done(
        lambda: curation.publish_draft(db_session(), slug, by=by, means=means(), now=now()),
        lambda errors: _publish_question(page, errors),
        lambda _page: url_for("reading.page", slug=slug, done="published"),
    )


def _publish_question(page: Page, errors: dict[str, str]) -> ConfirmView:
    return ConfirmView(
        heading=_("Publish “%(title)s”?", title=page.title),
        lead=_("Everybody can read it from now on, and search engines may copy it."),
        consequences=[
            _("Earlier versions of the draft stay visible to its members only."),
            _("It cannot become a draft again; copies may exist."),
        ],
        action_url=url_for("editing.publish_now", slug=page.slug),
        button=_("Publish"),
        cancel_url=url_for("reading.page", slug=page.slug),
        subject=page.title,
        subject_url=url_for("reading.page", slug=page.slug),
        errors=errors,
    )


@bp.get("/w/<path:slug>/delete")
def delete(slug: str) -> ResponseReturnValue:
    """Ask before a page goes into the recycle bin."""
    signed_in_user()
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    require(may_delete(viewer, page_facts(session, page, viewer, now())))
    return _asked(_delete_question(page, "", {}))


@bp.post("/w/<path:slug>/delete", endpoint="delete_now")
def delete_now(slug: str) -> ResponseReturnValue:
    """Put the page into the recycle bin."""
    by, reason = actor(), request.form.get("reason", "")

    def question(errors: dict[str, str]) -> ConfirmView:
        page = readable_page(db_session(), slug, current_viewer())
        return _delete_question(page, reason, errors)

    return _done(
        lambda: curation.delete(db_session(), slug, reason=reason, by=by, now=now()),
        question,
        lambda _page: url_for("reading.home", done="deleted"),
    )


def _delete_question(page: Page, reason: str, errors: dict[str, str]) -> ConfirmView:
    return ConfirmView(
        heading=_("Delete “%(title)s”?", title=page.title),
        lead=_("The page goes into the recycle bin. Its history is kept and it can come back."),
        consequences=[_("Links to it lead to a note that says when it was deleted and why.")],
        danger=True,
        action_url=url_for("editing.delete_now", slug=page.slug),
        button=_("Delete"),
        cancel_url=url_for("reading.page", slug=page.slug),
        ask_reason=page.state == "public",
        reason=reason,
        subject=page.title,
        subject_url=url_for("reading.page", slug=page.slug),
        errors=errors,
    )


@bp.get("/w/<path:slug>/restore")
def restore(slug: str) -> ResponseReturnValue:
    """Ask before a page comes back from the recycle bin."""
    signed_in_user()
    return _asked(_restore_question(_in_the_bin(slug), "", {}))


@bp.post("/w/<path:slug>/restore", endpoint="restore_now")
def restore_now(slug: str) -> ResponseReturnValue:
    """Bring the page back."""
    by, reason = actor(), request.form.get("reason", "")
    return _done(
        lambda: curation.restore(
            db_session(), slug, reason=reason, by=by, means=means(), now=now()
        ),
        lambda errors: _restore_question(_in_the_bin(slug), reason, errors),
        lambda _page: url_for("reading.page", slug=slug, done="restored"),
    )


def _in_the_bin(slug: str) -> Page:
    """A public page is the moderators' to bring back, a draft its members'; else PageNotFound."""
    viewer, page = current_viewer(), find_page(db_session(), slug)
    if page is None or page.state != "deleted":
        raise PageNotFound(slug)
    draft = page.public_from_number is None
    allowed = is_member(db_session(), page, viewer) if draft else may_moderate(viewer).allowed
    if not allowed:
        raise PageNotFound(slug)
    return page


def _restore_question(page: Page, reason: str, errors: dict[str, str]) -> ConfirmView:
    return ConfirmView(
        heading=_("Bring back “%(title)s”?", title=page.title),
        lead=_("The page can be read again, with its whole history."),
        action_url=url_for("editing.restore_now", slug=page.slug),
        button=_("Bring it back"),
        cancel_url=url_for("reading.home"),
        ask_reason=page.public_from_number is not None,
        reason=reason,
        errors=errors,
    )
