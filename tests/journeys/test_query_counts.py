"""How many questions a visit costs: pinned, so that nobody adds one without noticing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from tests.journeys.test_voices import give

TEXT = case_text("We met at the [[Bay]] in March.\n", account_basis="desk_summary")


@pytest.fixture
def wiki(app: Flask) -> Flask:
    """A wiki with a page that was read once."""
    Person(app, "Ada").write("kites", TEXT, title="Kites")
    for _ in range(2):
        Person(app).open("/w/kites")
        Person(app).open("/w/kites?voices=1")
        Person(app).open("/w/kites/history")
    return app


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The SELECTs that go to the driver meanwhile, whoever sends them."""
    engine: Engine = app.extensions["sessions"].kw["bind"]
    asked: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    shelf = app.extensions["shelf"]
    row = shelf._row  # the one statement that goes to the driver past SQLAlchemy

    def heard_row(*question: object) -> object:
        asked.append("stored page")
        return row(*question)

    shelf._row = heard_row
    try:
        yield asked
    finally:
        shelf._row = row
        event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/w/kites", 1),
        ("/w/kites?voices=1", 1),
        ("/w/kites@1", 14),
        ("/w/kites/history", 1),
        ("/w/kites/diff/1/1", 3),
        ("/w/kites/raw", 3),
        ("/", 3),
        ("/recent", 1),
        ("/search?q=kites", 3),
        ("/cases", 3),
        ("/cases?theme=technology&country=KE&from=2010", 3),
        ("/cases/map", 2),
        ("/lessons", 2),
        ("/begin", 2),
        ("/partners", 2),
        ("/partners/hill-school", 2),
        ("/cases.csv", 3),
        ("/static/css/read.css", 0),
        ("/sign-in", 0),
    ],
)
def test_an_anonymous_visit_asks_the_database_at_most_so_often(
    wiki: Flask, address: str, most: int
) -> None:
    reader = Person(wiki)

    with counted(wiki) as asked:
        assert reader.open(address).status_code == 200

    assert len(asked) <= most, "\n".join(asked)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        # who; the page; its protection; drafts behind its dead link; answers that wait
        ("/w/kites", 5),
        ("/w/kites?voices=1", 5),
        ("/w/bay", 3),
        ("/w/kites/history", 2),
        ("/recent", 2),
        ("/w/kites/diff/1/1", 4),
    ],
)
def test_a_visit_of_somebody_signed_in_asks_the_database_at_most_so_often(
    wiki: Flask, address: str, most: int
) -> None:
    bea = Person(wiki, "Bea")
    bea.write("bay", "A bay.", title="Bay")
    bea.write("kites", TEXT + "Or at the [[Cape]].\n")
    bea.open(address)

    with counted(wiki) as asked:
        assert bea.open(address).status_code == 200

    assert len(asked) <= most, "\n".join(asked)


def test_opening_the_form_of_a_page_and_saving_it_ask_the_database_at_most_so_often(
    app: Flask,
) -> None:
    bea = Person(app, "Bea")
    bea.write("bay", "A bay.", title="Bay")
    bea.write("bay", "A wide bay.")
    Person(app).open("/w/bay")

    with counted(app) as asked:
        form = bea.form("/w/bay/edit", "text")
    assert len(asked) <= 6, "\n".join(asked)  # who; the page, protection, text, voices, kept

    with counted(app) as asked:
        assert bea.send(form, text="A wide and deep bay.").status_code == 303
    assert len(asked) <= 17, "\n".join(asked)


def test_the_panel_of_a_case_that_is_made_anew_asks_the_database_twice(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.write("kites", TEXT, title="Kites")
    give(ada, "/w/kites", own="1")
    ada.fill("/w/kites/contributions", "kind", kind="translated", name="Mo")
    ada.fill("/w/kites/silence/p-firm", "how", reason="asked_no_reply", how="by letter")
    reader = Person(app)
    reader.open("/w/kites")
    ada.write("kites", ada.open("/w/kites/raw").text + "More.\n")
    ada.write("kites", ada.open("/w/kites/raw").text + "And more.\n")  # figures are of before

    with counted(app) as asked:
        assert "Translated" in reader.open("/w/kites").text

    about = [s for s in asked if re.search(r"FROM (voice|partner_answer|contribution)\b", s)]
    assert len(about) == 2, "\n".join(asked)
    assert len(asked) <= 16, "\n".join(asked)
    with counted(app) as again:
        ada.open("/w/kites")
    assert not [s for s in again if re.search(r"FROM (voice|partner_answer|contribution)\b", s)]


def test_a_page_that_did_not_change_is_answered_with_304(wiki: Flask) -> None:
    reader = Person(wiki)
    etag = reader.open("/w/kites").headers["ETag"]

    with counted(wiki) as asked:
        again = reader.client.get("/w/kites", headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert len(asked) == 1


def test_what_is_stored_for_anonymous_readers_is_what_would_be_made_now(wiki: Flask) -> None:
    """Every event that changes a page changes its stored copy at the next visit."""
    ada, reader = Person(wiki, "Adaeze"), Person(wiki)
    ada.write("bay", "A bay.", title="Bay")
    linked = reader.open("/w/kites").text
    ada.write("kites", TEXT + "More.\n")
    longer = reader.open("/w/kites").text
    ada.fill("/w/bay/rename", "new_title", new_title="Gulf")
    moved = reader.open("/w/kites").text

    assert 'class="wiki-link missing"' not in linked
    assert "More." in longer
    assert 'class="wiki-link missing"' not in moved
