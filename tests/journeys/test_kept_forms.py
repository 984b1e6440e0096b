"""What is typed is kept, unsaved, for its writer alone; without scripts."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.clock import NOON
from tests.journeys.browser import PASSWORD, Form, Person, forms_of
from tests.journeys.test_voices import case as case
from tests.journeys.test_voices import give
from wiki.db import writing
from wiki.keeping.models import KeptForm
from wiki.keeping.service import KEPT_FOR, MOST, keep, kept_by

STORY = "We met in March.\n\nThe money came late.\n"
HALF = "We met in April, and nobod"


def kept_rows(app: Flask) -> int:
    with app.extensions["sessions"]() as session:
        return session.scalar(select(func.count()).select_from(KeptForm)) or 0


def keep_half(person: Person, address: str = "/w/the-tool/edit") -> Form:
    """Keep half a text; the form that comes back."""
    kept = person.fill(address, "text", text=HALF, summary="Why", action="keep")
    assert kept.status_code == 303, kept.text
    again = person.open(kept.location)
    assert "Kept, and not saved." in again.text
    return next(form for form in forms_of(again.text) if "text" in form.fields)


def test_a_kept_text_comes_back_whole_and_saves_nothing(
    app: Flask, ada: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")

    form = keep_half(ada)

    assert form.fields["text"].strip() == HALF
    assert form.fields["summary"] == "Why"
    assert reader.open("/w/the-tool/raw").text == STORY


def test_the_form_of_the_page_tells_of_it_and_saving_lets_it_go(app: Flask, ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    keep_half(ada)

    assert "You kept a text here" in ada.open("/w/the-tool/edit").text
    form = ada.form("/w/the-tool/edit?kept=1", "text")
    assert ada.send(form, text=HALF + "y came.\n", action="save").status_code == 303

    assert kept_rows(app) == 0
    assert "You kept a text here" not in ada.open("/w/the-tool/edit").text


def test_what_others_saved_meanwhile_is_joined_with_a_kept_text(ada: Person, bo: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = ada.form("/w/the-tool/edit", "text")
    ada.send(form, text=STORY.replace("March", "April"), action="keep")
    bo.write("the-tool", STORY.replace("late", "never"))

    again = ada.form("/w/the-tool/edit?kept=1", "text")
    saved = ada.send(again, action="save")

    assert saved.location.endswith("done=joined")
    assert bo.open("/w/the-tool/raw").text == "We met in April.\n\nThe money came never.\n"


def test_a_kept_text_that_met_another_one_is_let_go_when_it_is_decided(
    app: Flask, ada: Person, bo: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = ada.form("/w/the-tool/edit", "text")
    ada.send(form, text=STORY.replace("March", "April"), action="keep")
    bo.write("the-tool", STORY.replace("March", "May"))

    asked = ada.send(ada.form("/w/the-tool/edit?kept=1", "text"), action="save")
    decision = next(f for f in forms_of(asked.text) if "places" in f.fields)
    kept_until_then = kept_rows(app)
    ada.send(decision, **{"choice.0": "mine"}, action="save")

    assert asked.status_code == 409
    assert (kept_until_then, kept_rows(app)) == (1, 0)


def test_nobody_else_sees_that_something_is_kept(
    app: Flask, ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    keep_half(ada)
    admin = Person(app, "Root", role="admin")

    for person in (bo, admin):
        for address in ("/w/the-tool/edit", "/w/the-tool/edit?kept=1", "/kept", "/w/the-tool"):
            shown = person.open(address).text
            assert "nobod" not in shown
            assert "You kept a text here" not in shown
    assert reader.client.get("/kept").status_code == 303
    assert "nobod" not in reader.open("/w/the-tool").text


def test_a_new_page_is_kept_under_its_title_and_thrown_away(app: Flask, ada: Person) -> None:
    kept = ada.fill("/new", "text", title="A kite", text=HALF, draft="1", action="keep")
    again = forms_of(ada.open(kept.location).text)

    assert any(form.fields.get("title") == "A kite" for form in again)
    assert "A kite" in ada.open("/kept").text
    ada.fill("/kept", "place")
    assert kept_rows(app) == 0
    assert "You have kept nothing." in ada.open("/kept").text


def test_a_script_is_told_in_one_short_answer(ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = ada.form("/w/the-tool/edit", "text")

    answer = ada.client.post(
        form.action,
        data={**form.fields, "text": HALF, "action": "keep"},
        headers={"Accept": "application/json"},
    )

    assert (answer.status_code, answer.data) == (204, b"")


def test_words_that_were_taken_back_leave_what_others_kept(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case, place="## What happened")
    form = bo.form(f"{case}/edit", "text")
    as_a_browser_sends_it = form.fields["text"].replace("\n", "\r\n")
    bo.send(form, text=as_a_browser_sends_it, action="keep")
    reader.fill("/take-back", "code", code=receipt)

    kept = bo.form(f"{case}/edit?kept=1", "text").fields["text"]

    assert "Nobody asked us" not in kept
    assert "It broke." in kept
    with app.extensions["sessions"]() as session:
        assert "Nobody asked us" not in str(session.scalars(select(KeptForm.fields)).all())


def test_words_that_were_taken_back_leave_a_text_whose_mark_is_not_finished(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case, place="## What happened")
    form = bo.form(f"{case}/edit", "text")
    bo.send(form, text=form.fields["text"].replace("\n:::\n", "\n"), action="keep")
    reader.fill("/take-back", "code", code=receipt)

    kept = bo.form(f"{case}/edit?kept=1", "text").fields["text"]

    assert "Nobody asked us" not in kept
    assert "It broke." in kept


def test_who_leaves_takes_along_what_they_kept(app: Flask, ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    keep_half(ada)

    form = next(f for f in forms_of(ada.open("/account").text) if f.action == "/account/delete")
    ada.send(form, name="Ada", password=PASSWORD)

    assert kept_rows(app) == 0


def test_old_forms_go_and_of_very_many_the_oldest(app: Flask, ada: Person) -> None:
    with writing(app.extensions["sessions"]) as session:
        for number in range(MOST + 2):
            keep(session, 1, f"new:{number}", {"text": "x"}, page_id=None, now=NOON)
        assert [each.place for each in kept_by(session, 1)][-1] == "new:2"
        later = NOON + KEPT_FOR + timedelta(days=1)
        keep(session, 1, "new:later", {"text": "x"}, page_id=None, now=later)
        assert [each.place for each in kept_by(session, 1)] == ["new:later"]
