"""From silence to invitation: a link, a form without an account, and words in one's own voice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.cases.examples import case_text
from tests.journeys.answering import ANSWER, MEANT, answer, link, put_in, receipt_of
from tests.journeys.browser import Person, forms_of
from wiki.accounts.throttle import count_failure
from wiki.db import writing
from wiki.editing.answers import HANDED_IN
from wiki.voices.models import VoiceAnswer, VoiceInvitation
from wiki.voices.rules import REPLY_LENGTH

SCHOOL = "p-school"


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text("Start.\n\n## What happened\n\nIt broke.\n"), title="The tool")
    return "the-tool"


def test_a_partner_answers_without_an_account_and_stands_in_the_page_in_their_own_voice(
    ada: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, SCHOOL)
    shown = reader.open(address).text
    assert "The tool" in shown and "A school and a firm tried a tool together." in shown
    assert "Hill School" in shown

    receipt_of(answer(reader, address))
    assert "An answer of Hill School has come in." in ada.open(f"/w/{case}/invitations").text
    assert put_in(ada, case).status_code == 303

    page = reader.open(f"/w/{case}").text
    assert MEANT in page and "<bdi>Asha</bdi>" in page
    assert "In their own words: Hill School" in page
    assert "The relationship: Strained" in page
    assert re.search(r"Hill School</b>: in their own words", page)
    assert "Reply: Disagrees" in page and "(their own answer)" in page
    assert "We told them in every meeting." in page
    assert "Dissent: Hill School" in page
    history = reader.open(f"/w/{case}/history").text
    assert "An answer of Hill School" in history and "an answer that came in" in history
    assert "No answer waits." in ada.open(f"/w/{case}/invitations").text


def test_nobody_reads_an_answer_before_it_is_put_in_and_the_page_does_not_change(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, SCHOOL)
    before = reader.open(f"/w/{case}").headers["ETag"]
    answer(Person(reader.client.application), address)

    assert reader.open(f"/w/{case}").headers["ETag"] == before
    for person in (ada, bo, reader):
        for place in (f"/w/{case}", f"/w/{case}/invitations", f"/w/{case}/voice", address):
            told = person.open(place).text
            assert MEANT not in told and "Asha" not in told, place


def test_the_form_looks_the_same_to_who_made_the_link_whether_it_was_answered_or_not(
    ada: Person, reader: Person, case: str
) -> None:
    def seen() -> tuple[str, int]:
        page = re.sub(r'name="csrf_token" value="[^"]*"', "", ada.open(address).text)
        return page, answer(ada, address, meant="", happened="", reply="").status_code

    address = link(ada, case, SCHOOL)
    before = seen()
    answer(reader, address)

    assert seen() == before
    again = answer(ada, address, meant="Something else.")
    assert again.status_code == 422 and "Something else." in again.text


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("meant", {"meant": "", "happened": "", "reply": "", "reply_words": ""}),
        ("meant", {"meant": "x" * (REPLY_LENGTH + 1)}),
        ("reply_words", {"reply_words": "x" * (REPLY_LENGTH + 1)}),
        ("reply", {"reply": ""}),
        ("reply", {"reply": "no_reply_by_date"}),
        ("reply", {"reply": "agrees", "not_behind": "1"}),
        ("display", {"display": ""}),
        ("position", {"position": "king"}),
        ("capacity", {"capacity": "for_my_organisation_confirmed"}),
        ("capacity", {"capacity": "for_myself", "not_behind": "1"}),
        ("note", {"capacity": "for_a_group_with_mandate"}),
        ("language", {"language": ""}),
        ("purpose_outcome", {"purpose_outcome": "splendid"}),
        ("scopes", {"scopes": []}),
        ("scopes", {"scopes": ["translation"]}),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(
    ada: Person, reader: Person, case: str, field, changed
) -> None:
    address = link(ada, case, SCHOOL)
    refused = answer(reader, address, standpoint="I teach.", **changed)

    assert refused.status_code == 422
    assert f'id="f-{field}-error"' in refused.text
    assert "I teach." in refused.text
    typed = {**ANSWER, **changed}
    again = next(form for form in forms_of(refused.text) if "meant" in form.fields)
    for name in ("meant", "happened", "reply_words", "display", "language"):
        assert again.fields[name] == typed[name]


def test_words_that_would_reach_beyond_their_passage_are_shown_as_they_were_typed(
    ada: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, SCHOOL)
    answer(reader, address, meant="```\n<!-- all gone\n:::\n# Ours")
    put_in(ada, case)

    page = reader.open(f"/w/{case}").text
    assert "&lt;!-- all gone" in page and "# Ours" in page
    assert "Twelve arrived" in page


def test_an_answer_is_taken_back_before_anybody_read_it(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    before = reader.open(f"/w/{case}").headers["ETag"]
    receipt = receipt_of(answer(Person(app), link(ada, case, SCHOOL)))

    assert "The tool" in Person(app).fill("/take-back", "code", code=receipt).text
    assert reader.open(f"/w/{case}").headers["ETag"] == before
    assert "No answer waits." in ada.open(f"/w/{case}/invitations").text
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(VoiceAnswer.said)).all() == [{}]


def test_an_answer_is_taken_back_from_the_page_with_its_reply(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = receipt_of(answer(reader, link(ada, case, SCHOOL)))
    put_in(ada, case)

    reader.fill("/take-back", "code", code=receipt)

    for place in ("", "/raw", "@1", "@2", "@3", "/history", "/diff/1/2"):
        told = reader.open(f"/w/{case}{place}").text
        for gone in (MEANT, "Asha", "We told them in every meeting.", "Strained</p>", "Disagrees"):
            assert gone not in told, (place, gone)


def test_what_one_person_thinks_is_not_the_reply_of_the_partner(
    ada: Person, reader: Person, case: str
) -> None:
    answer(reader, link(ada, case, SCHOOL), capacity="for_myself")
    put_in(ada, case)

    page = reader.open(f"/w/{case}").text
    assert "No dissent is recorded." in page
    assert "We told them in every meeting." in page and "Their reply to this page" in page


def test_a_link_is_ended_by_who_made_it_and_by_nobody_else(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, SCHOOL)
    listed = ada.open(f"/w/{case}/invitations").text
    end = next(form for form in forms_of(listed) if form.action.endswith("/end"))
    assert not [f for f in forms_of(bo.open(f"/w/{case}/invitations").text) if "/end" in f.action]
    token = bo.form(f"/w/{case}/edit", "text").fields["csrf_token"]
    assert bo.client.post(end.action, data={"csrf_token": token}).status_code == 403

    form = reader.form(address, "meant")
    assert ada.send(end).status_code == 303

    assert reader.open(address).status_code == 404
    late = reader.send(form, **ANSWER)
    assert late.status_code == 404 and MEANT in late.text


def test_a_link_ends_at_its_date(app: Flask, ada: Person, reader: Person, case: str) -> None:
    address = link(ada, case, SCHOOL)
    with writing(app.extensions["sessions"]) as session:
        made = session.scalars(select(VoiceInvitation)).one()
        assert made.expires_at - made.made_at == timedelta(days=30)
        session.execute(update(VoiceInvitation).values(expires_at=made.made_at))

    assert reader.open(address).status_code == 404


def test_the_wiki_keeps_only_hashes_of_links_and_receipts(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, SCHOOL)
    receipt = receipt_of(answer(reader, address)).replace(" ", "")

    with app.extensions["sessions"]() as session:
        assert (
            address.rpartition("/")[2].encode()
            not in session.scalars(select(VoiceInvitation.code)).one()
        )
        assert receipt.encode() not in session.scalars(select(VoiceAnswer.receipt)).one()


def test_a_code_from_paper_is_typed_by_hand(ada: Person, reader: Person, case: str) -> None:
    made = ada.client.post(
        f"/w/{case}/invite/{SCHOOL}",
        data={"csrf_token": ada.form(f"/w/{case}/edit", "text").fields["csrf_token"]},
    ).text
    assert "What was meant to happen?" in made and "localhost/answer" in made
    code = re.search(r"<b><code>([a-z0-9 ]+)</code></b>", made)
    assert code

    there = reader.fill("/answer", "code", code=code[1].upper().replace(" ", "-"))

    assert there.status_code == 303
    assert "Hill School" in reader.open(there.headers["Location"]).text


def test_guessing_codes_is_stopped(reader: Person, case: str) -> None:
    said = [
        reader.client.post(
            "/answer",
            data={**reader.form("/answer", "code").fields, "code": f"wrong {number}"},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        ).status_code
        for number in range(11)
    ]

    assert said == [422] * 10 + [429]


def test_answers_of_one_address_come_at_a_bearable_pace_and_none_is_lost(
    ada: Person, reader: Person, case: str
) -> None:
    with writing(ada.client.application.extensions["sessions"]) as session:
        for _number in range(HANDED_IN - 1):
            count_failure(session, "answer", "203.0.113.9", now=datetime.now(UTC))
    answers = [link(ada, case, SCHOOL) for _ in range(2)]
    said = []
    for address in answers:
        form = reader.form(address, "meant")
        said.append(
            reader.client.post(
                form.action,
                data={**form.fields, **ANSWER},
                environ_base={"REMOTE_ADDR": "203.0.113.9"},
            )
        )

    assert [each.status_code for each in said] == [200, 429]
    assert MEANT in said[-1].text


def test_who_may_not_edit_invites_nobody(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    watcher = Person(app, "Watcher", role="reader")
    for person, status in ((reader, 403), (watcher, 403)):
        assert "Invite them" not in person.open(f"/w/{case}").text
        assert person.client.get(f"/w/{case}/reply/{SCHOOL}").status_code in (302, 303, status)
        assert person.client.get(f"/w/{case}/invitations").status_code in (302, 303, status)
    assert ada.open(f"/w/{case}/reply/nobody").status_code == 404


def test_a_withheld_name_is_not_told_to_who_has_the_link(ada: Person, reader: Person) -> None:
    school = {"id": SCHOOL, "name_visibility": "withheld", "org_type": "school_or_college"}
    firm = {"id": "p-firm", "name": "Tool Makers", "org_type": "company_host_country"}
    ada.write("hidden", case_text(partners=[school, firm]), title="Hidden")

    shown = reader.open(link(ada, "hidden", SCHOOL)).text

    assert SCHOOL not in shown and "a partner whose name is withheld" in shown
