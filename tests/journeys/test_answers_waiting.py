"""Who edits a case is told that an answer came back and waits; nobody else is."""

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.answering import answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from tests.journeys.test_query_counts import counted

ONE = "One answer has come in and waits to be put into the page."


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text(), title="The tool")
    return "the-tool"


def test_editors_are_told_on_the_page_and_in_a_list_until_it_is_put_in(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    before = reader.open(f"/w/{case}")
    answer(Person(app), link(ada, case, "p-school"))

    for editor in (ada, bo):
        page = editor.open(f"/w/{case}").text
        assert ONE in page and 'href="/w/the-tool/invitations"' in page
        assert "The tool" in editor.open("/waiting").text
    after = reader.open(f"/w/{case}")
    assert (
        after.headers["ETag"] == before.headers["ETag"]
        and "to be put into the page" not in after.text
    )
    assert "One answer that you asked for waits" in ada.open("/").text
    assert "that you asked for" not in bo.open("/").text
    assert 'href="/waiting"' in ada.open("/account").text

    put_in(ada, case)
    for editor in (ada, bo):
        assert "to be put into the page" not in editor.open(f"/w/{case}").text
        assert "No answer waits." in editor.open("/waiting").text
    assert "that you asked for" not in ada.open("/").text


def test_answers_of_a_round_are_told_of_once_all_can_read_them(
    app: Flask, ada: Person, case: str
) -> None:
    keys = ["p-school", "p-firm"]
    first, second = links(ada.fill(f"/w/{case}/invitations", "opens_on", partners=keys))
    answer(Person(app), first)
    assert "to be put into the page" not in ada.open(f"/w/{case}").text
    assert "No answer waits." in ada.open("/waiting").text

    answer(Person(app), second)
    assert "2 answers have come in and wait to be put into the page." in (
        ada.open(f"/w/{case}").text
    )
    assert "2 answers that you asked for wait" in ada.open("/").text


def test_an_answer_that_was_taken_back_waits_no_more(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    receipt = receipt_of(answer(Person(app), link(ada, case, "p-school")))
    reader.fill("/take-back", "code", code=receipt)

    assert "to be put into the page" not in ada.open(f"/w/{case}").text
    assert "No answer waits." in ada.open("/waiting").text


def test_an_answer_for_the_partners_only_waits_for_nobody(
    app: Flask, ada: Person, case: str
) -> None:
    answer(Person(app), link(ada, case, "p-school"), scopes=["partners_only"])

    assert "to be put into the page" not in ada.open(f"/w/{case}").text
    assert "No answer waits." in ada.open("/waiting").text


def test_who_may_not_edit_the_page_is_told_nothing(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    moderator, plain = Person(app, "Mo", role="moderator"), Person(app, "Rea", role="reader")
    answer(Person(app), link(ada, case, "p-school"))
    moderator.fill(f"/desk/protect/{case}", "reason", level="moderator", reason="A dispute.")

    for person in (ada, plain):
        assert "to be put into the page" not in person.open(f"/w/{case}").text
        assert "The tool" not in person.open("/waiting").text
    assert ONE in moderator.open(f"/w/{case}").text
    assert "The tool" in moderator.open("/waiting").text
    assert reader.open("/waiting").request.path == "/sign-in"


def test_the_draft_of_others_is_not_in_the_list(
    app: Flask, ada: Person, bo: Person, case: str
) -> None:
    ada.write("hidden", case_text(), title="Hidden", draft="1")
    answer(Person(app), link(ada, "hidden", "p-school"))

    assert "Hidden" in ada.open("/waiting").text
    assert "Hidden" not in bo.open("/waiting").text


def test_a_stranger_costs_no_question_more_and_an_editor_one(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    ada.write("plain", "Kites.", title="Plain")
    costs = {}
    for person in (reader, ada):
        for slug in ("plain", case):
            for _ in range(2):
                person.open(f"/w/{slug}")
            with counted(app) as asked:
                person.open(f"/w/{slug}")
            costs[person.name, slug] = len(asked)

    assert costs["", case] == costs["", "plain"]
    assert costs["Ada", case] == costs["Ada", "plain"] + 1
