"""What the panel "Whose voice is this?" adds to a case that is made anew."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from flask import Flask, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.figures import Figure, median
from bench.site import ADMIN, empty
from bench.texts import Writer
from bench.workshop import Workshop
from wiki.accounts.models import User
from wiki.app import create_app
from wiki.pages.models import Page
from wiki.pages.service import bump, text_of
from wiki.pageview.case_page import teller_of
from wiki.pageview.control import control
from wiki.pageview.copies import copy_of
from wiki.pageview.naming import name_passages
from wiki.pageview.view import Asked, assemble
from wiki.pageview.voices import count
from wiki.pageview.whose import Words, known_of, whose
from wiki.policy import ANYBODY, PageFacts, Viewer
from wiki.reading.board import page_means
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.text import front_matter
from wiki.text.front_matter import Value
from wiki.voices.contributions import contribute
from wiki.voices.queries import voices_of
from wiki.voices.rules import NewConsent, NewVoice
from wiki.voices.service import add_voice, set_silence

WORDS, PARTNERS, VOICES = 1_500, 6, 8
SLUG = "panel"
NAMED = ("public_named", "export_and_citation")


def measure(workshop: Workshop) -> list[Figure]:
    """CPU of this process, in turns; SELECTs are counted by the tests."""
    app = create_app(empty(workshop.place("panel")).settings)
    app.extensions["renderer"].close()
    app.extensions["renderer"] = InlineRenderer()
    try:
        with app.test_request_context(f"/w/{SLUG}"), app.extensions["sessions"]() as session:
            _write(session)
            return _measured(app, session, int(workshop.choose(40, 200)))
    finally:
        app.extensions["sessions"].kw["bind"].dispose()


def _measured(app: Flask, session: Session, rounds: int) -> list[Figure]:
    spent: dict[str, list[float]] = {"page": [], "panel": []}
    acts: dict[str, Callable[[], None]] = {
        "page": partial(_page, session),
        "panel": _panel(session),
    }
    page = session.scalars(select(Page).where(Page.slug == SLUG)).one()
    for at in range(rounds + 5):
        bump(page)  # nothing kept is found
        session.flush()
        for name, act in acts.items():
            session.expire_all()
            session.refresh(page)  # a view has read it by then
            began = time.process_time()
            act()
            if at >= 5:  # templates and statements are compiled by then
                spent[name].append(1000 * (time.process_time() - began))
    what = f"panel of a case with {VOICES} voices, CPU"
    found = Figure(
        what, median(spent["panel"]), "ms", "panel_cpu", "page made anew", median(spent["page"])
    )
    return [found]


def _page(session: Session) -> None:
    view = assemble(session, Asked(SLUG), ANYBODY, means=page_means(), now=datetime.now(UTC))
    render_template("reading/page.html", view=view)


def _panel(session: Session) -> Callable[[], None]:
    """All that is done for the panel and for the names of passages, and nothing else."""
    page = session.scalars(select(Page).where(Page.slug == SLUG)).one()
    number, now, means = page.head_number, datetime.now(UTC), page_means()
    source, words = text_of(session, page, number), means.words.cases.asked_once(session)
    fields = front_matter.read(source).fields
    spoken = Words(count(session, page, number, source).spoken, desk=False)
    view = assemble(session, Asked(SLUG), ANYBODY, means=means, now=now)
    html = copy_of(
        session, view.last.text_id, view.last.sha256, renderer=means.renderer, language="en"
    ).html

    def act() -> None:
        known = known_of(session, page, source, now)
        made = whose(known, fields, spoken, spoken, teller_of(session, fields, words))
        control(made.speaking, PageFacts("public"), now)
        name_passages(html, known, words, lambda: words.lists(session), SLUG, 1)
        render_template("reading/_whose.html", view=view)

    return act


def _write(session: Session) -> None:
    user = session.scalars(select(User).where(User.name == ADMIN)).one()
    by, now = Actor(user, Viewer(user.id, user.role, user.name)), datetime.now(UTC)
    means, writer = Means(InlineRenderer(), 1_000_000), Writer(7)
    create(session, NewPage(title="Panel", source=_case("Start.\n")), by=by, means=means, now=now)
    page = session.scalars(select(Page).where(Page.slug == SLUG)).one()
    for at in range(VOICES):
        add_voice(session, page, _voice(at), _consent(), taken_by=None, speaker=user.id, now=now)
    for at in range(PARTNERS - 1):
        set_silence(session, page, f"p-{at}", "asked_no_reply", ("2025-01-01", "by letter"))
    voices = voices_of(session, page.id)
    for key in voices:
        contribute(session, page, "interviewed", voice_key=key, voices=voices)
    passages = "\n\n".join(
        f"::: {{.voice by={key} mode=direct_written}}\n{writer.page(WORDS // VOICES, [])}\n:::"
        for key in voices
    )
    edit = Edit(slug=SLUG, base_number=1, source=_case(passages + "\n"))
    save(session, edit, by=by, means=means, now=now)
    session.commit()


def _case(body: str) -> str:
    partners: list[Value] = [
        {"id": f"p-{at}", "name": f"Partner {at}", "org_type": "school_or_college"}
        for at in range(PARTNERS)
    ]
    fields: dict[str, Value] = {
        "type": "case",
        "summary": "A school and a firm tried a tool.",
        "account_basis": "partner_account",
        "language": "en",
        "partnership_type": ["technology_or_data"],
        "themes": ["technology"],
        "when": {"start": "2019", "end": "2021"},
        "stage": "reviewing_together",
        "partnership_outcome": "strained",
        "purpose_outcome": "partly_met",
        "partners": partners,
    }
    return front_matter.write(fields, body)


def _voice(at: int) -> NewVoice:
    return NewVoice(
        display_kind="name",
        display=f"Speaker {at}",
        position=("evaluator", "researcher", "frontline_educator")[at % 3],
        position_public=True,
        capacity="for_myself",
        partner=f"p-{at % PARTNERS}",
        language="en",
    )


def _consent() -> NewConsent:
    return NewConsent(how="written", explained_in="en", scopes=NAMED)
