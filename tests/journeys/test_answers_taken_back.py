"""An answer that was taken back leaves the database, wherever it had got to."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.answering import answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from wiki.operations.work import redact
from wiki.pages.models import Page

SAID = {
    "meant": "The quiet zebra of Thursday was meant to speak.",
    "reply_words": "The zebra disagrees.",
    "display": "Zebra Asha",
    "standpoint": "I keep a zebra.",
}


def alone(ada: Person, speaker: Person) -> str:
    """Handed in, and read by nobody."""
    return receipt_of(answer(speaker, link(ada, "tool", "p-school"), **SAID))


def placed(ada: Person, speaker: Person) -> str:
    """In the page, with its reply in the ledger."""
    receipt = alone(ada, speaker)
    put_in(ada, "tool")
    return receipt


def beside(ada: Person, speaker: Person) -> str:
    """Open beside the answer of another partner, its reply in the ledger."""
    keys = ["p-school", "p-firm"]
    first, second = links(ada.fill("/w/tool/invitations", "opens_on", partners=keys))
    receipt = receipt_of(answer(speaker, first, **SAID))
    answer(speaker, second)
    assert "zebra" in speaker.open("/w/tool/side-by-side").text
    return receipt


@pytest.mark.parametrize("told", [alone, placed, beside])
def test_nothing_of_it_is_left(
    app: Flask, data_folder: Path, database: str, ada: Person, reader: Person, told
) -> None:
    ada.write("tool", case_text(), title="Tool")
    receipt = told(ada, reader)
    for person in (ada, reader):  # what they see is kept ready for others
        person.open("/w/tool")
    reader.fill("/take-back", "code", code=receipt)
    with app.extensions["sessions"]() as session:
        page = session.scalars(select(Page)).one()
    redact(app.extensions["sessions"], [page.id])

    for place in ("", "/raw", "/history", "/side-by-side", "/voices", "@1", "@2"):
        assert "ebra" not in reader.open(f"/w/tool{place}").text, place
    assert "ebra" not in ada.open("/w/tool/invitations").text
    if database == "sqlite":
        for part in data_folder.glob("wiki.db*"):
            assert b"ebra" not in part.read_bytes(), part.name
