"""Answering an invitation without an account: a code, a form, a receipt for taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki.accounts.rules import neighbourhood
from wiki.accounts.throttle import count_failure, require_calm
from wiki.cases.service import hold_clock
from wiki.editing.blueprint import bp
from wiki.editing.named import Choices, choices, partners_of, the_lists
from wiki.editing.placing import placing_words
from wiki.editing.previewing import passages_preview
from wiki.errors import InvalidInput, PageNotFound, TooManyTries
from wiki.pages.models import Page
from wiki.rendering.phrases import is_right_to_left
from wiki.saving.hearing import reveal
from wiki.saving.placing import as_passages
from wiki.voices.answering import CAPACITIES, OUTCOMES, SCOPES, TypedAnswer
from wiki.voices.asking import ANSWERS, QUESTIONS
from wiki.voices.invitations import hand_in, invitation_of
from wiki.voices.models import VoiceInvitation
from wiki.voices.privacy import EVERYBODY, PARTNERS, reach
from wiki.voices.receipts import grouped, normal
from wiki.voices.rules import REPLY_LENGTH
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error

WINDOW = timedelta(minutes=15)
WRONG_CODES = 10  # of one address in a window
HANDED_IN = 40  # a workshop may share one address
LOOKED_AT = 200  # previews of one address in a window; each is a rendering
TYPED = (*QUESTIONS, "reply_words", "standpoint", "note")  # what nobody likes to type again
FIELD_OF = {"state": "reply", "words": "reply_words", "stands_behind": "reply"}


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """The form of an invitation, as typed. questions: list of (name, question)."""

    code: str
    title: str
    summary: str
    language: str
    direction: str
    address: str  # of the page; "" while it is a draft
    partner: str
    until: datetime
    lets_in: bool  # into the partners' room
    together: bool  # with others: nobody reads it before all answers open
    typed: Mapping[str, str]
    scopes: list[str]
    errors: dict[str, str]
    longest: int
    questions: Choices
    positions: Choices
    capacities: Choices
    scope_choices: Choices
    replies: Choices
    outcomes: list[tuple[str, Choices]]
    preview: Markup | None = None  # of the words; empty: the page would show none


@bp.get("/answer")
def answer_code() -> str:
    """Where a code from a printed form is typed."""
    return render_template("editing/answer_code.html", code="", error="")


@bp.post("/answer", endpoint="answer_code_now")
def answer_code_now() -> ResponseReturnValue:
    """To the form that this code opens."""
    code = request.form.get("code", "")[:80]
    try:
        _calm("answer code", WRONG_CODES)
        invitation_of(db_session(), code, now())
    except TooManyTries as problem:
        error = translate_error(problem)
        return render_template("editing/answer_code.html", code=code, error=error), 429
    except InvalidInput as problem:
        _count("answer code")
        db_session().commit()
        error = translate_error(problem)
        return render_template("editing/answer_code.html", code=code, error=error), 422
    return redirect(url_for("editing.answer", code=normal(code)), code=303)


@bp.get("/answer/<code>")
def answer(code: str) -> ResponseReturnValue:
    """The form of an invitation. It looks the same whether it was answered or not: who made the
    link must not learn that from it."""
    try:
        invitation, page = invitation_of(db_session(), code, now())
    except InvalidInput as problem:
        error = translate_error(problem)
        return render_template("editing/answer_code.html", code="", error=error), 404
    usual = {"language": page.language, "position_public": "1", "display_kind": "role"}
    return _form(code, invitation, page, TypedAnswer(usual, ()), {})


@bp.post("/answer/<code>", endpoint="hand_in")
def hand_in_now(code: str) -> ResponseReturnValue:
    """Keep the answer until it opens; the code for taking it back is shown once."""
    session = db_session()
    typed = TypedAnswer(dict(request.form), request.form.getlist("scopes"))
    try:
        hold_clock(session)
        invitation, page = invitation_of(session, code, now())
    except InvalidInput as problem:
        session.rollback()
        words = [typed.get(name) for name in TYPED if typed.get(name)]
        error = translate_error(problem)
        return render_template("editing/answer_ended.html", words=words, error=error), 404
    if request.form.get("action") == "preview":
        session.rollback()
        return _previewed(code, typed)
    try:
        _calm("answer", HANDED_IN)
        receipt = _kept(invitation, page, typed)
        session.commit()
    except TooManyTries as problem:
        return _again(code, typed, {"": translate_error(problem)}, 429)
    except InvalidInput as problem:
        field = FIELD_OF.get(problem.field, problem.field)
        return _again(code, typed, {field: translate_error(problem)}, 422)
    return render_template(
        "editing/answer_done.html",
        receipt=grouped(receipt),
        for_partners=reach(typed.scopes) == PARTNERS,
    )


def _previewed(code: str, typed: TypedAnswer) -> ResponseReturnValue:
    """The form with all that was typed, below the words as the page would show them. Nothing is
    kept."""
    session = db_session()
    invitation, page = invitation_of(session, code, now())
    try:
        _calm("answer preview", LOOKED_AT)
        said = typed.handed(invitation.partner_key, the_lists())
    except TooManyTries as problem:
        return _again(code, typed, {"": translate_error(problem)}, 429)
    except InvalidInput as problem:
        field = FIELD_OF.get(problem.field, problem.field)
        return _again(code, typed, {field: translate_error(problem)}, 422)
    partner = partners_of(page).get(invitation.partner_key, "")
    source, voice = as_passages(said, placing_words(partner))
    shown = source if reach(typed.scopes) == EVERYBODY else ""
    preview = passages_preview(page, shown, {voice.key: voice}) if shown else Markup()
    _count("answer preview")
    session.commit()
    return _form(code, invitation, page, typed, {}, preview=preview)


def _kept(invitation: VoiceInvitation, page: Page, typed: TypedAnswer) -> str:
    session, lists = db_session(), the_lists()
    said = typed.handed(invitation.partner_key, lists)
    receipt = hand_in(session, invitation, page, said, now=now())
    reveal(session, page, now(), lists)
    _count("answer")
    return receipt


def _again(
    code: str, typed: TypedAnswer, errors: dict[str, str], status: int
) -> ResponseReturnValue:
    db_session().rollback()
    invitation, page = invitation_of(db_session(), code, now())
    return _form(code, invitation, page, typed, errors, status)


def _calm(kind: str, allowed: int) -> None:
    place, crowd = neighbourhood(request.remote_addr or "")
    require_calm(db_session(), kind, place, allowed=allowed * crowd, window=WINDOW, now=now())


def _count(kind: str) -> None:
    place, _crowd = neighbourhood(request.remote_addr or "")
    count_failure(db_session(), kind, place, now=now())


def _form(
    code: str,
    invitation: VoiceInvitation,
    page: Page,
    typed: TypedAnswer,
    errors: dict[str, str],
    status: int = 200,
    preview: Markup | None = None,
) -> ResponseReturnValue:
    partner = partners_of(page).get(invitation.partner_key)
    if partner is None:
        raise PageNotFound()
    view = AnswerForm(
        code=code,
        title=page.title,
        summary=page.abstract,
        language=page.language,
        direction="rtl" if is_right_to_left(page.language) else "ltr",
        address=url_for("reading.page", slug=page.slug) if page.state == "public" else "",
        partner=partner,
        until=invitation.expires_at,
        lets_in=invitation.lets_in,
        together=invitation.round_id is not None,
        typed=typed.fields,
        scopes=list(typed.scopes),
        errors=errors,
        longest=REPLY_LENGTH,
        questions=[(name, _(question)) for name, question in QUESTIONS.items()],
        positions=choices("position"),
        capacities=choices("capacity", only=CAPACITIES),
        scope_choices=choices("consent_scope", only=SCOPES),
        replies=[("", _("no reply")), *choices("reply_state", only=ANSWERS)],
        outcomes=[(name, [("", "–"), *choices(name)]) for name in OUTCOMES],
        preview=preview,
    )
    return render_template("editing/answer.html", view=view), status
