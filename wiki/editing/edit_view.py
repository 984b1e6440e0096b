"""The form of a page as its template is given it."""

from dataclasses import replace

from flask import request, url_for
from markupsafe import Markup

from wiki.editing.blueprint import settings
from wiki.editing.forms import Typed
from wiki.editing.keeping import typed_again
from wiki.editing.named import speakers_of
from wiki.editing.sections import heading_of
from wiki.editing.shapes import EditView
from wiki.editing.starters import KINDS, guide, start_address, starters
from wiki.keeping.service import Kept
from wiki.pages.licences import LICENCES, licence_of
from wiki.pages.models import Page
from wiki.rendering.phrases import is_right_to_left


def all_fields_wanted() -> bool:
    """Whether the whole template of a kind is asked for."""
    return request.args.get("fields") == "all"


def kept_view(page: Page | None, slug: str, found: Kept) -> EditView:
    """The form as somebody kept it."""
    return edit_view(page, slug, replace(typed_again(found), kept=True))


def edit_view(
    page: Page | None,
    slug: str,
    typed: Typed,
    *,
    errors: dict[str, str] | None = None,
    preview: Markup | None = None,
    preview_failed: bool = False,
    restores: int | None = None,
    waits: Kept | None = None,
) -> EditView:
    """The form, with what was typed and what is wrong with it; `page` None: there is none yet."""
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
        kind=page.kind if page else typed.kind,
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
        waits=waits,
        goes_on=typed.kept,
    )


def _form_url(page: Page | None, slug: str, kind: str) -> str:
    """Where the guided form is; "" for pages that have none."""
    if page is not None:
        return url_for("editing.guided_start", slug=slug) if page.kind in KINDS else ""
    return url_for("editing.begin", kind=kind) if kind in KINDS else ""


def _all_fields_url(page: Page | None, slug: str, kind: str) -> str:
    """Where the whole template is; "" where there is none, or it is in the box already."""
    if page is not None or kind not in KINDS or all_fields_wanted():
        return ""
    return start_address(kind, slug, whole=True)
