"""Partners answer alone; what they say opens to all at one moment."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.answering import MEANT, answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from wiki.db import writing
from wiki.operations.work import open_answers
from wiki.outbox.models import Job
from wiki.voices.invitations import OPENING
from wiki.voices.models import AnswerRound

KEYS = ["p-school", "p-firm", "p-ministry", "p-union"]
NAMES = ["Hill School", "Tool Makers", "Ministry", "Union"]


@pytest.fixture
def case(ada: Person) -> str:
    partners = [
        {"id": key, "name": name, "org_type": "school_or_college"}
        for key, name in zip(KEYS, NAMES, strict=True)
    ]
    ada.write("the-tool", case_text(partners=partners), title="The tool")
    return "the-tool"


def ask(person: Person, slug: str, keys: list[str], **typed: str) -> list[str]:
    """Open a round; the paths of its links, in the order of the partners."""
    made = person.fill(f"/w/{slug}/invitations", "opens_on", partners=keys, **typed)
    return links(made)


def bring_forward(app: Flask, slug: str) -> None:
    """The day on which the answers open has come."""
    with writing(app.extensions["sessions"]) as session:
        row = session.scalars(select(AnswerRound)).one()
        row.opens_at = row.made_at - timedelta(seconds=1)


def test_answers_open_to_all_when_all_are_in_and_not_before(
    ada: Person, reader: Person, case: str
) -> None:
    addresses = ask(ada, case, KEYS)
    assert len(addresses) == 4
    before = reader.open(f"/w/{case}").headers["ETag"]
    for number, address in enumerate(reversed(addresses)):
        told = reader.open(f"/w/{case}/side-by-side").text
        assert f"<strong>{number} of 4 are in.</strong>" in told
        assert "Said by" not in told
        assert reader.open(f"/w/{case}").headers["ETag"] == before
        assert "No answer waits." in ada.open(f"/w/{case}/invitations").text
        answer(Person(reader.client.application), address, meant=f"Said by {number}.")

    told = reader.open(f"/w/{case}/side-by-side").text
    assert [told.index(f"Said by {number}.") for number in (3, 2, 1, 0)] == sorted(
        told.index(f"Said by {number}.") for number in range(4)
    )
    assert told.count("Strained") == told.count("Not met") == 4
    ledger = reader.open(f"/w/{case}").text
    assert ledger.count("(their own answer)") == 4
    assert "Said by" not in ledger
    over = ada.open(f"/w/{case}/invitations").text
    assert over.count("can be read side by side.") == 4 and "End it" not in over
    assert {reader.open(address).status_code for address in addresses} == {404}


PUBLIC = ("", "/raw", "/history", "/voices", "?voices=1", "@1", "/export", "/side-by-side")
LISTS = ("/recent", "/pages", "/decisions", "/cases", "/cases.jsonl", "/partners.jsonl")
API = ("/api/v1/pages/the-tool", "/api/v1/pages/the-tool/attribution")


def all_that_is_public(reader: Person, slug: str) -> dict[str, tuple[int, str | None, bytes]]:
    """Status, ETag and body of every public view of a page."""
    seen = {}
    for place in (*(f"/w/{slug}{place}" for place in PUBLIC), *LISTS, *API):
        told = reader.open(place)  # read at once: some are sent while they are made
        seen[place] = (told.status_code, told.headers.get("ETag"), told.data)
    return seen


@pytest.mark.parametrize("first", range(3))
def test_nothing_public_says_who_of_several_has_answered(
    ada: Person, reader: Person, case: str, first: int
) -> None:
    addresses = ask(ada, case, KEYS[:3])
    asked = all_that_is_public(reader, case)
    beside = f"/w/{case}/side-by-side"
    for number, place in enumerate((first, (first + 1) % 3), start=1):
        answer(Person(reader.client.application), addresses[place], meant=f"Canary {place}.")
        seen = all_that_is_public(reader, case)

        expected = asked[beside][2].replace(b"0 of 3", b"%d of 3" % number)
        assert seen[beside][2] == expected
        assert [name for name in seen if seen[name] != asked[name]] == [beside]


def test_of_two_partners_no_figure_is_told(ada: Person, reader: Person, case: str) -> None:
    addresses = ask(ada, case, KEYS[:2])
    before = reader.open(f"/w/{case}/side-by-side").headers["ETag"]
    answer(Person(reader.client.application), addresses[0])

    told = reader.open(f"/w/{case}/side-by-side")
    assert told.headers["ETag"] == before
    assert " are in.</strong>" not in told.text and MEANT not in told.text
    assert "it would say who" in told.text


def test_answers_open_on_their_day_and_who_did_not_answer_agrees_to_nothing(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    addresses = ask(ada, case, KEYS)
    answer(reader, addresses[0])
    bring_forward(app, case)

    told = reader.open(f"/w/{case}/side-by-side").text
    assert MEANT in told
    assert "<bdi>Tool Makers</bdi>, <bdi>Ministry</bdi>, <bdi>Union</bdi>" in told
    ledger = reader.open(f"/w/{case}").text
    assert "(their own answer)" in ledger and "Agrees" not in ledger


def test_at_the_moment_the_worker_lets_the_replies_into_the_ledger(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    answer(reader, ask(ada, case, KEYS)[0])
    with app.extensions["sessions"]() as session:
        due = session.execute(select(Job.due_at, Job.subject).where(Job.kind == OPENING)).one()
        assert due.due_at == session.scalars(select(AnswerRound.opens_at)).one()
    open_answers(app.extensions["sessions"], [due.subject])
    assert "(their own answer)" not in reader.open(f"/w/{case}").text

    bring_forward(app, case)
    open_answers(app.extensions["sessions"], [due.subject])

    ledger = reader.open(f"/w/{case}").text
    assert ledger.count("(their own answer)") == 1 and "Asked, waiting" in ledger


def test_an_answer_of_a_round_stands_under_the_name_its_speaker_agreed_to(
    ada: Person, reader: Person, case: str
) -> None:
    addresses = ask(ada, case, KEYS[:2])
    answer(reader, addresses[0], display_kind="name", display="Wanjiru M.")
    answer(Person(reader.client.application), addresses[1], display="Bo", position_public="")

    told = reader.open(f"/w/{case}/side-by-side").text
    assert "Wanjiru" not in told  # agreed to a chosen name, not to this one
    assert "<bdi>Bo</bdi>" in told
    assert told.count("Teacher or educator") == 1  # of the two, one let everybody see it


def test_an_open_answer_is_put_into_the_page_by_an_editor(
    ada: Person, reader: Person, case: str
) -> None:
    for address in ask(ada, case, KEYS[:2]):
        answer(Person(reader.client.application), address)

    assert put_in(ada, case).status_code == put_in(ada, case).status_code == 303

    page = reader.open(f"/w/{case}").text
    assert page.count(MEANT) == 2
    assert "2 of 4 partners named here speak in their own words" in page
    assert len(re.findall(r"by=v\d", ada.open(f"/w/{case}/edit").text)) >= 6
    assert len(re.findall(r"passage=v\d", reader.open(f"/w/{case}/raw").text)) == 6


def test_an_answer_is_taken_back_from_beside_the_others(
    ada: Person, reader: Person, case: str
) -> None:
    first, second = ask(ada, case, KEYS[:2])
    receipt = receipt_of(answer(reader, first))
    answer(Person(reader.client.application), second, meant="We chose it.", reply="agrees")
    put_in(ada, case)
    put_in(ada, case)

    reader.fill("/take-back", "code", code=receipt)

    for place in (f"/w/{case}", f"/w/{case}/side-by-side", f"/w/{case}/raw"):
        told = reader.open(place).text
        assert MEANT not in told and "Disagrees" not in told, place
        assert ("We chose it." in told) != place.endswith("/raw")  # not agreed to leave


def test_a_moderator_takes_out_an_open_answer_and_the_log_says_why(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    moderator = Person(app, "Mo", role="moderator")
    first, second = ask(ada, case, KEYS[:2])
    answer(reader, first, meant="The head, Mr X, took them home.")
    assert "Take it out" not in moderator.open(f"/w/{case}/invitations").text
    answer(Person(app), second, reply="agrees", reply_words="")
    assert "Take it out" not in ada.open(f"/w/{case}/invitations").text
    listed = moderator.open(f"/w/{case}/invitations").text
    school = re.search(r'Hill School</b> <a href="([^"]+)"', listed)
    assert school

    assert moderator.fill(school[1], "reason", reason="").status_code == 422
    assert moderator.fill(school[1], "reason", reason="Names somebody.").status_code == 303

    assert "Mr X" not in reader.open(f"/w/{case}/side-by-side").text
    assert "Disagrees" not in reader.open(f"/w/{case}").text
    log = reader.open("/decisions").text
    assert "took out an answer of a partner from" in log and "Names somebody." in log
    assert "Mr X" not in log


def test_a_lost_link_of_a_round_is_replaced_and_the_old_one_ends(
    ada: Person, reader: Person, case: str
) -> None:
    addresses = ask(ada, case, KEYS)
    again = link(ada, case, KEYS[0])

    assert reader.open(addresses[0]).status_code == 404
    answer(reader, again)
    assert "<strong>1 of 4 are in.</strong>" in reader.open(f"/w/{case}/side-by-side").text


@pytest.mark.parametrize(
    ("field", "keys", "typed"),
    [
        ("partners", KEYS[:1], {}),
        ("opens_on", KEYS, {"opens_on": "soon"}),
        ("opens_on", KEYS, {"opens_on": "2020-01-01"}),
        ("opens_on", KEYS, {"opens_on": "2999-01-01"}),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(
    ada: Person, case: str, field, keys, typed
) -> None:
    refused = ada.fill(f"/w/{case}/invitations", "opens_on", partners=keys, **typed)

    assert refused.status_code == 422
    assert f'href="#f-{field}"' in refused.text
    assert typed.get("opens_on", "") in refused.text


def test_a_page_without_a_round_has_nothing_side_by_side(reader: Person, case: str) -> None:
    assert reader.open(f"/w/{case}/side-by-side").status_code == 404
    assert "Side by side" not in reader.open(f"/w/{case}").text


def test_one_round_runs_at_a_time(ada: Person, case: str) -> None:
    form = ada.form(f"/w/{case}/invitations", "opens_on")
    assert ada.send(form, partners=KEYS).status_code == 200

    assert ada.send(form, partners=KEYS).status_code == 422
