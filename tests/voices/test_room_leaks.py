"""What is for partners only is in nothing that anybody may take, and leaves every table again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.answering import answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from tests.journeys.rooms import FOR_PARTNERS, SECRET, enter, press, told
from tests.journeys.test_voices import PASSAGE
from tests.voices.outputs import alike, differing, outputs
from wiki.migrations.tables import metadata
from wiki.operations.work import redact
from wiki.pages.models import Page

SPOKEN: dict[str, Any] = {
    **PASSAGE,
    "words": SECRET,
    "display": "Zebra Asha",
    "standpoint": "I keep a zebra.",
}
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
TIME = re.compile(r"\d\d:\d\d:\d\d(\.\d+)?")
Tell = Callable[[Person, Person, str], str]


def handed_in(ada: Person, speaker: Person, slug: str) -> str:
    """Through an invitation."""
    return told(ada, speaker, slug)


def taken_down(ada: Person, speaker: Person, slug: str) -> str:
    """Where somebody's words are taken down."""
    sent = {**SPOKEN, "scopes": ["partners_only"]}
    return receipt_of(ada.fill(f"/w/{slug}/voice", "words", **sent))


def beside(ada: Person, speaker: Person, slug: str) -> str:
    """In a round that is over, whose other answer everybody can read."""
    keys = ["p-school", "p-firm"]
    first, second = links(ada.fill(f"/w/{slug}/invitations", "opens_on", partners=keys))
    receipt = receipt_of(answer(speaker, first, **FOR_PARTNERS))
    answer(speaker, second)
    return receipt


def narrowed(ada: Person, speaker: Person, slug: str) -> str:
    """Public at first."""
    receipt = receipt_of(ada.fill(f"/w/{slug}/voice", "words", **SPOKEN))
    press(speaker, enter(speaker, receipt), "narrow")
    return receipt


WAYS = [handed_in, taken_down, beside, narrowed]


def write(ada: Person, slug: str) -> None:
    ada.write(slug, case_text(), title=slug)


def untimed(reader: Person, slug: str, number: int) -> dict[str, str]:
    """What is given away of a revision, without its moment: pages are saved one by one."""
    told = alike(outputs(reader, slug, number), slug)
    return {address: TIME.sub("THEN", text) for address, text in told.items()}


def work(app: Flask) -> None:
    """What the worker does with words that were taken back."""
    with app.extensions["sessions"]() as session:
        pages = [page.id for page in session.scalars(select(Page))]
    redact(app.extensions["sessions"], pages)


@pytest.mark.parametrize("tell", WAYS)
def test_no_public_output_holds_anything_of_it(
    app: Flask, ada: Person, bo: Person, reader: Person, tell: Tell
) -> None:
    write(ada, "case-1")
    tell(ada, reader, "case-1")
    work(app)

    numbers = range(1, 4) if tell is narrowed else [1]
    for number in numbers:
        for address, text in outputs(reader, "case-1", number).items():
            assert "ebra" not in text, (number, address)
    for address in ("/search?q=zebra", "/voices", "/w/case-1/invitations", "/w/case-1/edit"):
        for person in (reader, bo):
            assert "counted twice" not in person.open(address).text, address
    assert "ebra" not in bo.open("/w/case-1/side-by-side").text


@pytest.mark.parametrize("tell", [handed_in, taken_down])
def test_that_somebody_spoke_to_partners_changes_nothing_that_is_given_away(
    ada: Person, bo: Person, reader: Person, tell: Tell
) -> None:
    write(ada, "case-1")
    write(ada, "case-2")
    for slug in ("case-1", "case-2"):
        for _ in range(2 if tell is handed_in and slug == "case-2" else 1):  # it makes one itself
            link(ada, slug, "p-school")
    tell(ada, Person(reader.client.application), "case-1")

    here, there = (untimed(reader, slug, 1) for slug in ("case-1", "case-2"))

    assert differing(here, there) == []
    pages = [bo.open(f"/w/case-{at}/invitations").text for at in (1, 2)]
    assert pages[0].count("<li>") == pages[1].count("<li>")


def test_words_that_were_kept_for_partners_look_like_words_that_were_taken_back(
    app: Flask, ada: Person, reader: Person
) -> None:
    speaker, seen = Person(app), []
    for slug in ("case-1", "case-2"):
        write(ada, slug)
        receipt = receipt_of(answer(speaker, link(ada, slug, "p-school")))
        put_in(ada, slug)
        if slug == "case-1":
            press(speaker, enter(speaker, receipt), "narrow")
        else:
            speaker.fill("/take-back", "code", code=receipt)
    work(app)
    for slug in ("case-1", "case-2"):
        seen.append([untimed(reader, slug, number) for number in (1, 2, 3)])

    for here, there in zip(*seen, strict=True):
        assert "\n".join(differing(here, there)) == ""


@pytest.mark.parametrize("tell", WAYS)
def test_words_that_were_taken_back_from_the_room_are_gone_from_every_table(
    app: Flask, data_folder: Path, database: str, ada: Person, reader: Person, tell: Tell
) -> None:
    write(ada, "case-1")
    receipt = tell(ada, reader, "case-1")
    assert SECRET in enter(reader, receipt).text

    done = press(reader, enter(reader, receipt), "take-back")
    assert done.status_code == 200 and "taken back" in done.text
    work(app)

    with app.extensions["sessions"]() as session:
        for table in metadata.sorted_tables:
            for row in session.execute(select(table)):
                assert "ebra" not in repr(row), table.name
    if database == "sqlite":
        for part in data_folder.glob("wiki.db*"):
            assert b"ebra" not in part.read_bytes(), part.name
    assert enter(reader, receipt).status_code == 422
    assert "ebra" not in ada.open("/w/case-1/for-partners").text


def test_the_room_names_nobodys_account(ada: Person, bo: Person, cyr: Person) -> None:
    write(cyr, "case-1")
    for person in (ada, bo):
        sent = {**SPOKEN, "own": "1", "display": f"Otter {person.name[:1]}"}
        sent["scopes"] = ["partners_only"]
        person.fill("/w/case-1/voice", "words", **sent)

    room = cyr.open("/w/case-1/for-partners").text

    assert "Otter A" in room and "Otter B" in room
    assert "Ada Quill" not in room and "Bogna Reed" not in room


def test_an_organisation_that_is_a_partner_sees_neither_what_waits_nor_who_dissents(
    ada: Person, bo: Person, reader: Person
) -> None:
    write(ada, "case-1")
    dissent = answer(reader, link(ada, "case-1", "p-school"))
    bo.fill("/w/mine/edit", "text", text=case_text(), title="Mine", action="save", draft="1")

    room = ada.open("/w/case-1/for-partners").text

    assert dissent.status_code == 200
    assert "Disagrees" not in room and "in every meeting" not in room
    assert "Mine" not in ada.open("/for-partners").text
    assert ada.open("/w/mine/for-partners").status_code == 404


def test_who_reads_the_room_does_not_learn_whether_an_unnamed_voice_reads_it_too(
    ada: Person, bo: Person, cyr: Person
) -> None:
    """Of three who may come in, one who does already would be one of two."""
    rooms = []
    for slug, unnamed in (("case-1", ada), ("case-2", bo)):
        write(cyr, slug)
        named = {"display_kind": "name", "display": "A. Q.", "scopes": ["public_named"]}
        ada.fill(f"/w/{slug}/voice", "words", **{**PASSAGE, **named, "own": "1"})
        press(cyr, cyr.open(f"/w/{slug}/for-partners"), "let-in")
        unnamed.fill(f"/w/{slug}/voice", "words", **{**PASSAGE, "own": "1"})
        rooms.append(TOKEN.sub("", cyr.open(f"/w/{slug}/for-partners").text.replace(slug, "X")))

    assert rooms[0] == rooms[1]
