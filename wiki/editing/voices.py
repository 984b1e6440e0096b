"""Giving somebody's words: a passage in their voice, with their consent; and taking it back."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki.cases.facets import rows, texts
from wiki.cases.service import hold_clock
from wiki.cases.vocabulary import Lists
from wiki.editing.blueprint import actor, bp, means
from wiki.editing.named import (
    Choices,
    choices,
    editable,
    partners_of,
    require_partner,
    speakers_of,
    the_lists,
)
from wiki.editing.previewing import passages_preview
from wiki.editing.shapes import VoiceDone, VoiceForm
from wiki.errors import EditConflict, InvalidFields, InvalidInput
from wiki.pages.models import Page
from wiki.pages.service import text_of
from wiki.saving.checks import accepted_text
from wiki.saving.service import Edit, save
from wiki.saving.withdrawal import withdraw
from wiki.text import front_matter
from wiki.voices.answering import Handed, Told
from wiki.voices.forms import TypedPassage, headings, with_passage
from wiki.voices.marks import Allowed, marks, problems
from wiki.voices.modes import NEEDS, TRANSLATED
from wiki.voices.privacy import PARTNERS, reach
from wiki.voices.queries import voices_of
from wiki.voices.receipts import grouped
from wiki.voices.rules import HOW, check_consent, check_voice
from wiki.voices.service import add_voice, set_silence
from wiki.voices.widening import keep_for_partners
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import signed_in_user

ANY = "v0"  # a key for words that are not in the text
USUAL = {"display_kind": "role", "position_public": "1", "how": "spoken", "mode": "direct_spoken"}


@bp.get("/w/<path:slug>/voice")
def voice(slug: str) -> ResponseReturnValue:
    """The form for a passage in somebody's voice."""
    page = editable(slug)
    usual = {**USUAL, "language": page.language, "partner": request.args.get("partner", "")[:100]}
    return render_template("editing/voice.html", view=_form(page, TypedPassage(usual, ()), {}))


@bp.post("/w/<path:slug>/voice", endpoint="give_voice")
def give_voice(slug: str) -> ResponseReturnValue:
    """Add the voice, its consent and the passage; the code for taking it back is shown once."""
    page = editable(slug)
    typed = TypedPassage(dict(request.form), request.form.getlist("scopes"))
    session = db_session()
    try:
        done, passage = _given(page, typed)
        if request.form.get("action") == "preview":
            return _previewed(page, typed, passage)
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        page = editable(slug)
        field = "words" if problem.field == "source" else problem.field
        view = _form(page, typed, {field: translate_error(problem)})
        return render_template("editing/voice.html", view=view), 422
    except EditConflict as problem:
        session.rollback()
        view = _form(editable(slug), typed, {"": translate_error(problem)})
        return render_template("editing/voice.html", view=view), 409
    return render_template("editing/voice_done.html", view=done)


def _previewed(page: Page, typed: TypedPassage, passage: str) -> ResponseReturnValue:
    """The form with all that was typed, below the passage as the page would show it; what was
    added to see that it can be is taken back."""
    session, slug = db_session(), page.slug
    made = passages_preview(page, passage, voices_of(session, page.id)) if passage else Markup()
    session.rollback()
    view = replace(_form(editable(slug), typed, {}), preview=made)
    return render_template("editing/voice.html", view=view)


def _given(page: Page, typed: TypedPassage) -> tuple[VoiceDone, str]:
    """What was done, and the passage that stands in the text now; "" if only partners read it."""
    session, user = db_session(), signed_in_user()
    words, mark = typed.words(), typed.attributes()
    key, receipt = typed.get("speaker"), ""
    if key and key not in dict(speakers_of(page)):
        raise InvalidInput("speaker", _("This page has no such voice."))
    if typed.get("partner") and typed.get("partner") not in partners_of(page):
        raise InvalidInput("partner", _("This page names no such partner."))
    hold_clock(session)
    if not key and reach(typed.scopes) == PARTNERS:
        return _kept_for_partners(page, typed, words, f"mode={typed.get('mode')}{mark}"), ""
    if not key:
        made = add_voice(
            session,
            page,
            typed.voice(),
            typed.consent(now()),
            taken_by=user.id,
            speaker=user.id if typed.own else None,
            now=now(),
            lists=the_lists(),
        )
        key, receipt = made.key, made.receipt
    passage = f"::: {{.voice by={key} mode={typed.get('mode')}{mark}}}\n{words}\n:::"
    source = text_of(session, page, page.head_number)
    body = front_matter.split(source)[1]
    head = source[: len(source) - len(body)]
    longer = head + with_passage(body, typed.get("place"), passage)
    if len(marks(longer)) != len(marks(source)) + 1:  # code that is never closed, for example
        raise InvalidInput(
            "words", _("These words would not stay within their passage. Is some code not closed?")
        )
    edit = Edit(
        slug=page.slug,
        base_number=page.head_number,
        source=longer,
        summary=_("A passage in somebody’s voice"),
    )
    save(session, edit, by=actor(), means=means(), now=now())
    translated = typed.get("mode") == TRANSLATED and not typed.get("machine")
    done = VoiceDone(page.slug, page.title, grouped(receipt), translated=translated)
    return done, passage


def _kept_for_partners(page: Page, typed: TypedPassage, words: str, mark: str) -> VoiceDone:
    """Words whose speaker lets only partners read them never come near the text."""
    session, user, agreed = db_session(), signed_in_user(), typed.consent(now())
    check_voice(typed.voice(), the_lists())
    check_consent(agreed, the_lists())
    passage = f"::: {{.voice by={ANY} {mark}}}\n{words}\n:::"
    source = text_of(session, page, page.head_number)
    found = marks(f"{passage}\n\n```\n```\n")  # which closes code that was left open
    fields = accepted_text(source).document.fields
    if [mark.end for mark in found] != [len(passage) - len(":::")]:
        raise InvalidInput(
            "words", _("These words would not stay within their passage. Is some code not closed?")
        )
    answered = Allowed(
        consented=True,
        read_back=agreed.read_back in ("yes", "no"),
        mandate=agreed.how == "collective",
    )
    if wrong := problems(found, {ANY: answered}, fields, public=True):
        raise InvalidFields(wrong)
    said = Handed(typed.voice(), agreed, words={}, told=(Told(mark, words),))
    speaker = user.id if typed.own else None
    receipt = keep_for_partners(session, page, said, taken_by=user.id, speaker=speaker, now=now())
    return VoiceDone(page.slug, page.title, grouped(receipt), for_partners=True)


def _form(page: Page, typed: TypedPassage, errors: dict[str, str]) -> VoiceForm:
    session, lists = db_session(), the_lists()
    document = accepted_text(text_of(session, page, page.head_number)).document
    fields: dict[str, Any] = dict(document.fields)
    return VoiceForm(
        slug=page.slug,
        title=page.title,
        language=page.language,
        typed=typed.fields,
        scopes=list(typed.scopes),
        errors=errors,
        speakers=[("", _("Somebody who has no voice here yet")), *speakers_of(page)],
        modes=[(m, _(lists["voice_mode"].label_of(m)), _meaning(lists, m)) for m in NEEDS],
        places=[("", _("at the end")), *((h, h.strip("# ")) for h in headings(document.body))],
        partners=[("", _("none of them")), *partners_of(page).items()],
        sources=[("", "–"), *_sources(fields)],
        positions=choices("position"),
        capacities=choices("capacity"),
        scope_choices=choices("consent_scope"),
        hows=[(how, label) for how, label in zip(HOW, _how_labels(), strict=True)],
    )


def _how_labels() -> list[str]:
    return [
        _("in writing"),
        _("spoken, to me"),
        _("spoken, before a witness"),
        _("as a group, by its own way of deciding"),
    ]


def _meaning(lists: Lists, mode: str) -> str:
    return _(lists["voice_mode"].definitions.get(mode, ""))


def _sources(fields: dict[str, Any]) -> Choices:
    listed = rows(fields.get("sources"))
    return [(key, str(row.get("cite") or key)) for row in listed for key in texts(row.get("id"))]


@bp.get("/w/<path:slug>/silence/<key>")
def silence(slug: str, key: str) -> ResponseReturnValue:
    """Ask why a partner has no words of its own here."""
    return _silence(editable(slug), key, {})


@bp.post("/w/<path:slug>/silence/<key>", endpoint="set_silence")
def set_silence_now(slug: str, key: str) -> ResponseReturnValue:
    """Say why a partner is silent, and when and how it was asked."""
    page, session = editable(slug), db_session()
    require_partner(page, key)
    how = " ".join(request.form.get("how", "").split())[:100]
    asked = (now().date().isoformat(), how) if how else None
    try:
        hold_clock(session)
        set_silence(session, page, key, request.form.get("reason", ""), asked, lists=the_lists())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        return _silence(editable(slug), key, {problem.field: translate_error(problem)}, 422)
    return redirect(url_for("reading.page", slug=slug, done="saved"), code=303)


def _silence(
    page: Page, key: str, errors: dict[str, str], status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "editing/silence.html",
        slug=page.slug,
        title=page.title,
        name=require_partner(page, key),
        key=key,
        reasons=choices("silence_reason"),
        typed=request.form,
        errors=errors,
    ), status


@bp.get("/take-back")
def take_back() -> str:
    """The form in which a speaker takes back their words, without an account."""
    return render_template("editing/take_back.html", code="", error="")


@bp.post("/take-back", endpoint="take_back_now")
def take_back_now() -> ResponseReturnValue:
    """Hide the speaker's words everywhere at once."""
    session, code = db_session(), request.form.get("code", "")[:80]
    try:
        title = withdraw(session, code, means=means(), now=now())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        error = translate_error(problem)
        return render_template("editing/take_back.html", code=code, error=error), 422
    return render_template("editing/taken_back.html", title=title)
