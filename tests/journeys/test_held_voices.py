"""Whose voices the wiki holds: figures of ten or more, gaps as invitations, nothing of the day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from wiki.db import writing
from wiki.pages.models import Page
from wiki.voices.rules import NewConsent, NewVoice
from wiki.voices.service import Recorded, add_voice

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def case(app: Flask, ada: Person) -> str:
    ada.write("the-tool", case_text(places=["KE"]), title="The tool")
    ada.write("other", case_text(places=["PE"]), title="Other")
    return "the-tool"


def add(
    app: Flask,
    number: int,
    position: str,
    *,
    slug: str = "the-tool",
    shown: bool = True,
    scope: str = "public_deidentified",
    made_at: datetime = YESTERDAY,
) -> list[Recorded]:
    """So many voices of a page."""
    voice = NewVoice(
        display_kind="role",
        display="",
        position=position,
        position_public=shown,
        capacity="for_myself",
        language="sw",
    )
    consent = NewConsent(how="spoken", explained_in="sw", scopes=(scope,))
    with writing(app.extensions["sessions"]) as session:
        page = session.scalars(select(Page).where(Page.slug == slug)).one()
        return [
            add_voice(session, page, voice, consent, taken_by=None, speaker=None, now=made_at)
            for _ in range(number)
        ]


def row(page: str, name: str) -> list[str]:
    """The cells of a row of a table; none if there is no such row."""
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', page)
    return re.findall(r"<td>(?:<span[^>]*>)?([^<]*)", found[1]) if found else []


def test_a_wiki_with_hardly_any_voice_asks_for_them_and_counts_nobody(
    app: Flask, case: str, reader: Person
) -> None:
    add(app, 9, "frontline_educator")

    page = reader.open("/voices").text

    assert "<li>Learner or family</li>" in page and "<li>Teacher or educator</li>" in page
    assert "too few to be counted" in page and "<table" not in page
    assert re.search(r'href="/new[^"]*"[^>]*>Write what you lived through', page)


def test_ten_are_told_with_the_region_of_their_case(app: Flask, case: str, reader: Person) -> None:
    add(app, 12, "frontline_educator")
    add(app, 14, "frontline_educator", slug="other")
    add(app, 20, "researcher")

    page = reader.open("/voices").text

    assert re.search(r"Eastern Africa.*South America", page)
    assert row(page, "Teacher or educator") == ["12", "14", "26"]
    assert row(page, "Researcher") == ["20", "0", "20"]
    assert row(page, "Swahili") == ["46"]
    assert "<li>Teacher or educator</li>" not in page


def test_a_few_are_neither_named_nor_left_over_from_a_sum(
    app: Flask, case: str, reader: Person
) -> None:
    add(app, 30, "frontline_educator")
    add(app, 30, "frontline_educator", slug="other")
    add(app, 40, "researcher")
    add(app, 3, "researcher", slug="other")

    page = reader.open("/voices").text

    assert row(page, "Researcher") == ["not told", "not told", "43"]
    assert row(page, "Teacher or educator") == ["not told", "not told", "60"]


def test_positions_that_are_not_shown_are_one_line(app: Flask, case: str, reader: Person) -> None:
    add(app, 12, "researcher")
    add(app, 11, "evaluator", shown=False)

    page = reader.open("/voices").text

    assert row(page, "Position not shown") == ["11", "11"]
    assert row(page, "Evaluator") == []


def test_who_did_not_agree_or_came_today_is_not_counted(
    app: Flask, case: str, reader: Person
) -> None:
    add(app, 12, "researcher")
    add(app, 5, "researcher", scope="partners_only")
    add(app, 5, "researcher", made_at=datetime.now(UTC))

    assert row(reader.open("/voices").text, "Researcher") == ["12", "12"]


def test_on_the_day_somebody_took_back_words_no_figure_is_shown(
    app: Flask, case: str, reader: Person
) -> None:
    made = add(app, 12, "researcher")
    assert row(reader.open("/voices").text, "Researcher") == ["12", "12"]

    reader.fill("/take-back", "code", code=made[0].receipt)

    page = reader.open("/voices").text
    assert "being recomputed" in page
    assert "<table" not in page and "Researcher" not in page
