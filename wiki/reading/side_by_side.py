"""Side by side: what the partners of a page answered alone, opened to all at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from sqlalchemy.exc import OperationalError

from wiki.cases.facets import rows
from wiki.cases.service import hold_clock
from wiki.cases.telling import shown_partners
from wiki.cases.vocabulary import Lists
from wiki.errors import PageNotFound
from wiki.pages.models import Page
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.service import text_of
from wiki.pageview.told import fields_of
from wiki.policy import may_edit
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board
from wiki.saving.hearing import reveal
from wiki.saving.service import page_facts
from wiki.voices.asking import QUESTIONS
from wiki.voices.invitations import is_due
from wiki.voices.side_by_side import Said, newest_round
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer


@dataclass(frozen=True, kw_only=True)
class Column:
    """One partner's answer. who: the name they chose ("" if none is told); words: by question;
    ratings: list of (outcome, value); reply: "" if none."""

    partner: str
    who: str
    about: Sequence[str]  # position, for whom they speak
    language: str
    words: dict[str, str]
    ratings: Sequence[tuple[str, str]]
    reply: str
    reply_words: str
    stands_behind: bool


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """A round. told: (how many are in, of how many), None if no figure may be told."""

    slug: str
    title: str
    language: str
    is_open: bool
    opens_at: datetime
    when_all: bool
    told: tuple[int, int] | None
    asked: Sequence[str]
    questions: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    silent: Sequence[str]
    may_edit: bool


@bp.get("/w/<path:slug>/side-by-side", endpoint="side_by_side")
def side_by_side(slug: str) -> str:
    """The newest round of a page: how many are in, or the answers."""
    session, viewer, lists = db_session(), current_viewer(), the_board().lists(db_session())
    page = readable_page(session, slug, viewer)
    if is_due(session, page, now()):
        page = _opened(page, slug, lists)
    fields = fields_of(text_of(session, page, shown_number(page)))
    names = shown_partners(fields, _("a partner whose name is withheld"))
    keys = [str(row.get("id")) for row in rows(fields.get("partners"))]
    found = newest_round(session, page, keys, now())
    if found is None:
        raise PageNotFound(slug)
    facts = page_facts(session, page, viewer, now())
    view = SideBySide(
        slug=page.slug,
        title=page.title,
        language=page.language,
        is_open=found.is_open,
        opens_at=found.opens_at,
        when_all=found.when_all,
        told=found.told,
        asked=[names.get(key, key) for key in found.asked],
        questions=[
            (name, _(question))
            for name, question in QUESTIONS.items()
            if any(name in said.words for said in found.answers)
        ],
        columns=[_column(said, names.get(said.partner, ""), lists) for said in found.answers],
        silent=[names.get(key, key) for key in found.silent],
        may_edit=may_edit(viewer, facts, now=now()).allowed,
    )
    return render_template("reading/side_by_side.html", view=view)


def _opened(page: Page, slug: str, lists: Lists) -> Page:
    """The first who looks after the moment has come lets the replies into the ledger."""
    session = db_session()
    try:
        hold_clock(session)
        reveal(session, page, now(), lists)
        session.commit()
    except OperationalError:  # busy, full or read-only: the answers are shown all the same
        session.rollback()
    return readable_page(session, slug, current_viewer())


def _column(said: Said, partner: str, lists: Lists) -> Column:
    def word(name: str, value: str) -> str:
        return _(lists[name].label_of(value)) if value else ""

    return Column(
        partner=partner,
        who=said.voice.name,
        about=[
            each
            for each in (
                word("position", said.voice.position),
                word("capacity", said.voice.capacity),
            )
            if each
        ],
        language=said.voice.language,
        words=dict(said.words),
        ratings=[
            (_("The relationship"), word("partnership_outcome", said.partnership_outcome)),
            (_("The purpose"), word("purpose_outcome", said.purpose_outcome)),
        ],
        reply=word("reply_state", said.reply),
        reply_words=said.reply_words,
        stands_behind=said.stands_behind,
    )
