"""Two people write on one page at the same time, without scripts."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.browser import Form, Person, forms_of
from wiki.db import writing
from wiki.pages.models import Revision

STORY = "We met in March.\n\nThe money came late.\n\nThe school closed.\n"


def begun(app: Flask, ada: Person, bo: Person, theirs: str, story: str = STORY) -> Form:
    """Bo opens the form, then Ada saves."""
    ada.write("the-tool", story, title="The tool")
    form = bo.form("/w/the-tool/edit", "text")
    ada.write("the-tool", theirs)
    return form


def decision(answer: Any) -> Form:
    return next(form for form in forms_of(answer.text) if "places" in form.fields)


def test_changes_in_two_paragraphs_are_both_saved_and_the_writer_is_told(
    app: Flask, ada: Person, bo: Person, reader: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))

    answer = bo.send(form, text=STORY.replace("closed", "stayed open"), action="save")

    assert answer.status_code == 303
    assert answer.location.endswith("done=joined")
    assert "both changes stand in the page" in bo.open(answer.location).text
    assert bo.open("/w/the-tool/raw").text == STORY.replace("March", "April").replace(
        "closed", "stayed open"
    )
    assert "joins revision 2" in reader.open("/w/the-tool/history").text


def test_a_joined_revision_knows_what_it_was_written_on_and_each_word_its_writer(
    app: Flask, ada: Person, bo: Person, reader: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    bo.send(form, text=STORY.replace("closed", "reopened"), action="save")

    with writing(app.extensions["sessions"]) as session:
        newest = session.scalars(select(Revision).order_by(Revision.number.desc())).first()
        assert newest is not None
        assert (newest.number, newest.parent_number, newest.joins) == (3, 1, True)
    change = reader.open("/w/the-tool/diff/2/3").text
    assert "<ins>reopened</ins>" in change
    assert "<ins>April</ins>" not in change


def test_a_place_that_both_changed_is_asked_for_and_what_goes_together_is_joined(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April").replace("late", "never"))
    asked = bo.send(form, text=STORY.replace("March", "June").replace("closed", "moved"))

    assert asked.status_code == 409
    assert "Place 1 of 1" in asked.text
    chosen = decision(asked)
    saved = bo.send(chosen, **{"choice.0": "theirs"}, action="save")

    assert saved.status_code == 303
    assert bo.open("/w/the-tool/raw").text == (
        "We met in April.\n\nThe money came never.\n\nThe school moved.\n"
    )


def test_what_is_written_in_the_box_stands_there_without_another_choice(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    asked = bo.send(form, text=STORY.replace("March", "June"))

    bo.send(decision(asked), **{"own.0": "We met in April or June."}, action="save")

    assert bo.open("/w/the-tool/raw").text.startswith("We met in April or June.\n\nThe money")


def test_a_place_left_open_is_asked_for_again_and_nothing_typed_is_lost(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    asked = bo.send(form, text=STORY.replace("March", "June").replace("late", "<late>"))

    again = bo.send(decision(asked), action="save", summary="My reason")

    assert again.status_code == 422
    assert "Please choose what shall stand here." in again.text
    kept = decision(again)
    assert kept.fields["summary"] == "My reason"
    bo.send(kept, **{"choice.0": "mine"}, action="save")
    assert bo.open("/w/the-tool/raw").text == STORY.replace("March", "June").replace(
        "late", "<late>"
    )


def test_writing_in_the_box_and_choosing_something_else_is_asked_for_again(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    asked = bo.send(form, text=STORY.replace("March", "June"))
    own = {"own.0": "We met in May.", "choice.0": "theirs"}

    again = bo.send(decision(asked), **own, action="save")

    assert again.status_code == 422
    assert "Which of them shall stand?" in again.text
    assert "We met in May." in again.text


def test_somebody_who_saves_during_the_decision_is_joined_too(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    asked = decision(bo.send(form, text=STORY.replace("March", "June")))
    ada.write("the-tool", STORY.replace("March", "April").replace("closed", "moved"))

    saved = bo.send(asked, **{"choice.0": "mine"}, action="save")

    assert saved.location.endswith("done=joined")
    assert bo.open("/w/the-tool/raw").text == STORY.replace("March", "June").replace(
        "closed", "moved"
    )


def test_a_preview_of_the_decision_shows_the_whole_text_and_saves_nothing(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "April"))
    asked = decision(bo.send(form, text=STORY.replace("March", "June")))

    shown = bo.send(asked, **{"choice.0": "mine"}, action="preview")

    assert shown.status_code == 200
    assert "We met in June." in shown.text
    assert "The school closed." in shown.text
    assert "April" in bo.open("/w/the-tool/raw").text


def test_facts_of_a_case_are_joined_field_by_field(app: Flask, ada: Person, bo: Person) -> None:
    ada.write("the-tool", case_text(STORY, title="The tool"), title="The tool")
    facts, text = (bo.form("/w/the-tool/edit", "facts").fields[x] for x in ("facts", "text"))
    form = bo.form("/w/the-tool/edit", "facts")
    ada.write("the-tool", case_text(STORY, title="The tool", summary="Theirs, in a sentence."))

    answer = bo.send(form, facts=facts, text=text.replace("March", "April"), action="save")
    clash = bo.send(form, facts=facts.replace("summary: ", "summary: Mine "), text=text)

    assert answer.location.endswith("done=joined")
    raw = bo.open("/w/the-tool/raw").text
    assert "Theirs, in a sentence." in raw
    assert "We met in April." in raw
    assert clash.status_code == 409
    assert "Place 1 of 1" in clash.text
    assert "In a few sentences" in clash.text or "Summary" in clash.text


def test_a_hidden_newest_text_is_not_shown_to_somebody_who_began_before_it(
    app: Flask, ada: Person, bo: Person
) -> None:
    form = begun(app, ada, bo, STORY.replace("March", "the house of Mrs Q"))
    with writing(app.extensions["sessions"]) as session:
        for revision in session.scalars(select(Revision).where(Revision.number == 2)):
            revision.hide_text = True

    answer = bo.send(form, text=STORY.replace("closed", "moved"), action="save")

    assert answer.status_code == 409
    assert "Mrs Q" not in answer.text
    assert "The school moved." in answer.text


def test_a_text_that_may_be_saved_alone_but_not_joined_comes_back_whole(
    app: Flask, ada: Person, bo: Person
) -> None:
    limit = app.extensions["settings"].max_page_bytes
    ada.write("the-tool", STORY, title="The tool")
    form = bo.form("/w/the-tool/edit", "text")
    ada.write("the-tool", "x" * (limit // 2) + "\n\n" + STORY)

    answer = bo.send(form, text=STORY + "\n" + "y" * (limit // 2) + "\n", action="save")

    assert answer.status_code == 409
    assert "Both texts are joined here" in answer.text


def test_a_text_with_very_many_places_is_put_together_as_a_whole(
    app: Flask, ada: Person, bo: Person
) -> None:
    story = "\n\n".join(f"Kite {number} rose." for number in range(40)) + "\n"
    form = begun(app, ada, bo, story.replace("rose", "sank"), story)
    asked = bo.send(form, text=story.replace("rose", "tore"), for_whom="volunteer", action="save")

    assert asked.status_code == 409
    whole = next(f for f in forms_of(asked.text) if "text" in f.fields)
    assert whole.fields["for_whom"] == "volunteer"
    bo.send(whole, text="We met in April or June.", action="save")

    assert bo.open("/w/the-tool/raw").text == "We met in April or June.\n"
