"""Passages in somebody's voice while two people write on the page at once."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.journeys.browser import Form, Person, forms_of
from tests.journeys.test_voices import case as case
from tests.journeys.test_voices import give
from wiki.operations.work import redact
from wiki.pages.models import Page


def raw(person: Person, case: str) -> str:
    return person.form(f"{case}/edit", "text").fields["text"]


def changed(form: Form, old: str, new: str) -> dict[str, str]:
    text = form.fields["text"]
    assert old in text
    return {"text": text.replace(old, new)}


def test_a_passage_given_meanwhile_stays_marked_and_named(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    form = bo.form(f"{case}/edit", "text")
    give(ada, case, place="## What happened")

    saved = bo.send(form, **changed(form, "Start.", "It began in May."), action="save")

    assert saved.location.endswith("done=joined")
    page = reader.open(case).text
    assert "It began in May." in page
    assert "<bdi>Asha</bdi>" in page
    assert page.count("Nobody asked us") == 1
    assert raw(ada, case).count("::: {.voice by=v1 mode=direct_spoken}") == 1


def test_words_are_not_moved_into_a_passage_or_out_of_it_by_joining(
    ada: Person, bo: Person, case: str
) -> None:
    give(ada, case, place="## What happened")
    form, text = bo.form(f"{case}/edit", "text"), raw(ada, case)
    opening, _, rest = text.partition("::: {.voice")
    line, _, rest = rest.partition("\n")
    ada.write("the-tool", opening + "::: {.voice" + line.replace("v1", "v1 from=sw") + "\n" + rest)

    answer = bo.send(form, **changed(form, "Nobody asked us", "Nobody ever asked us"))

    assert answer.status_code == 409
    assert "Nobody ever asked us" in answer.text


@pytest.mark.parametrize("rewritten", [False, True])
def test_words_taken_back_meanwhile_do_not_come_back_with_a_text_begun_before(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str, rewritten: bool
) -> None:
    receipt = give(ada, case, place="## What happened")
    form = bo.form(f"{case}/edit", "text")
    reader.fill("/take-back", "code", code=receipt)
    if rewritten:
        with app.extensions["sessions"]() as session:
            pages = list(session.scalars(select(Page.id)))
        redact(app.extensions["sessions"], pages)

    answer = bo.send(form, **changed(form, "Start.", "It began in May."), action="save")

    if rewritten:
        assert answer.location.endswith("done=joined")
    else:  # the text that was begun from is hidden until the passage is out of it
        assert answer.status_code == 409
        assert "It began in May." in answer.text
        assert "Nobody asked us" not in answer.text
        whole = next(form for form in forms_of(answer.text) if "text" in form.fields)
        assert bo.send(whole, action="save").status_code == 303
    assert "It began in May." in reader.open(case).text
    for place in ("", "/raw", "/history", "@1", "@2", "@3", "@4"):
        assert "Nobody asked us" not in reader.open(f"{case}{place}").text, place
