"""What is typed into the form of a page is kept, unsaved, for its writer alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.editing.blueprint import bp
from wiki.editing.forms import Typed, parse
from wiki.keeping.service import Kept, keep, kept, kept_by, let_go
from wiki.pages.models import Page
from wiki.pages.queries import readable_pages
from wiki.policy import may_write, require
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer, signed_in_user

FIELDS = frozenset(
    {
        "title", "facts", "text", "summary", "minor", "licence", "base", "draft", "kind",
        "for_whom", "for_name", "section",
    }
)  # fmt: skip


@dataclass(frozen=True)
class KeptLine:
    """A kept form in the list: title, where it goes on, when it was kept."""

    title: str
    address: str
    place: str
    kept_at: datetime


def place_of(page: Page | None, slug: str) -> str:
    """Which form it is: that of a page, or of an address that has none yet."""
    return f"page:{page.id}" if page is not None else f"new:{slug}"[:260]


def keep_typed(page: Page | None, slug: str) -> ResponseReturnValue:
    """Keep what stands in the form. A script is told when; else the form comes back."""
    user = signed_in_user()
    require(may_write(current_viewer()))
    fields = {
        name: value.replace("\r\n", "\n").replace("\r", "\n")  # as texts are saved and read
        for name, value in request.form.items()
        if name in FIELDS and value
    }
    keep(
        db_session(),
        user.id,
        place_of(page, slug),
        fields,
        page_id=page.id if page is not None else None,
        now=now(),
    )
    db_session().commit()
    if request.accept_mimetypes.best == "application/json":
        return "", 204
    return redirect(_address(slug, done="kept"), code=303)


def _address(slug: str, done: str | None = None) -> str:
    """Where a kept form goes on."""
    if slug:
        return url_for("editing.edit", slug=slug, kept=1, done=done)
    return url_for("editing.new", kept=1, done=done)


def kept_form(page: Page | None, slug: str) -> Kept | None:
    """What the writer kept of this form. One SELECT."""
    return kept(db_session(), signed_in_user().id, place_of(page, slug))


def typed_again(found: Kept) -> Typed:
    """The form as it was kept."""
    return parse(found.fields)


def release(page: Page | None, slug: str, typed: Typed) -> None:
    """It is saved now: nothing is kept of this form. No statement if nothing was."""
    if typed.kept:
        let_go(db_session(), signed_in_user().id, place_of(page, slug))


@bp.get("/kept")
def kept_forms() -> str:
    """All that somebody kept, to go on with or to throw away."""
    user, session = signed_in_user(), db_session()
    found = kept_by(session, user.id)
    wanted = [each.page_id for each in found if each.page_id is not None]
    pages = readable_pages(session, wanted, current_viewer())
    return render_template("editing/kept.html", lines=_lines(found, pages))


def _lines(found: Sequence[Kept], pages: Mapping[int, Page]) -> list[KeptLine]:
    lines = []
    for each in found:
        page = pages.get(each.page_id or 0)
        slug = page.slug if page is not None else each.place.partition(":")[2]
        if page is None and each.page_id is not None:
            continue  # nobody may read that page any more
        title = page.title if page is not None else each.fields.get("title") or _("A new page")
        lines.append(KeptLine(title, _address(slug), each.place, each.kept_at))
    return lines


@bp.post("/kept/throw-away", endpoint="throw_away")
def throw_away() -> ResponseReturnValue:
    """Let go of what was kept of one form."""
    let_go(db_session(), signed_in_user().id, request.form.get("place", "")[:260])
    db_session().commit()
    return redirect(url_for("editing.kept_forms", done="thrown-away"), code=303)
