"""The figures of a page where somebody keeps something back change once a day, and then by more
than one of the acts of that day."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.examples import case_text
from tests.clock import DAY, HOUR, NOON
from tests.journeys.browser import Person
from tests.journeys.test_voices import give
from tests.voices.outputs import CLOCK
from tests.voices.worlds import World
from wiki.db import writing
from wiki.operations.attributing import attribute_page
from wiki.outbox.models import Job
from wiki.pages.models import Page
from wiki.pages.service import bump, create_page
from wiki.voices.daily import (
    JOB,
    after_withdrawal,
    at_publication,
    begin_day,
    counted_revision,
)
from wiki.voices.discretion import start_of_day
from wiki.voices.models import Consent

NAMED = {
    "display_kind": "name",
    "display": "Nia Bell",
    "scopes": ["public_named"],
    "words": "We asked for less and got more of it, year after year, until we left.",
}
BEING_RECOMPUTED = "The figures are being recomputed"
FIGURES = re.compile(r"<p>Told by.*?</p>|<p class=\"positions\">.*?</p>", re.DOTALL)


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text(account_basis="desk_summary"), title="The tool")
    return "/w/the-tool"


def figures(reader: Person, case: str) -> list[str]:
    """The sentences with figures, as they stand."""
    return FIGURES.findall(reader.open(case).text)


def test_two_saves_of_one_day_cannot_be_subtracted(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    give(ada, case)
    first = figures(reader, case)

    for number in range(3):
        give(bo, case, display=f"Wren {number}", position="researcher")
        assert figures(reader, case) == first
    assert "These figures are of" in reader.open(case).text


def test_what_was_written_since_is_counted_when_the_next_day_begins(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    give(ada, case)
    first = figures(reader, case)
    for _ in range(3):
        bo.write("the-tool", reader.open(f"{case}/raw").text + "\nMany more words of mine. " * 9)

    World(app).next_day()

    assert figures(reader, case) != first
    assert "These figures are of" not in reader.open(case).text


def test_the_ledger_of_partners_follows_the_text_at_once(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case)
    give(ada, case, partner="p-firm", display="Wren")

    assert "2 of 2 partners named here speak in their own words" in reader.open(case).text


def test_where_nobody_keeps_anything_back_the_figures_are_of_the_text(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, **NAMED)
    first = figures(reader, case)
    give(ada, case, **{**NAMED, "display": "Ola Reed", "position": "researcher"})

    assert figures(reader, case) != first


@pytest.mark.parametrize("who", [{}, NAMED])
def test_after_words_were_taken_back_there_are_no_figures_until_the_next_day(
    app: Flask, ada: Person, reader: Person, case: str, who: dict[str, object]
) -> None:
    give(ada, case, **{**NAMED, "display": "Ola Reed"})
    receipt = give(ada, case, **who)
    assert figures(reader, case)

    reader.fill("/take-back", "code", code=receipt)

    assert figures(reader, case) == []
    assert BEING_RECOMPUTED in reader.open(case).text
    ada.write("the-tool", reader.open(f"{case}/raw").text + "\nWe go on.\n")
    assert BEING_RECOMPUTED in reader.open(case).text
    World(app).next_day()
    assert figures(reader, case)
    assert BEING_RECOMPUTED not in reader.open(case).text


def test_of_the_day_on_which_words_were_taken_back_no_hour_is_told_of_their_page(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case, **NAMED)
    assert CLOCK.search(reader.open(f"{case}/history").text)

    reader.fill("/take-back", "code", code=receipt)
    bo.write("the-tool", reader.open(f"{case}/raw").text + "\nWe go on.\n")

    assert not CLOCK.search(reader.open(f"{case}/history").text)
    assert "The tool" not in reader.open("/recent").text


def test_a_consent_ends_with_a_day_so_that_its_end_does_not_tell_when_it_was_given(
    app: Flask, ada: Person, case: str
) -> None:
    give(ada, case, ask_again="12")

    with app.extensions["sessions"]() as session:
        ends = session.scalars(select(Consent.ask_again_at)).one()
    assert ends is not None and ends == start_of_day(ends)


def test_an_older_revision_has_no_figures_and_says_why(
    ada: Person, reader: Person, case: str
) -> None:
    for number in range(2):
        give(ada, case, **{**NAMED, "display": f"Wren {number}"})

    for shown in (f"{case}@1", f"{case}@2", f"{case}@2?voices=1"):
        assert 'class="whose"' not in reader.open(shown).text
        assert "told with the newest revision only" in reader.open(shown).text
    assert 'class="whose"' in reader.open(f"{case}@3").text


def test_how_many_saw_the_text_is_not_told_of_few_while_one_keeps_something_back(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, **NAMED, saw_final="1")
    assert "1 of 1 voices saw the text" in reader.open(case).text

    give(ada, case)

    assert "voices saw the text" not in reader.open(case).text


@pytest.fixture
def page(session: Session) -> Page:
    made = create_page(session, slug="kites", title="Kites", now=NOON)
    made.kind, made.public_number = "case", 1
    return made


def test_figures_are_taken_at_the_first_publication_of_a_day(session: Session, page: Page) -> None:
    found = []
    for number in range(1, 7):
        page.public_number = number
        at_publication(session, page, NOON + number * 5 * HOUR, daily=True)
        found.append(counted_revision(page))

    assert found == [1, 1, 3, 3, 3, 3]  # the third at three o'clock of the next day


ACTS = st.lists(
    st.tuples(
        st.integers(0, 30), st.sampled_from(["publish", "publish", "withdraw", "begin day"])
    ),
    max_size=25,
)


@given(acts=ACTS)
@example(acts=[(0, "publish"), (1, "withdraw"), (1, "publish"), (23, "begin day")])
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_a_day_has_figures_of_one_revision_and_none_after_somebody_left(
    acts: list[tuple[int, str]], session: Session, page: Page
) -> None:
    page.figured_on = page.figured_number = None
    now, told = NOON, dict[datetime, list[int | None]]()
    for hours, act in [(0, "publish"), *acts]:
        now += hours * HOUR
        if act == "begin day":
            begin_day(session, page, now)
        else:
            page.public_number = (page.public_number or 0) + 1
            at_publication(session, page, now, daily=True)
        if act == "withdraw":
            after_withdrawal(session, page, now)
        if page.figured_on == start_of_day(now):
            told.setdefault(start_of_day(now), []).append(counted_revision(page))

    for figures in told.values():
        left = figures.index(None) if None in figures else len(figures)
        assert len(set(figures[:left])) <= 1
        assert set(figures[left:]) <= {None}


def test_the_day_begins_with_the_figures_of_the_text_as_it_is_and_only_once(
    session: Session, page: Page
) -> None:
    after_withdrawal(session, page, NOON)
    page.public_number = 2
    at_publication(session, page, NOON + HOUR, daily=False)
    begin_day(session, page, NOON + 2 * HOUR)
    assert (counted_revision(page), page.figured_on) == (None, start_of_day(NOON))

    begin_day(session, page, start_of_day(NOON) + DAY)
    assert (counted_revision(page), page.figured_on) == (2, None)


def test_the_worker_is_asked_to_come_when_the_next_day_begins(
    session: Session, page: Page
) -> None:
    at_publication(session, page, NOON, daily=True)
    after_withdrawal(session, page, NOON)

    due = session.scalars(select(Job.due_at).where(Job.kind == JOB)).all()
    assert set(due) == {start_of_day(NOON) + timedelta(days=1)}


def recounted(app: Flask) -> None:
    """As if the words of the figures had not been kept."""
    with writing(app.extensions["sessions"]) as session:
        page = session.scalars(select(Page)).one()
        assert page.figured_words is not None
        page.figured_words = None
        bump(page)


def test_words_that_were_kept_give_the_figures_that_counting_them_anew_gives(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    give(bo, case, **NAMED, own="1")
    bo.write("the-tool", bo.open(f"{case}/raw").text + "\nIt broke, and we mended it, twice.\n")
    give(ada, case, own="1")
    World(app).next_day()
    ada.write("the-tool", ada.open(f"{case}/raw").text + "\nLater it broke once more.\n")
    kept = figures(reader, case)

    recounted(app)

    assert kept == figures(reader, case) and kept


def test_a_name_that_is_hidden_is_hidden_in_words_that_were_kept(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    """Kept by revision: who wrote it, and whether that may be told, is asked each time."""
    give(bo, case, **NAMED, own="1")
    bo.write("the-tool", bo.open(f"{case}/raw").text + "\nIt broke, and we mended it, twice.\n")
    give(ada, case, own="1")
    World(app).next_day()
    ada.write("the-tool", ada.open(f"{case}/raw").text + "\nLater.\n")
    mo = Person(app, "Mo", role="moderator")

    mo.fill("/desk/hide/the-tool/3", "reason", reason="Asked for.", name="1")
    kept = figures(reader, case)
    recounted(app)

    assert kept == figures(reader, case)


def test_who_rebuilds_whose_words_they_are_counts_them_anew(
    app: Flask, ada: Person, case: str
) -> None:
    give(ada, case, own="1")
    factory = app.extensions["sessions"]
    with factory() as session:
        page = session.scalars(select(Page)).one()
        assert page.figured_words["number"] == page.figured_number
        number = page.id

    attribute_page(factory, number)

    with factory() as session:
        assert session.scalars(select(Page.figured_words)).one() is None
