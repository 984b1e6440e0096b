"""Giving somebody's words: marked, named as they chose, counted, and taken back."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from wiki.voices.models import Consent, Voice

WORDS = "Nobody asked us before the tablets came, " + "and we said so in every meeting. " * 4
PASSAGE = {
    "words": WORDS,
    "mode": "direct_spoken",
    "display_kind": "pseudonym",
    "display": "Asha",
    "position": "frontline_educator",
    "position_public": "1",
    "capacity": "for_myself",
    "partner": "p-school",
    "language": "en",
    "how": "spoken",
    "scopes": ["public_pseudonym"],
    "read_back": "yes",
}


@pytest.fixture
def case(ada: Person) -> str:
    story = "Start.\n\n## What happened\n\nIt broke.\n\n## Later\n\n```\ncode\n```\n"
    ada.write("the-tool", case_text(story), title="The tool")
    return "/w/the-tool"


def offer(person: Person, case: str, **changed: Any) -> TestResponse:
    """Send the form for a passage."""
    return person.fill(f"{case}/voice", "words", **{**PASSAGE, **changed})


def give(person: Person, case: str, **changed: Any) -> str:
    """The receipt of a passage that was added."""
    answer = offer(person, case, **changed)
    assert answer.status_code == 200, answer.text
    found = re.search(r'class="receipt"><code>([a-z0-9 ]+)</code>', answer.text)
    return found[1] if found else ""


def test_a_passage_stands_under_the_name_its_speaker_chose(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, place="## What happened")

    page = reader.open(case).text

    assert "<bdi>Asha</bdi>" in page and "Nobody asked us" in page
    assert page.index("It broke.") < page.index("Nobody asked us")
    assert "by=v1 mode=direct_spoken" in ada.open(f"{case}/edit").text
    assert "Asha" not in reader.open(f"{case}/raw").text


def test_the_editor_is_told_who_stands_behind_a_key(ada: Person, case: str) -> None:
    give(ada, case)

    assert "<code>by=v1</code> <bdi>Asha</bdi>" in ada.open(f"{case}/edit").text


def test_the_panel_says_who_is_heard_and_who_is_silent(
    ada: Person, reader: Person, case: str
) -> None:
    assert "None of the 2 partners named here has written here" in reader.open(case).text

    give(ada, case)

    page = reader.open(case).text
    assert "One of 2 partners named here speaks in its own words" in page
    assert re.search(r"Hill School</b>: in their own words", page)
    assert re.search(r"Tool Makers</b>: no words here · Not yet asked", page)


def test_nothing_is_kept_of_a_partner_that_the_page_does_not_name(ada: Person, case: str) -> None:
    form = ada.form(f"{case}/silence/p-firm", "how")
    form.action = f"{case}/silence/p-nobody"

    assert ada.send(form, reason="declined").status_code == 404
    assert ada.open(f"{case}/silence/p-nobody").status_code == 404


def test_why_a_partner_is_silent_can_be_said(ada: Person, reader: Person, case: str) -> None:
    said = {"reason": "asked_no_reply", "how": "by letter"}
    assert ada.fill(f"{case}/silence/p-firm", "how", **said).status_code == 303

    page = reader.open(case).text
    assert re.search(r"Tool Makers</b>: no words here · Asked, no reply", page)
    assert ", by letter" in page


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("words", {"words": " "}),
        ("words", {"words": "::: {.voice by=v1 mode=composite}"}),
        ("words", {"words": "We said:\n\n```\nno", "place": "## What happened"}),
        ("words", {"scopes": []}),
        ("display", {"display": ""}),
        ("position", {"position": "king"}),
        ("note", {"how": "collective"}),
        ("speaker", {"speaker": "v1 mode=composite"}),
        ("partner", {"partner": "p-nobody"}),
        ("explained_in", {"explained_in": "x" * 21}),
        ("words", {"mode": "reported_paraphrase"}),
        ("words", {"mode": "direct_spoken", "read_back": "unknown"}),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    ada: Person, reader: Person, case: str, field, changed
) -> None:
    answer = offer(ada, case, **changed)

    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert changed.get("words", "Nobody asked us") in answer.text
    assert "Asha" not in reader.open(case).text


def test_typing_a_mark_for_a_voice_that_did_not_consent_is_refused(ada: Person, case: str) -> None:
    forged = case_text("::: {.voice by=v9 mode=direct_spoken}\nWe agree.\n:::\n")

    answer = ada.write("the-tool", forged)

    assert answer.status_code == 422
    assert "This page has no voice “v9”." in answer.text


def test_a_mark_typed_as_html_names_nobody(ada: Person, reader: Person, case: str) -> None:
    give(ada, case)
    forged = (
        '<div class="voice-passage"><div class="voice-slot" data-by="v1" '
        'data-mode="direct_spoken"></div>We agree with everything.</div>\n'
    )
    source = reader.open(f"{case}/raw").text
    ada.write("the-tool", f"{source}\n{forged}")

    page = reader.open(case).text
    assert "We agree with everything." in page
    assert "Asha" not in page


def test_a_speaker_takes_their_words_back_without_an_account(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case)
    source = reader.open(f"{case}/raw").text
    ada.write("the-tool", source.replace("It broke.", "It broke in May."))

    answer = reader.fill("/take-back", "code", code=receipt.upper())

    assert answer.status_code == 200 and "The tool" in answer.text
    for address in (
        "",
        "/raw",
        "@1",
        "@2",
        "@3",
        "@4",
        "/history",
        "/diff/1/2",
        "/diff/3/4",
        "/voices",
    ):
        assert "Nobody asked us" not in reader.open(f"{case}{address}").text, address
        assert "Asha" not in reader.open(f"{case}{address}").text, address
    assert "It broke in May." in reader.open(case).text
    assert "A passage was taken back by the one who spoke it." in reader.open(case).text
    assert "hid words that their speaker took back from" in reader.open("/decisions").text


def test_a_code_that_nobody_was_given_takes_nothing_back(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case)

    assert reader.fill("/take-back", "code", code="abcd efgh").status_code == 422
    assert "Nobody asked us" in reader.open(case).text


def test_the_wiki_keeps_no_copy_of_a_receipt(app: Flask, ada: Person, case: str) -> None:
    receipt = give(ada, case).replace(" ", "")

    with app.extensions["sessions"]() as session:
        assert isinstance(session, Session)
        kept = session.scalars(select(Consent)).one()
        assert receipt.encode() not in bytes(kept.receipt or b"")
        assert session.scalars(select(Voice.user_id)).one() is None


def test_one_name_on_two_pages_cannot_be_joined(ada: Person, reader: Person, case: str) -> None:
    ada.write("other", case_text(), title="Other")
    scopes = ["public_pseudonym", "export_and_citation"]
    give(ada, case, scopes=scopes)
    give(ada, "/w/other", scopes=scopes)

    first, second = (reader.open(f"{a}/raw").text for a in (case, "/w/other"))
    assert re.findall(r"by=\w+", first) == re.findall(r"by=\w+", second) == ["by=v1"]
