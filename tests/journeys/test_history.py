"""The history says how many people wrote, unless that would describe somebody who is hidden."""

import re

import pytest
from flask import Flask

from tests.journeys.browser import Person


def said(wiki: Flask, slug: str) -> str:
    found = re.search(r"(One person|\d+ people) wrote here", Person(wiki).open(slug).text)
    return found[1] if found else ""


def kites_by(app: Flask, number: int) -> None:
    for at in range(number):
        Person(app, f"Writer {at}").write("kites", f"The text of writer {at}.\n", title="Kites")


@pytest.mark.parametrize(("number", "words"), [(1, "One person"), (3, "3 people")])
def test_the_history_says_how_many_people_wrote(app: Flask, number: int, words: str) -> None:
    kites_by(app, number)
    Person(app, "Other").write("tails", "Another page.\n", title="Tails")

    assert said(app, "/w/kites/history") == words


@pytest.mark.parametrize(("number", "words"), [(3, ""), (4, "4 people")])
def test_few_people_are_not_counted_while_a_name_is_hidden(
    app: Flask, number: int, words: str
) -> None:
    kites_by(app, number)
    moderator = Person(app, "Mo", role="moderator")
    moderator.fill("/desk/hide/kites/1", "reason", name="1", reason="Asked for it.")

    assert said(app, "/w/kites/history") == words


def test_who_wrote_only_the_draft_is_not_counted_by_its_readers(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.fill("/new", "text", title="Kites", text="Of the draft.\n", draft="1", action="save")
    ada.press("/w/kites/publish")
    Person(app, "Bo").write("kites", "Of the page.\n")

    assert said(app, "/w/kites/history") == "2 people"


def test_the_change_that_made_a_page_public_is_that_page_and_no_missing_one(app: Flask) -> None:
    ada, reader = Person(app, "Ada"), Person(app)
    ada.write("kites", "A secret first line.\n", title="Kites", draft="1")
    ada.write("kites", "Kites fly.\n")
    ada.press("/w/kites/publish")
    ada.write("kites", "Kites fly high.\n")

    assert "/w/kites/diff/1/2" in reader.open("/w/kites/history").text
    shown = reader.client.get("/w/kites/diff/1/2")
    assert (shown.status_code, shown.location) == (302, "/w/kites@2")
    assert reader.open("/w/kites/diff/2/3").status_code == 200
    assert reader.open("/w/kites/diff/1/3").status_code == 404
