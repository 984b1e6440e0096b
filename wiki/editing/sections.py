"""Editing one section of a page: its text in the box, the whole text saved."""

from dataclasses import replace

from flask import current_app
from sqlalchemy.orm import Session

from wiki.editing.forms import Typed
from wiki.errors import InvalidInput, RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.revisions import revision_view
from wiki.pages.storage import load_text
from wiki.pageview.copies import copy_of
from wiki.policy import Viewer
from wiki.rendering.sections import SourceSection, sections_by_id, with_section
from wiki.saving.checks import clean_source
from wiki.text import front_matter
from wiki.web.i18n import gettext as _


def sections_of(
    session: Session, page: Page, number: int, viewer: Viewer
) -> tuple[str, dict[str, SourceSection]]:
    """The source of a revision and its sections by their headings' ids; ("", {}) if it may not be
    read. Cost: as reading it."""
    try:
        shown = revision_view(session, page, number, viewer)
    except RevisionNotFound:
        return "", {}
    if shown.text_hidden:
        return "", {}
    source = load_text(session, shown.text_id, shown.sha256)
    copy = copy_of(
        session,
        shown.text_id,
        shown.sha256,
        renderer=current_app.extensions["renderer"],
        language=page.language,
    )
    return source, sections_by_id(front_matter.split(source)[1], copy.contents)


def section_text(source: str, section: SourceSection) -> str:
    """What stands in the box: the section, without the empty lines below it."""
    body = front_matter.split(source)[1]
    return body[section.start : section.end].rstrip("\n") + "\n"


def heading_of(typed: Typed) -> str:
    """The heading above a section in the box; "" if the whole page is in it."""
    first = typed.text.strip().partition("\n")[0]
    return first.strip("# \t\r") if typed.section else ""


def whole(session: Session, page: Page | None, typed: Typed, viewer: Viewer) -> Typed:
    """What was typed as the text of the whole page; as it is, if it was not a section.

    InvalidInput("source") if the section is not where it was.
    """
    if not typed.section or page is None:
        return typed
    source, sections = sections_of(session, page, typed.base, viewer)
    if typed.section not in sections:
        raise InvalidInput(
            "source",
            _("This section is no longer where it was. Please copy your text and edit the page."),
        )
    body = front_matter.split(source)[1]
    new = with_section(body, sections[typed.section], clean_source(typed.text))
    return replace(typed, text=source[: len(source) - len(body)] + new)
