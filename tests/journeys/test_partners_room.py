"""The room of a page that only its partners read: who comes in, and what stands there."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select, update

from tests.cases.examples import case_text
from tests.journeys.answering import ANSWER, MEANT, answer, link, receipt_of
from tests.journeys.browser import Person
from tests.journeys.rooms import FOR_PARTNERS, SECRET, enter, press, told
from tests.journeys.test_voices import PASSAGE
from wiki.db import writing
from wiki.voices.models import VoiceInvitation

ROOM = "/w/the-tool/for-partners"


def test_what_is_for_partners_only_is_read_by_members_and_by_who_holds_a_code(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    receipt = told(ada, reader, case)
    invited = link(ada, case, "p-firm").rpartition("/")[2]

    for page in (ada.open(ROOM), enter(reader, receipt), enter(Person(app), invited)):
        assert page.status_code == 200
        assert SECRET in page.text and "Zebra Asha" in page.text
        assert "The zebra does not agree." in page.text
        assert page.headers["Cache-Control"] == "private, no-store"
        assert '<meta name="robots" content="noindex">' in page.text


def without_tokens(html: str) -> str:
    """Each form has a token of its own, with the second in which it was made."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", html)


def test_everybody_else_gets_what_a_page_gets_that_is_not_there(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    told(ada, reader, case)

    for person in (bo, reader, Person(app, "Mo", role="moderator"), Person(app, "Al", "admin")):
        person.open("/w/another-page/for-partners")  # the token of the menu, if there is one
        there, nowhere = person.open(ROOM), person.open("/w/no-such-page/for-partners")
        assert there.status_code == nowhere.status_code == 404
        assert without_tokens(there.text.replace(case, "no-such-page")) == without_tokens(
            nowhere.text
        )
        assert dict(there.headers) == dict(nowhere.headers)
    for slug in ("", case, "../x", "x" * 5000):
        assert bo.client.post("/for-partners/let-in", data={"page": slug}).status_code in (
            400,
            404,
        )


def test_a_code_that_opens_nothing_says_so_and_guessing_is_stopped(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    receipt = told(ada, reader, case)
    form = reader.form("/for-partners", "code")
    here = {"REMOTE_ADDR": "203.0.113.9"}
    codes = [*(f"wrong {number}" for number in range(10)), receipt]

    said = [
        reader.client.post(form.action, data={**form.fields, "code": code}, environ_base=here)
        for code in codes
    ]

    assert [each.status_code for each in said] == [422] * 10 + [429]
    assert "No words and no invitation" in said[0].text


def test_nobody_hands_on_a_key_that_they_do_not_hold(
    app: Flask, ada: Person, bo: Person, reader: Person, case: str
) -> None:
    told(ada, reader, case)
    address = link(bo, case, "p-firm")
    code = address.rpartition("/")[2]

    assert enter(bo, code).status_code == 422
    assert "Read what is for partners only" not in bo.open(address).text
    receipt = receipt_of(answer(bo, address, **{**FOR_PARTNERS, "meant": "My own words."}))
    own = enter(bo, receipt)
    assert own.status_code == 200 and "My own words." in own.text and SECRET not in own.text
    bo.fill(f"/w/{case}/voice", "words", **{**PASSAGE, "own": "1"})
    mine = bo.open(ROOM)
    assert mine.status_code == 200 and SECRET not in mine.text
    assert "Who was asked" not in mine.text and "My own words." not in mine.text


def test_who_reads_the_room_lets_a_voice_in(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    told(ada, reader, case)
    bo.fill(f"/w/{case}/voice", "words", **{**PASSAGE, "own": "1"})
    assert SECRET not in bo.open(ROOM).text

    done = press(ada, ada.open(ROOM), "let-in", which="v1")

    assert done.status_code == 303
    assert "They may read this room" in ada.open(done.headers["Location"]).text
    assert SECRET in bo.open(ROOM).text
    assert "The tool" in bo.open("/for-partners").text


def test_whom_a_member_or_a_named_voice_asks_comes_in_and_whom_an_unnamed_one_asks_does_not(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    """That an invitation lets in would say that its maker has a voice here."""
    told(ada, reader, case)
    bo.fill(f"/w/{case}/voice", "words", **{**PASSAGE, "own": "1"})
    press(ada, ada.open(ROOM), "let-in", which="v1")

    unnamed = link(bo, case, "p-firm")
    named = {"display_kind": "name", "display": "Bogna R.", "scopes": ["public_named"]}
    bo.fill(f"/w/{case}/voice", "words", **{**PASSAGE, **named, "own": "1"})
    press(ada, ada.open(ROOM), "let-in", which="v2")

    assert "Read what is for partners only" not in reader.open(unnamed).text
    assert enter(reader, unnamed.rpartition("/")[2]).status_code == 422
    assert SECRET in enter(reader, link(bo, case, "p-firm").rpartition("/")[2]).text


def test_somebody_with_an_account_keeps_words_on_the_page_for_partners_only(
    ada: Person, reader: Person, case: str
) -> None:
    ada.fill(f"/w/{case}/voice", "words", **{**PASSAGE, "own": "1"})
    assert "Nobody asked us" in reader.open(f"/w/{case}").text

    assert press(ada, ada.open(ROOM), "narrow").status_code == 303

    assert "Nobody asked us" not in reader.open(f"/w/{case}").text
    assert "Nobody asked us" in ada.open(ROOM).text


def test_an_invitation_that_has_ended_opens_no_room(app: Flask, ada: Person, case: str) -> None:
    code = link(ada, case, "p-firm").rpartition("/")[2]
    assert enter(Person(app), code).status_code == 200
    with writing(app.extensions["sessions"]) as session:
        session.execute(update(VoiceInvitation).values(ended_at=datetime.now(UTC)))

    assert enter(Person(app), code).status_code == 422


def test_an_invitation_leads_into_the_room_without_its_code_in_an_address(
    ada: Person, reader: Person, case: str
) -> None:
    told(ada, Person(reader.client.application), case)

    shown = reader.fill(link(ada, case, "p-firm"), "code")

    assert shown.status_code == 200 and SECRET in shown.text
    assert shown.request.path == "/for-partners" and not shown.request.query_string


def test_an_editor_can_neither_read_it_nor_put_it_into_the_page(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    before = reader.open(f"/w/{case}").headers["ETag"]
    told(ada, Person(reader.client.application), case)

    for person in (ada, bo):
        assert "No answer waits." in person.open(f"/w/{case}/invitations").text
    assert reader.open(f"/w/{case}").headers["ETag"] == before


def test_the_room_tells_what_waits_and_who_was_asked_and_how(
    ada: Person, reader: Person, case: str
) -> None:
    ada.fill(f"/w/{case}/silence/p-firm", "how", reason="asked_waiting", how="by letter")
    answer(reader, link(ada, case, "p-school"))

    room = ada.open(ROOM).text

    assert "An answer of Hill School, for everybody to read, waits" in room
    assert ", by letter" in room
    assert MEANT not in room and str(ANSWER["display"]) not in room


def test_of_a_draft_the_room_tells_others_than_its_members_only_what_was_said_there(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.fill("/w/kept/edit", "text", text=case_text(), title="Kept", action="save", draft="1")
    receipt = told(ada, reader, "kept")

    shown = enter(reader, receipt).text

    assert SECRET in shown and "Who was asked" not in shown and 'href="/w/kept"' not in shown
    assert bo.open("/w/kept/for-partners").status_code == 404
    assert "Who was asked" in ada.open("/w/kept/for-partners").text


def test_the_room_goes_with_the_page(app: Flask, ada: Person, reader: Person, case: str) -> None:
    receipt = told(ada, reader, case)
    Person(app, "Mo", role="moderator").fill(f"/w/{case}/delete", "reason", reason="It is gone.")

    assert ada.open(ROOM).status_code == 404
    assert enter(reader, receipt).status_code == 422
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(VoiceInvitation.lets_in)).all() == [True]
