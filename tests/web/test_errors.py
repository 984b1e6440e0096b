"""What goes wrong is said in a sentence, keeps what was typed, and tells strangers nothing."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from tests.journeys.browser import Person, forms_of
from wiki.errors import InvalidInput, PermissionDenied, TooManyTries
from wiki.web.database import db_session

WORDS = "Kites fly because somebody holds the string.\n\n" * 3


def raising(app: Flask, problem: Exception) -> None:
    """An address of this wiki that fails with `problem`."""

    @app.post("/fails", endpoint="fails")
    def fails() -> str:
        raise problem


def send(app: Flask, **fields: str):
    """A form with its token, sent to the address that fails; its page would be the sign-in's."""
    person = Person(app)
    token = person.form("/sign-in", "csrf_token").fields["csrf_token"]
    return person.client.post("/fails", data={"csrf_token": token, **fields})


@pytest.fixture
def broken(app: Flask) -> Iterator[Flask]:
    """The wiki after its tables went away, as when the disk or the server fails."""
    with app.extensions["sessions"]() as session:
        tables = ("sign_in", "page", "revision")
        for name in tables:
            session.execute(text(f'ALTER TABLE "{name}" RENAME TO "{name}_gone"'))
        session.commit()
    yield app
    with app.extensions["sessions"]() as session:  # PostgreSQL's tables serve the next test
        for name in tables:
            session.execute(text(f'ALTER TABLE "{name}_gone" RENAME TO "{name}"'))
        session.commit()


def test_without_a_database_the_answer_is_503_and_a_sentence(broken: Flask, caplog):
    answer = broken.test_client().get("/w/kites")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "memory" in answer.text
    assert "sign_in" not in answer.text + caplog.text
    assert "SELECT" not in answer.text + caplog.text


def test_without_a_database_a_signed_in_person_gets_the_same_sentence(app: Flask, request):
    ada = Person(app, "Ada")
    request.getfixturevalue("broken")

    for address in ("/w/kites", "/account", "/nowhere", "/"):
        assert ada.client.get(address).status_code in (404, 503), address


def test_what_was_typed_is_on_the_page_that_says_the_database_failed(app: Flask, request):
    ada = Person(app, "Ada")
    form = ada.form("/new", "text")
    request.getfixturevalue("broken")

    answer = ada.send(form, title="Kites", text=WORDS, action="save")

    assert answer.status_code == 503
    assert WORDS.rstrip() in answer.text.replace("\r\n", "\n")


def test_an_unforeseen_error_says_nothing_of_itself_and_keeps_the_text(app: Flask, caplog):
    raising(app, RuntimeError("the secret of the house"))

    with caplog.at_level(logging.ERROR):
        answer = send(app, text=WORDS)

    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "RuntimeError" not in answer.text
    assert WORDS.rstrip() in answer.text
    assert "unforeseen: RuntimeError" in caplog.text
    assert WORDS.rstrip() not in caplog.text


def test_a_throttle_says_when_to_come_back(app: Flask):
    raising(app, TooManyTries(77))

    answer = send(app)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "77")


def test_a_refusal_says_why_and_gives_the_text_back(app: Flask):
    raising(app, PermissionDenied("Only the members of this draft may see it."))

    answer = send(app, text="<b>typed</b>")

    assert answer.status_code == 403
    assert "Only the members of this draft may see it." in answer.text
    assert "&lt;b&gt;typed&lt;/b&gt;" in answer.text


def test_the_values_of_an_error_are_filled_in_and_cannot_be_markup(app: Flask):
    raising(app, InvalidInput("x", "%(name)s is all wrong.", {"name": "<i>"}))

    answer = send(app)

    assert answer.status_code == 422
    assert "&lt;i&gt; is all wrong." in answer.text


def test_what_two_wrote_at_the_same_moment_is_no_failure_of_the_database(app: Flask):
    @app.post("/fails", endpoint="fails")
    def fails() -> str:
        session = db_session()
        for _ in range(2):
            session.execute(text("INSERT INTO outbox_twice VALUES (1)"))
        return ""

    with app.extensions["sessions"]() as session:
        session.execute(text("CREATE TABLE outbox_twice (id INTEGER PRIMARY KEY)"))
        session.commit()
    answer = send(app, text=WORDS)
    with app.extensions["sessions"]() as session:
        session.execute(text("DROP TABLE outbox_twice"))
        session.commit()

    assert answer.status_code == 409
    assert WORDS.rstrip() in answer.text


def test_what_is_too_large_is_refused_with_a_sentence(app: Flask):
    limit = app.config["MAX_CONTENT_LENGTH"]
    ada = Person(app, "Ada")

    answer = ada.client.post("/new", data={"text": "x" * limit})

    assert answer.status_code == 413
    assert "larger than a page may be" in answer.text


def test_an_address_that_takes_no_form_says_which_requests_it_takes(app: Flask):
    answer = Person(app).client.post("/pages")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_every_error_page_has_a_way_on(app: Flask):
    answer = Person(app).client.get("/nowhere")

    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert forms_of(answer.text)[0].action == "/search"
