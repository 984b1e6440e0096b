"""Who spoke words that came with an import has no code: they get one, or ask the moderators."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.examples import case_text
from tests.clock import NOON
from tests.journeys.browser import Person
from wiki.accounts.queries import find_user
from wiki.accounts.service import imported_contributor
from wiki.db import writing
from wiki.policy import Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving.redaction import redact_page
from wiki.saving.service import Actor, Means, NewPage, create
from wiki.voices.arriving import read_voices
from wiki.voices.models import Claim, Consent, Voice

CASE, ASK = "/w/brought-in", "/my-words/v1/brought-in"
SAID, OTHER = "We were never asked.", "Ask us next time."
LINES = '{"key": "v1", "position": "frontline_educator"}\n{"key": "v2"}\n'


def passage(key: str, words: str) -> str:
    return f"::: {{.voice by={key} mode=direct_spoken}}\n{words}\n:::\n"


@pytest.fixture
def ada(app: Flask) -> Person:
    """Who answers for an import with two voices."""
    ada = Person(app, "Ada")
    with writing(app.extensions["sessions"]) as session:
        user = imported_contributor(session, name="Editors", source="", now=NOON)
        by = Actor(user, Viewer(user.id, "moderator"), importer=find_user(session, "Ada"))
        new = NewPage(
            title="Brought in",
            source=case_text(f"{passage('v1', SAID)}\n{passage('v2', OTHER)}"),
            via="import",
            voices=read_voices(LINES),
        )
        create(session, new, by=by, means=Means(InlineRenderer(), 1_000_000), now=NOON)
    return ada


@pytest.fixture
def mo(app: Flask) -> Person:
    return Person(app, "Mo", role="moderator")


@pytest.fixture
def reader(app: Flask, ada: Person) -> Person:
    return Person(app)


def waiting(mo: Person) -> list[str]:
    """The addresses of the claims on the desk."""
    return re.findall(r'href="(/desk/claims/[^"]+)"', mo.open("/desk/claims").text)


def test_the_page_says_that_nobody_has_a_code_and_where_to_ask(reader: Person) -> None:
    page = reader.open(CASE).text

    assert "nobody by themselves: the words came with an import" in page
    assert page.count("came with an import; nobody here has asked the speaker") == 2
    assert f'<a href="{ASK}">These are my words</a>' in page
    assert ASK in reader.open(f"{CASE}@1/passage/1").text


def test_who_says_that_they_are_theirs_is_heard_without_a_name(
    app: Flask, reader: Person, mo: Person
) -> None:
    assert "imported words are theirs" not in mo.open("/desk").text

    answer = reader.fill(ASK, "csrf_token")

    assert answer.status_code == 200 and "The moderators know" in answer.text
    assert "Somebody says that imported words are theirs" in mo.open("/desk").text
    [address] = waiting(mo)
    assert SAID in mo.open(address).text and OTHER not in mo.open(address).text
    with app.extensions["sessions"]() as session:
        [kept] = session.scalars(select(Claim))
        assert (kept.voice_key, kept.made_at.hour, kept.made_at.minute) == ("v1", 0, 0)
    assert "theirs" not in reader.open("/decisions").text + reader.open(f"{CASE}/history").text


def test_asking_again_says_the_same_and_adds_nothing(reader: Person, mo: Person) -> None:
    first, second = (reader.fill(ASK, "csrf_token") for _ in range(2))

    assert first.text == second.text and len(waiting(mo)) == 1


def test_one_address_asks_at_a_bearable_pace(reader: Person) -> None:
    form = reader.form(ASK, "csrf_token")
    answers = [
        reader.client.post(
            form.action, data=form.fields, environ_base={"REMOTE_ADDR": "203.0.113.9"}
        )
        for _ in range(11)
    ]

    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert "Ask the moderators to take them out" in answers[-1].text


@pytest.mark.parametrize("key", ["v3", "v1x", "V1"])
def test_what_nobody_brought_in_nobody_can_claim(reader: Person, key: str) -> None:
    assert reader.open(f"/my-words/{key}/brought-in").status_code == 404


def test_a_voice_that_was_asked_here_is_taken_back_with_its_code_alone(
    ada: Person, reader: Person
) -> None:
    ada.write("own", case_text("Start.\n"), title="Own", kind="case")

    assert reader.open("/my-words/v1/own").status_code == 404
    assert ada.open("/w/own/receipts").status_code == 404


def test_a_moderator_takes_the_words_out_everywhere_and_the_log_says_why(
    app: Flask, reader: Person, mo: Person
) -> None:
    reader.fill(ASK, "csrf_token")
    [address] = waiting(mo)

    empty = mo.fill(address, "reason", action="take_out")
    done = mo.fill(address, "reason", action="take_out", reason="Somebody asked us to.")

    assert empty.status_code == 422 and done.status_code == 303
    for part in ("", "/raw", "@1", "/history", "/diff/1/2", "/voices", "@1/passage/1"):
        assert SAID not in reader.open(f"{CASE}{part}").text, part
    assert SAID not in reader.open("/search?q=asked").text
    page = reader.open(CASE).text
    assert OTHER in page and page.count("These are my words") == 1
    log = reader.open("/decisions").text
    assert "took out imported words that somebody says are theirs" in log
    assert "Somebody asked us to." in log and "Mo" in log
    assert "their speaker took back" not in log
    assert waiting(mo) == [] and mo.open(address).status_code == 404
    with writing(app.extensions["sessions"]) as session:
        voice = session.scalars(select(Voice).where(Voice.key == "v1")).one()
        assert redact_page(session, voice.page_id, NOON) > 0
    assert OTHER in reader.open(f"{CASE}@1").text and SAID not in reader.open(f"{CASE}@1").text


def test_a_moderator_leaves_them_and_nothing_says_that_somebody_asked(
    reader: Person, mo: Person
) -> None:
    before = reader.open("/decisions").text
    reader.fill(ASK, "csrf_token")
    [address] = waiting(mo)

    assert mo.fill(address, "reason", action="leave").status_code == 303

    assert SAID in reader.open(CASE).text
    assert reader.open("/decisions").text == before
    assert waiting(mo) == []
    reader.fill(ASK, "csrf_token")
    assert len(waiting(mo)) == 1  # they may ask once more


def code_of(answer_text: str) -> str:
    found = re.search(r'class="receipt"><code>([a-z0-9 ]+)</code>', answer_text)
    assert found, answer_text
    return found[1]


def test_who_brought_the_words_in_gives_their_speaker_a_code_that_works(
    app: Flask, ada: Person, reader: Person
) -> None:
    assert f"{CASE}/receipts" in ada.open(CASE).text

    answer = ada.fill(f"{CASE}/receipts", "key", key="v1")

    code = code_of(answer.text)
    assert answer.status_code == 200
    assert code not in ada.open(f"{CASE}/receipts").text  # told once
    with app.extensions["sessions"]() as session:
        assert isinstance(session, Session)
        kept = session.scalars(select(Consent.receipt).where(Consent.receipt.is_not(None))).one()
        assert code.replace(" ", "").encode() not in bytes(kept or b"")
    assert "of some, whose words came with an import, nobody was" in reader.open(CASE).text
    assert reader.fill("/take-back", "code", code=code).status_code == 200
    assert SAID not in reader.open(CASE).text and OTHER in reader.open(CASE).text


def test_a_second_code_is_refused_so_that_the_first_stays_good(
    ada: Person, reader: Person
) -> None:
    code = code_of(ada.fill(f"{CASE}/receipts", "key", key="v1").text)

    again = ada.fill(f"{CASE}/receipts", "key", key="v1")

    assert again.status_code == 422 and "has a code already" in again.text
    assert reader.fill("/take-back", "code", code=code).status_code == 200


def test_nobody_else_but_a_moderator_gives_codes(
    app: Flask, ada: Person, reader: Person, mo: Person
) -> None:
    bo = Person(app, "Bogna")

    assert "/receipts" not in bo.open(CASE).text and "/receipts" not in reader.open(CASE).text
    assert bo.open(f"{CASE}/receipts").status_code == 403
    form = ada.form(f"{CASE}/receipts", "key")
    token = bo.form("/w/brought-in/edit", "text").fields["csrf_token"]
    assert bo.send(form, key="v1", csrf_token=token).status_code == 403
    assert mo.open(f"{CASE}/receipts").status_code == 200
    assert "Sign in" in reader.open(f"{CASE}/receipts").text
