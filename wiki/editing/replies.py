"""Writing down a reply of a partner that came some other way, or that none came."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.service import hold_clock
from wiki.editing.blueprint import bp
from wiki.editing.named import Choices, choices, editable, require_partner, the_lists
from wiki.errors import InvalidInput
from wiki.pages.models import Page
from wiki.saving.hearing import follow_voices, reveal
from wiki.voices.asking import APART
from wiki.voices.rules import REPLY_LENGTH
from wiki.voices.service import set_reply
from wiki.web.database import db_session, now
from wiki.web.i18n import translate_error


@bp.get("/w/<path:slug>/reply/<key>")
def reply(slug: str, key: str) -> ResponseReturnValue:
    """The form for a reply that came some other way."""
    return _reply(editable(slug), key, {}, {})


@bp.post("/w/<path:slug>/reply/<key>", endpoint="set_reply")
def set_reply_now(slug: str, key: str) -> ResponseReturnValue:
    """Write down what a partner answered, or that it did not."""
    page, session = editable(slug), db_session()
    require_partner(page, key)
    typed = dict(request.form)
    try:
        hold_clock(session)
        page = editable(slug)
        reveal(session, page, now(), the_lists())
        set_reply(
            session,
            page,
            key,
            typed.get("state", ""),
            _clean(typed.get("words", "")),
            stands_behind=typed.get("not_behind") != "1",
            now=now(),
            lists=the_lists(),
        )
        follow_voices(session, page, now())
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        return _reply(editable(slug), key, typed, {problem.field: translate_error(problem)}, 422)
    return redirect(url_for("reading.page", slug=slug, done="saved"), code=303)


def _clean(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable() or sign in "\n\t").strip()


def _reply(
    page: Page,
    key: str,
    typed: Mapping[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> ResponseReturnValue:
    states: Choices = choices("reply_state")
    return render_template(
        "editing/reply.html",
        slug=page.slug,
        title=page.title,
        name=require_partner(page, key),
        key=key,
        states=states,
        days=APART,
        longest=REPLY_LENGTH,
        typed=typed,
        errors=errors,
    ), status
