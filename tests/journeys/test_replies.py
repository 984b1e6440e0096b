"""Replies of partners to a page: dated, one length for all, and silence is no assent."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.answering import answer, link, put_in
from tests.journeys.browser import Person
from wiki.db import writing
from wiki.voices.models import PartnerAnswer
from wiki.voices.rules import REPLY_LENGTH

SCHOOL = "p-school"


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text("It broke.\n"), title="The tool")
    return "the-tool"


def test_no_answer_is_called_no_reply_only_after_two_routes_three_weeks_apart(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    ada.fill(f"/w/{case}/silence/{SCHOOL}", "how", reason="asked_waiting", how="by letter")
    said = {"state": "no_reply_by_date", "words": "", "not_behind": ""}
    assert ada.fill(f"/w/{case}/reply/{SCHOOL}", "words", **said).status_code == 422

    with writing(app.extensions["sessions"]) as session:
        row = session.scalars(select(PartnerAnswer)).one()
        row.asked = [["2026-01-05", "by telephone"], *row.asked]
    assert ada.fill(f"/w/{case}/reply/{SCHOOL}", "words", **said).status_code == 303

    page = reader.open(f"/w/{case}").text
    assert "Reply: No reply by the date" in page and "No dissent is recorded." in page


def test_a_reply_that_a_partner_gave_itself_is_not_written_over(
    ada: Person, reader: Person, case: str
) -> None:
    answer(reader, link(ada, case, SCHOOL))
    form = ada.form(f"/w/{case}/reply/{SCHOOL}", "words")
    put_in(ada, case)

    assert ada.send(form, state="agrees", words="Fine by them.").status_code == 422
    page = ada.open(f"/w/{case}").text
    assert "Reply: Disagrees" in page and f"/reply/{SCHOOL}" not in page

    answer(reader, link(ada, case, SCHOOL), reply="agrees", reply_words="We see it now.")
    put_in(ada, case)
    assert "Reply: Agrees" in reader.open(f"/w/{case}").text


@pytest.mark.parametrize(
    "said",
    [
        {"state": "no_reply_by_date", "words": "They sounded content."},
        {"state": "agrees", "not_behind": "1"},
        {"state": "agrees", "words": "x" * (REPLY_LENGTH + 1)},
        {"state": "delighted"},
        {},
    ],
)
def test_a_reply_that_contradicts_itself_is_not_recorded(
    ada: Person, reader: Person, case: str, said
) -> None:
    refused = ada.fill(f"/w/{case}/reply/{SCHOOL}", "words", **said)

    assert refused.status_code == 422
    assert said.get("words", "") in refused.text
    assert "Reply:" not in reader.open(f"/w/{case}").text


def test_a_reply_that_came_some_other_way_says_that_somebody_wrote_it_down(
    ada: Person, reader: Person, case: str
) -> None:
    said = {"state": "dissents", "words": "It was not so.", "not_behind": "1"}
    assert ada.fill(f"/w/{case}/reply/{SCHOOL}", "words", **said).status_code == 303

    page = reader.open(f"/w/{case}").text
    assert "Reply: Disagrees" in page and "their own answer" not in page
    assert "It was not so." in page and "does not stand behind this page" in page
