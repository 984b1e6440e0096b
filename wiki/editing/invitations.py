"""Inviting partners to speak, and what comes back: for those who may edit the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.service import hold_clock
from wiki.db import begin_writing
from wiki.editing.blueprint import bp
from wiki.editing.named import (
    editable,
    partners_of,
    require_partner,
)
from wiki.errors import InvalidInput
from wiki.pages.models import Page
from wiki.policy import may_moderate
from wiki.saving.hearing import follow_voices
from wiki.voices.asking import QUESTIONS, first_moment, usual_day
from wiki.voices.invitations import (
    Invited,
    end_invitation,
    invite,
    open_round,
    running_round,
)
from wiki.voices.queries import reads_room
from wiki.voices.receipts import grouped
from wiki.voices.side_by_side import (
    OpenInvitation,
    open_answers,
    open_invitations,
)
from wiki.voices.waiting import Waiting, waiting_answers
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error
from wiki.web.login import current_viewer, signed_in_user


@dataclass(frozen=True)
class Sheet:
    """An invitation that was just made: for the screen, and for one printed page."""

    key: str
    partner: str
    address: str
    code: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class SheetsView:
    """Invitations that were just made; their codes are shown this once."""

    slug: str
    title: str
    summary: str
    language: str
    sheets: Sequence[Sheet]
    short_address: str
    together: bool
    questions: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class InvitationsView:
    """What was asked of the partners of a page, and what came back."""

    slug: str
    title: str
    partners: Mapping[str, str]  # key: as named
    waiting: Sequence[Waiting]
    open: Sequence[OpenInvitation]
    mine: int  # the account that looks
    room: bool  # it may read the partners' room
    readable: Sequence[Waiting]  # answers that a moderator can take out; none for others
    runs: bool  # a round whose answers are not open yet
    chosen: Sequence[str]
    opens_on: str
    when_all: bool
    errors: dict[str, str]


@bp.get("/w/<path:slug>/invitations")
def invitations(slug: str) -> ResponseReturnValue:
    """Answers that have come in, invitations that are open, and a new round."""
    page = editable(slug)
    return overview(page, list(partners_of(page)), usual_day(now()), True, {})


def overview(
    page: Page,
    chosen: Sequence[str],
    opens_on: str,
    when_all: bool,
    errors: dict[str, str],
    status: int = 200,
) -> ResponseReturnValue:
    session = db_session()
    view = InvitationsView(
        slug=page.slug,
        title=page.title,
        partners=partners_of(page),
        waiting=waiting_answers(session, page, now()),
        open=open_invitations(session, page, now()),
        mine=signed_in_user().id,
        room=reads_room(session, page, signed_in_user().id),
        readable=open_answers(session, page, now()) if _moderates(page) else [],
        runs=running_round(session, page, now()) is not None,
        chosen=chosen,
        opens_on=opens_on,
        when_all=when_all,
        errors=errors,
    )
    return render_template("editing/invitations.html", view=view), status


def _moderates(page: Page) -> bool:
    """Nobody moderates a draft."""
    return page.state == "public" and may_moderate(current_viewer()).allowed


@bp.post("/w/<path:slug>/invite/<key>", endpoint="invite")
def invite_now(slug: str, key: str) -> ResponseReturnValue:
    """Make a link and a printed form for one partner; both are shown once."""
    page = editable(slug)
    require_partner(page, key)
    session = db_session()
    begin_writing(session)
    page = editable(slug)
    made = invite(session, page, key, by=signed_in_user().id, now=now())
    together = running_round(session, page, now()) is not None
    session.commit()
    return _sheets(page, [made], together)


def _sheets(page: Page, made: Sequence[Invited], together: bool) -> ResponseReturnValue:
    names = partners_of(page)
    scheme = "https" if current_app.extensions["settings"].encrypted else request.scheme
    full = partial(url_for, _external=True, _scheme=scheme)
    view = SheetsView(
        slug=page.slug,
        title=page.title,
        summary=page.abstract,
        language=page.language,
        sheets=[
            Sheet(
                key=each.partner,
                partner=names[each.partner],
                address=full("editing.answer", code=each.code),
                code=grouped(each.code),
                until=each.expires_at,
            )
            for each in made
        ],
        short_address=full("editing.answer_code").partition("://")[2],
        together=together,
        questions=[_(question) for question in QUESTIONS.values()],
    )
    return render_template("editing/invited.html", view=view)


@bp.post("/w/<path:slug>/invitations/<public_id>/end", endpoint="end_invitation")
def end_invitation_now(slug: str, public_id: str) -> ResponseReturnValue:
    """Who made a link ends it."""
    page, session = editable(slug), db_session()
    begin_writing(session)
    end_invitation(session, page, public_id, by=signed_in_user().id, now=now())
    session.commit()
    return redirect(url_for("editing.invitations", slug=slug, done="invitation-ended"), code=303)


@bp.post("/w/<path:slug>/side-by-side", endpoint="open_round")
def open_round_now(slug: str) -> ResponseReturnValue:
    """Ask several partners at once; one link and one printed form for each."""
    page, session = editable(slug), db_session()
    chosen = [key for key in partners_of(page) if key in request.form.getlist("partners")]
    opens_on, when_all = request.form.get("opens_on", "")[:40], "when_all" in request.form
    try:
        hold_clock(session)
        page = editable(slug)
        made = open_round(
            session,
            page,
            chosen,
            first_moment(opens_on.strip()),
            when_all=when_all,
            by=signed_in_user().id,
            now=now(),
        )
        follow_voices(session, page, now())  # an earlier round is read no more
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        errors = {problem.field: translate_error(problem)}
        return overview(editable(slug), chosen, opens_on, when_all, errors, 422)
    return _sheets(page, made, True)
