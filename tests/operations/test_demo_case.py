"""The made-up case of the demonstration shows what a page can tell of its voices."""

import re

import pytest
from flask import Flask

from tests.clock import NOON
from tests.journeys.browser import Person
from wiki.db import writing
from wiki.exchange.commands import EDITORS, folder_actor
from wiki.operations.demo_case import SLUG, bring_case
from wiki.saving.service import Means

CASE = f"/w/{SLUG}"


@pytest.fixture
def reader(app: Flask) -> Person:
    Person(app, "Ada", role="admin")
    with writing(app.extensions["sessions"]) as session:
        by = folder_actor(session, EDITORS, None)
        for _again in range(2):
            means = Means(app.extensions["renderer"], 1_000_000)
            bring_case(session, by=by, means=means, now=NOON)
    return Person(app)


def test_it_says_that_it_is_made_up(reader: Person) -> None:
    page = reader.open(CASE).text

    assert "This case is made up for the demonstration." in page
    assert page.count("(made up)") > 5


def test_four_voices_speak_one_under_a_pseudonym_and_one_translated(reader: Person) -> None:
    page = reader.open(CASE).text

    assert re.search(r"<bdi>Lark</bdi>.*Spoken by the speaker", page)
    assert re.search(r"Learner or family.*Translated by a person.*said in Swahili", page)
    assert page.count("/passage/") == 4
    assert "4 of 5 partners named here speak in their own words" in page


def test_two_disagree_and_one_partner_is_silent(reader: Person) -> None:
    page = reader.open(CASE).text

    assert "Dissent: The teachers of two schools" in page
    assert re.search(r"Completed as planned", page) and "Broke down" in page
    assert re.search(r"district education office[^<]*</b>: no words here", page)
    assert "by telephone" in page


def test_three_partners_answered_side_by_side_and_rate_it_themselves(reader: Person) -> None:
    page, beside = reader.open(CASE).text, reader.open(f"{CASE}/side-by-side").text

    assert "Partners disagree about the outcome." in page
    assert page.count("Their own rating") == page.count("As told by the writers") == 2
    assert "one person, for themselves" in page
    assert "never given" in beside and 'lang="sw"' in beside
    assert f'href="{CASE}"' in reader.open("/cases?disagree=yes&rated_by=partner_itself").text


def test_its_panel_says_from_which_positions_they_speak(reader: Person) -> None:
    page = reader.open(CASE).text

    assert re.search(r"By position: Desk author.*Teacher or educator", page)


def test_its_draft_is_not_part_of_what_readers_see(reader: Person) -> None:
    assert reader.open(f"{CASE}@1").status_code == 404
    taken = reader.open(f"{CASE}/raw").text
    assert taken.count("{.voice by=") == 3 and taken.count("mode=held_back") == 1
