"""Putting an answer that came in into the page, with a look at it before.

Of an answer that everybody can read side by side the look is what the page will show. One that
nobody has read stays closed to its editor too until everybody can read it: that is promised to who
writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki.editing.blueprint import actor, bp, means
from wiki.editing.invitations import overview
from wiki.editing.named import choices, editable, partners_of
from wiki.editing.previewing import passages_preview
from wiki.errors import EditConflict, InvalidInput
from wiki.pages.models import Page
from wiki.rendering.phrases import is_right_to_left
from wiki.saving.placing import PlacingWords, place, placeable
from wiki.voices.answering import OUTCOMES
from wiki.voices.asking import QUESTIONS, usual_day
from wiki.voices.waiting import waiting_answers
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error


@dataclass(frozen=True, kw_only=True)
class PlacingView:
    """An answer before it is put in. preview: None for one that nobody reads before."""

    slug: str
    title: str
    language: str
    direction: str
    public_id: str
    partner: str
    heading: str  # under which it will stand
    is_open: bool
    preview: Markup | None


@bp.get("/w/<path:slug>/answers/<public_id>", endpoint="look_at_answer")
def look_at_answer(slug: str, public_id: str) -> str:
    """What putting an answer in would do."""
    page, session = editable(slug), db_session()
    partner = _partner(page, public_id)
    words = placing_words(partner)
    found = placeable(session, page, public_id, words, now())
    voices = {found.voice.key: found.voice} if found.voice is not None else {}
    view = PlacingView(
        slug=page.slug,
        title=page.title,
        language=page.language,
        direction="rtl" if is_right_to_left(page.language) else "ltr",
        public_id=public_id,
        partner=partner,
        heading=words.heading,
        is_open=found.is_open,
        preview=passages_preview(page, found.source, voices) if found.source else None,
    )
    return render_template("editing/placing.html", view=view)


@bp.post("/w/<path:slug>/answers/<public_id>", endpoint="place_answer")
def place_answer(slug: str, public_id: str) -> ResponseReturnValue:
    """Put an answer that came in into the page."""
    page, session = editable(slug), db_session()
    words, by = placing_words(_partner(page, public_id)), actor()
    session.rollback()
    try:
        place(session, slug, public_id, words, by=by, means=means(), now=now())
        session.commit()
    except (InvalidInput, EditConflict) as problem:
        session.rollback()
        page = editable(slug)
        errors = {"": translate_error(problem)}
        return overview(page, list(partners_of(page)), usual_day(now()), True, errors, 422)
    return redirect(url_for("reading.page", slug=slug, done="answer-placed"), code=303)


def _partner(page: Page, public_id: str) -> str:
    """Whose answer it is, as the page may name them."""
    waiting = waiting_answers(db_session(), page, now())
    keys: Mapping[str, str] = {each.public_id: each.partner for each in waiting}
    return partners_of(page).get(keys.get(public_id, ""), _("a partner"))


def placing_words(partner: str) -> PlacingWords:
    """What stands around an answer of this partner, in the language of the request."""
    said = {
        OUTCOMES[0]: _("The relationship: %(rating)s"),
        OUTCOMES[1]: _("The purpose: %(rating)s"),
    }
    return PlacingWords(
        heading=_("In their own words: %(partner)s", partner=partner),
        questions={name: _(question) for name, question in QUESTIONS.items()},
        reply=_("Their reply to this page"),
        outcomes=_("How they rate it"),
        ratings={
            name: {value: words % {"rating": label} for value, label in choices(name)}
            for name, words in said.items()
        },
        summary=_("An answer of %(partner)s", partner=partner),
    )
