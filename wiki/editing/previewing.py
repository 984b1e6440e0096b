"""The preview of a text: as its page will look, each passage with who speaks or why it waits."""

from collections.abc import Mapping
from dataclasses import replace

from flask import current_app
from markupsafe import Markup

from wiki.cases.board import Board
from wiki.pages.models import Page
from wiki.pageview.live import fill
from wiki.pageview.naming import preview_passages
from wiki.pageview.phrases import page_words
from wiki.pageview.slots import colour_links
from wiki.pageview.whose import Known, known_in
from wiki.rendering.rendered import Rendered
from wiki.saving.checks import Checked
from wiki.voices.marks import marks, problems
from wiki.voices.privacy import VoiceFacts
from wiki.voices.service import allowed_of
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_wrong


def preview_of(page: Page | None, checked: Checked, rendered: Rendered, *, public: bool) -> Markup:
    """The rendered text with its slots filled. `public`: it would be read by everybody.

    Cost: two SELECTs where passages are marked in it, and those of the lists it shows.
    """
    session = db_session()
    board: Board = current_app.extensions["board"]
    html = colour_links(rendered.html, set(rendered.links), missing_title="")
    known = known_in(session, page.id if page else None, checked.source, now())
    known = replace(known, language=checked.language or (page.language if page else ""))
    if known.marked:
        allowed, fields = allowed_of(known.voices), checked.document.fields
        wrong = [problems([mark], allowed, fields, public=public) for mark in known.marked]
        words = page_words(board.lists).cases.asked_once(session)
        why = [[translate_wrong(each) for each in of_mark] for of_mark in wrong]
        html = preview_passages(html, known, why, words, lambda: words.lists(session))
    return Markup(fill(session, board, html))  # noqa: S704  # cleaned by rendering.sanitize


def passages_preview(page: Page, source: str, voices: Mapping[str, VoiceFacts]) -> Markup:
    """Passages that nobody has put into the page yet, as it will show them. `voices`: who speaks
    in them, by key. Cost: one rendering."""
    session = db_session()
    board: Board = current_app.extensions["board"]
    rendered = current_app.extensions["renderer"].render(source, language=page.language)
    html = colour_links(rendered.html, set(rendered.links), missing_title="")
    known = Known(voices, {}, now(), marked=marks(source), language=page.language)
    words = page_words(board.lists).cases.asked_once(session)
    nothing = [()] * len(known.marked)
    named = preview_passages(html, known, nothing, words, lambda: words.lists(session))
    return Markup(named)  # noqa: S704  # cleaned by rendering.sanitize
