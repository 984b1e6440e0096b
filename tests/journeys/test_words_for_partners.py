"""Giving words to partners only, letting everybody read them later, and the other way round."""

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.answering import MEANT, answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from tests.journeys.rooms import FOR_PARTNERS, SECRET, enter, press, told
from tests.journeys.test_voices import PASSAGE

ROOM = "/w/the-tool/for-partners"


def test_a_speaker_lets_everybody_read_it_and_an_editor_puts_it_in(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    receipt = told(ada, reader, case)
    room = enter(reader, receipt)
    assert "public_named" not in room.text

    done = press(reader, room, "widen", public="public_pseudonym")

    assert done.status_code == 200 and "waits for an editor" in done.text
    assert SECRET not in ada.open(ROOM).text
    assert "An answer of Hill School" in ada.open(ROOM).text
    assert put_in(ada, case).status_code == 303
    page = Person(app).open(f"/w/{case}").text
    assert SECRET in page and "<bdi>Zebra Asha</bdi>" in page and "Reply: Disagrees" in page


def test_a_speaker_may_say_only_what_they_may_choose(
    ada: Person, reader: Person, case: str
) -> None:
    room = enter(reader, told(ada, reader, case))

    for wrong in ("public_named", "partners_only", "audio_public", ""):
        refused = press(reader, room, "widen", public=wrong)
        assert refused.status_code == 422 and SECRET in refused.text


def test_words_on_the_page_are_kept_for_the_partners_only(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    receipt = receipt_of(answer(reader, link(ada, case, "p-school")))
    put_in(ada, case)

    done = press(reader, enter(reader, receipt), "narrow")

    assert done.status_code == 200 and MEANT in done.text
    assert "Hill School" in done.text and "We told them in every meeting." in done.text
    for place in ("", "/raw", "/history", "@1", "@2", "@3", "/diff/1/2", "/voices"):
        page = Person(app).open(f"/w/{case}{place}").text
        assert MEANT not in page and "Asha" not in page and "in every meeting" not in page, place
    assert MEANT in ada.open(ROOM).text
    assert "A speaker took back their words." in reader.open("/decisions").text


def test_what_was_narrowed_can_be_public_again(app: Flask, ada: Person, reader: Person) -> None:
    ada.write("the-tool", case_text(), title="The tool")
    sent = {**PASSAGE, "words": "Nobody asked us.\n\nNobody at *all*."}
    receipt = receipt_of(ada.fill("/w/the-tool/voice", "words", **sent))
    room = press(reader, enter(reader, receipt), "narrow").text
    assert "Nobody asked us." in room and "Nobody at all." in room
    assert "Nobody asked us." not in reader.open("/w/the-tool").text

    press(reader, enter(reader, receipt), "widen", public="public_deidentified")
    assert put_in(ada, "the-tool").status_code == 303

    page = reader.open("/w/the-tool").text
    assert "Nobody asked us." in page and "<em>all</em>" in page
    assert "Spoken" in page or "spoken" in page
    done = reader.fill("/take-back", "code", code=receipt)
    assert done.status_code == 200
    assert "Nobody asked us." not in Person(app).open("/w/the-tool").text


def test_the_form_for_somebodys_words_keeps_what_is_for_partners_out_of_the_text(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    before = reader.open(f"/w/{case}/history").text
    sent = {**PASSAGE, "words": SECRET, "scopes": ["partners_only"]}

    done = ada.fill(f"/w/{case}/voice", "words", **sent)

    assert "kept for the partners" in done.text
    receipt = receipt_of(done)
    assert SECRET in enter(Person(app), receipt).text
    assert reader.open(f"/w/{case}/history").text == before
    assert SECRET not in ada.open(f"/w/{case}/raw").text


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("scopes", {"scopes": ["partners_only", "public_named"]}),
        ("words", {"words": "```\nnever closed"}),
        ("words", {"mode": "direct_translated"}),
        ("words", {"read_back": "unknown"}),
        ("position", {"position": "king"}),
    ],
)
def test_what_is_wrong_with_words_for_partners_is_said(
    ada: Person, case: str, field: str, changed
) -> None:
    sent = {**PASSAGE, "scopes": ["partners_only"], **changed}

    refused = ada.fill(f"/w/{case}/voice", "words", **sent)

    assert refused.status_code == 422 and f"#f-{field}" in refused.text


def test_for_partners_and_for_everybody_at_once_is_refused(
    ada: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, "p-school")

    refused = answer(reader, address, scopes=["partners_only", "public_pseudonym"])

    assert refused.status_code == 422 and 'id="f-scopes-error"' in refused.text


def test_somebody_with_an_account_acts_on_their_own_words_without_a_code(
    app: Flask, ada: Person, case: str
) -> None:
    sent = {**PASSAGE, "own": "1", "words": SECRET, "scopes": ["partners_only"]}
    ada.fill(f"/w/{case}/voice", "words", **sent)
    room = ada.open(ROOM)
    assert SECRET in room.text and "yours" in room.text

    assert press(ada, room, "take-back").status_code == 303

    assert SECRET not in ada.open(ROOM).text


def test_nobody_acts_on_words_that_are_not_their_own(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    mine = told(ada, reader, case)
    theirs = told(ada, reader, case, meant="Other words.", display="Otto")
    form = enter(reader, mine)
    public_id = [p for p in form.text.split('name="which" value="')[1:]][0].partition('"')[0]

    for act in ("widen", "narrow", "take-back"):
        for person, key in (
            (reader, {"code": theirs}),
            (ada, {"page": case}),
            (bo, {"page": case}),
        ):
            token = person.form("/for-partners", "code").fields["csrf_token"]
            data = {"csrf_token": token, "which": public_id, "public": "public_pseudonym", **key}
            assert person.client.post(f"/for-partners/{act}", data=data).status_code == 404

    assert SECRET in enter(reader, mine).text


def test_of_a_round_it_is_read_once_the_round_is_open_and_tells_nobody_else_that_it_came(
    ada: Person, reader: Person, case: str
) -> None:
    keys = ["p-school", "p-firm"]
    asked = ada.fill(f"/w/{case}/invitations", "opens_on", partners=keys, when_all="1")
    first, second = links(asked)
    before = reader.open(f"/w/{case}/side-by-side").text
    receipt = receipt_of(answer(reader, first, **FOR_PARTNERS))
    answer(reader, second)

    assert reader.open(f"/w/{case}/side-by-side").text == before
    assert SECRET not in ada.open(ROOM).text
    assert SECRET in enter(reader, receipt).text
