"""Moderators add words to lists and withdraw lessons; both for all to read, with a reason."""

import pytest

from tests.cases.examples import case_text, lesson_text
from tests.clock import NOON
from tests.desk.visitors import visitor
from tests.moderation.people import acting
from wiki.cases.models import CasePage
from wiki.moderation.queries import decisions
from wiki.pages.models import Page
from wiki.policy import ANYBODY
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Means, NewPage, create

WORD = {
    "list": "end_reason",
    "label": "A flood took the school",
    "definition": "Water or weather made it impossible to go on.",
    "reason": "Two cases needed it.",
}


@pytest.fixture
def lesson(session, editor):
    page = create(
        session,
        NewPage(title="Ask first", source=lesson_text(id="l-ask")),
        by=acting(editor),
        means=Means(InlineRenderer(), 1_000_000),
        now=NOON,
    )
    session.commit()
    return page


def log(session):
    session.rollback()
    session.expire_all()
    return list(decisions(session, ANYBODY))


def status(session, page):
    session.rollback()
    session.expire_all()
    return session.get_one(CasePage, page.id).computed["status"]


def test_a_word_is_added_and_can_be_used_at_once(app, mo, session, editor):
    ada = visitor(app, session, editor)
    text = case_text(stage="ended", end_reason=["a_flood_took_the_school"])
    before = ada.send("/w/flood/edit", title="Flood", text=text, action="save")
    answer = mo.send("/desk/words", **WORD)
    after = ada.send("/w/flood/edit", title="Flood", text=text, action="save")

    assert (before.status_code, answer.status_code, after.status_code) == (422, 303, 303)
    assert "a_flood_took_the_school" in mo.get("/desk/words").text
    line = log(session)[0]
    assert (line.act, line.details["value"]) == ("add_word", "a_flood_took_the_school")
    assert "A flood took the school" in ada.get("/decisions").text
    assert "A flood took the school" in ada.get("/w/flood/form/outcome").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"list": "theme"}, "list"),
        ({"list": "../secret"}, "list"),
        ({"label": " "}, "label"),
        ({"label": "Funding cut", "definition": "x"}, "label"),
        ({"definition": ""}, "definition"),
        ({"definition": "x" * 301}, "definition"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_word_that_cannot_be_added_leaves_no_trace_and_loses_nothing_typed(
    mo, session, changed, field
):
    answer = mo.send("/desk/words", **{**WORD, **changed})

    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert WORD["definition"] in answer.text or "definition" in changed
    assert log(session) == []


def test_a_word_is_never_added_twice(mo):
    mo.send("/desk/words", **WORD)

    assert mo.send("/desk/words", **{**WORD, "definition": "Another."}).status_code == 422


def test_a_word_in_another_script_gets_a_value_of_its_own(mo, session):
    for label in ("洪水", "火事"):
        assert mo.send("/desk/words", **{**WORD, "label": label}).status_code == 303

    assert [line.details["value"] for line in log(session)] == ["added_2", "added_1"]


def test_a_withdrawn_lesson_stays_and_says_so_until_that_is_taken_back(mo, session, lesson):
    answer = mo.send("/desk/withdraw-lesson/ask-first", reason="It was made up.")
    stands = status(session, lesson)
    again = mo.send("/desk/withdraw-lesson/ask-first", reason="Once more.")
    mo.send("/desk/withdraw-lesson/ask-first", action="reinstate", reason="It was not.")

    assert (answer.status_code, stands, again.status_code) == (303, "withdrawn", 422)
    assert status(session, lesson) == "hypothesis"
    assert [line.act for line in log(session)] == ["reinstate_lesson", "withdraw_lesson"]
    assert session.get_one(Page, lesson.id).state == "public"


def test_a_moderator_finds_the_way_there_on_the_lesson(mo, session, lesson, editor):
    address = 'href="/desk/withdraw-lesson/ask-first"'

    assert address in mo.get("/w/ask-first").text
    assert address not in visitor(mo.client.application, session, editor).get("/w/ask-first").text


def test_a_lesson_is_not_withdrawn_without_a_reason(mo, session, lesson):
    answer = mo.send("/desk/withdraw-lesson/ask-first", reason=" ")

    assert answer.status_code == 422
    assert status(session, lesson) == "hypothesis"
