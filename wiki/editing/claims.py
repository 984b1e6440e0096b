"""“These are my words”: asking for imported words to go, and giving their speaker a code."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.rules import neighbourhood
from wiki.accounts.throttle import count_failure, require_calm
from wiki.cases.service import hold_clock
from wiki.editing.blueprint import bp
from wiki.editing.named import the_lists
from wiki.errors import InvalidInput, PageNotFound, TooManyTries
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.policy import may_hand_receipt, require
from wiki.voices.claims import claim, claimable, give_receipt
from wiki.voices.privacy import VoiceFacts, may_be_claimed, shown
from wiki.voices.queries import voices_of
from wiki.voices.receipts import grouped
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer, signed_in_user

KIND, WINDOW, CLAIMS = "claim", timedelta(hours=1), 10  # of one address


@bp.get("/my-words/<key>/<path:slug>")
def my_words(key: str, slug: str) -> ResponseReturnValue:
    """Ask whether the moderators shall be told. No account, no name, no proof."""
    page = readable_page(db_session(), slug, current_viewer())
    return _ask(page, claimable(db_session(), page, key))


@bp.post("/my-words/<key>/<path:slug>", endpoint="claim_words")
def claim_words(key: str, slug: str) -> ResponseReturnValue:
    """Tell the moderators; the answer is the same whether somebody told them before."""
    session = db_session()
    page = readable_page(session, slug, current_viewer())
    place, crowd = neighbourhood(request.remote_addr or "")
    try:
        require_calm(session, KIND, place, allowed=CLAIMS * crowd, window=WINDOW, now=now())
        hold_clock(session)
        claim(session, page, key, now())
        count_failure(session, KIND, place, now=now())
        session.commit()
    except TooManyTries as problem:
        session.rollback()
        page = readable_page(session, slug, current_viewer())
        return _ask(page, claimable(session, page, key), translate_error(problem), 429)
    return render_template("editing/claimed.html", slug=page.slug, title=page.title)


def _ask(page: Page, voice: VoiceFacts, error: str = "", status: int = 200) -> ResponseReturnValue:
    return render_template(
        "editing/my_words.html",
        slug=page.slug,
        title=page.title,
        key=voice.key,
        has_code=voice.receipt,
        error=error,
    ), status


@bp.get("/w/<path:slug>/receipts")
def receipts(slug: str) -> ResponseReturnValue:
    """The imported voices whose speakers have no code."""
    return _receipts(_page_with_voices(slug))


@bp.post("/w/<path:slug>/receipts", endpoint="give_receipt")
def give_receipt_now(slug: str) -> ResponseReturnValue:
    """Show a code, once, to be handed to the speaker."""
    page, session = _page_with_voices(slug), db_session()
    try:
        hold_clock(session)
        code = give_receipt(session, page, request.form.get("key", ""), viewer=current_viewer())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        return _receipts(_page_with_voices(slug), translate_error(problem), 422)
    return _receipts(_page_with_voices(slug), code=grouped(code))


def _page_with_voices(slug: str) -> Page:
    signed_in_user()
    return readable_page(db_session(), slug, current_viewer())


def _receipts(
    page: Page, error: str = "", status: int = 200, *, code: str = ""
) -> ResponseReturnValue:
    viewer = current_viewer()
    imported = [v for v in voices_of(db_session(), page.id).values() if may_be_claimed(v)]
    if not imported:
        raise PageNotFound(page.slug)
    mine = any(each.importer == viewer.user_id for each in imported)
    require(may_hand_receipt(viewer, brought_in=mine))
    return render_template(
        "editing/receipts.html",
        slug=page.slug,
        title=page.title,
        voices=[
            (each.key, _who(each), each.receipt)
            for each in imported
            if may_hand_receipt(viewer, brought_in=each.importer == viewer.user_id).allowed
        ],
        code=code,
        error=error,
    ), status


def _who(voice: VoiceFacts) -> str:
    position = shown(voice, now()).position
    return _(the_lists()["position"].label_of(position)) if position else voice.key
