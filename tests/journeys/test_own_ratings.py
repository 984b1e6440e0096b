"""How partners rate the outcomes themselves is told wherever outcomes are: from the common reveal
on, and until it is taken back."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import select, text

from tests.cases.examples import case_text
from tests.journeys.answering import answer, link, links, put_in, receipt_of
from tests.journeys.browser import Person
from tests.journeys.copies import copies, listed, rebuilt
from tests.journeys.rooms import enter, press
from wiki import migrations
from wiki.db import writing
from wiki.operations.work import open_answers
from wiki.settings import Settings
from wiki.voices.models import AnswerRound, PartnerAnswer

KEYS = ["p-school", "p-firm"]
TOLD = [
    {"partner": "p-firm", "purpose_outcome": "met", "basis": "its report"},
    {"partner": "p-school", "purpose_outcome": "met"},
]
WELL = {"partnership_outcome": "thriving", "purpose_outcome": "met", "reply": "agrees"}


@pytest.fixture
def case(ada: Person) -> str:
    made = ada.write("tool", case_text(id="c-tool", outcome_said_by=TOLD), title="Tool")
    assert made.status_code == 303, made.text
    return "tool"


def ask(person: Person, slug: str) -> list[str]:
    """The links of a round that asks both partners."""
    return links(person.fill(f"/w/{slug}/invitations", "opens_on", partners=KEYS))


def both_answer(app: Flask, ada: Person, slug: str, **school: Any) -> str:
    """A round that is open: the school sees it as strained, the firm as thriving. The receipt of
    the school."""
    first, second = ask(ada, slug)
    receipt = receipt_of(answer(Person(app), first, **school))
    answer(Person(app), second, **WELL)
    return receipt


def head(page: str) -> str:
    """How it went, as the page says it first."""
    start = page.index('class="outcomes"')
    return page[start : page.index("</section>", start)]


def own_ratings(page: str) -> list[list[str]]:
    """The lines of the table of own ratings."""
    lines = re.findall(r'<tr>(<th scope="row">.*?)</tr>', head(page))
    cells = [re.split(r"</t[hd]>", line)[:-1] for line in lines]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in line] for line in cells]


def test_own_ratings_stand_in_the_head_beside_what_the_writers_say_once_answers_are_open(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    assert "No partner’s own rating is recorded yet." in head(reader.open("/w/tool").text)
    assert not listed(reader, case, "disagree=yes") and not listed(
        reader, case, "rated_by=partner_itself"
    )

    both_answer(app, ada, case)

    page = reader.open("/w/tool").text
    assert own_ratings(page) == [
        ["Hill School", "Strained", "Not met"],
        ["Tool Makers", "Thriving", "Met"],
    ]
    assert "Partners disagree about the outcome." in head(page)
    assert "No partner’s own rating" not in page
    assert page.count("Their own rating") == page.count("As told by the writers") == 2
    assert page.index("Their own rating") < page.index("As told by the writers")
    assert listed(reader, case, "disagree=yes") and listed(reader, case, "rated_by=partner_itself")
    assert copies(app) == rebuilt(app, settings)


def test_nothing_is_told_of_a_rating_before_the_common_reveal(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    first, _ = ask(ada, case)
    before, facets = reader.open("/w/tool").text, copies(app)

    answer(Person(app), first)

    assert reader.open("/w/tool").text == before
    assert copies(app) == facets


@pytest.mark.parametrize("by", ["worker", "reader"])
def test_on_its_day_a_round_opens_its_ratings_too(
    app: Flask, ada: Person, reader: Person, case: str, by: str
) -> None:
    answer(Person(app), ask(ada, case)[0])
    with writing(app.extensions["sessions"]) as session:
        row = session.scalars(select(AnswerRound)).one()
        row.opens_at = row.made_at - timedelta(seconds=1)
        page_id = row.page_id

    if by == "worker":
        open_answers(app.extensions["sessions"], [page_id])
    else:
        reader.open("/w/tool/side-by-side")

    assert own_ratings(reader.open("/w/tool").text) == [["Hill School", "Strained", "Not met"]]
    assert listed(reader, case, "disagree=yes")  # with what the writers tell of the firm


@pytest.mark.parametrize("placed", [False, True])
def test_a_rating_that_was_taken_back_leaves_at_once(
    app: Flask, ada: Person, reader: Person, case: str, placed: bool, settings: Settings
) -> None:
    receipt = both_answer(app, ada, case)
    if placed:
        put_in(ada, case)
        put_in(ada, case)

    reader.fill("/take-back", "code", code=receipt)

    page = reader.open("/w/tool").text
    assert own_ratings(page) == [["Tool Makers", "Thriving", "Met"]]
    assert "disagree" not in head(page)
    assert not listed(reader, case, "disagree=yes") and not listed(reader, case, "dissent=yes")
    assert copies(app) == rebuilt(app, settings)


def test_an_answer_that_an_editor_puts_in_rates_too_and_leaves_when_it_is_taken_back(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    receipt = receipt_of(answer(Person(app), link(ada, case, "p-school")))
    assert "own-ratings" not in reader.open("/w/tool").text

    put_in(ada, case)

    assert own_ratings(reader.open("/w/tool").text) == [["Hill School", "Strained", "Not met"]]
    assert listed(reader, case, "disagree=yes") and listed(reader, case, "dissent=yes")
    assert copies(app) == rebuilt(app, settings)
    reader.fill("/take-back", "code", code=receipt)
    assert "own-ratings" not in reader.open("/w/tool").text
    assert not listed(reader, case, "rated_by=partner_itself") and not listed(
        reader, case, "dissent=yes"
    )
    assert copies(app) == rebuilt(app, settings)


def test_what_its_speaker_keeps_for_the_partners_only_rates_nothing_until_it_is_widened(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    receipt = both_answer(app, ada, case)

    press(reader, enter(reader, receipt), "narrow")

    assert own_ratings(reader.open("/w/tool").text) == [["Tool Makers", "Thriving", "Met"]]
    assert not listed(reader, case, "disagree=yes") and not listed(reader, case, "dissent=yes")
    assert copies(app) == rebuilt(app, settings)

    press(reader, enter(reader, receipt), "widen", public="public_pseudonym")
    reader.open("/w/tool/side-by-side")
    assert own_ratings(reader.open("/w/tool").text)[0] == ["Hill School", "Strained", "Not met"]
    assert listed(reader, case, "disagree=yes") and listed(reader, case, "dissent=yes")


def test_an_answer_for_the_partners_only_rates_nothing(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    both_answer(app, ada, case, scopes=["partners_only"])
    with writing(app.extensions["sessions"]) as session:
        row = session.scalars(select(AnswerRound)).one()
        row.opens_at = row.made_at - timedelta(seconds=1)
    reader.open("/w/tool/side-by-side")

    assert own_ratings(reader.open("/w/tool").text) == [["Tool Makers", "Thriving", "Met"]]
    assert not listed(reader, case, "disagree=yes")


def test_a_moderator_takes_a_rating_out_with_its_answer(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    both_answer(app, ada, case)
    moderator = Person(app, "Mo", role="moderator")
    offered = moderator.open("/w/tool/invitations").text
    address = re.search(r'Hill School</b> <a href="([^"]+)"', offered)
    assert address

    moderator.fill(address[1], "reason", reason="Names somebody.")

    assert own_ratings(reader.open("/w/tool").text) == [["Tool Makers", "Thriving", "Met"]]
    assert not listed(reader, case, "disagree=yes")


def test_one_person_of_a_partner_is_told_to_speak_for_themselves(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    both_answer(app, ada, case, capacity="for_myself")

    page = reader.open("/w/tool").text
    assert own_ratings(page)[0][0] == "Hill School one person, for themselves"
    assert "Those who were asked do not see the outcome alike." in head(page)
    assert "Partners disagree about the outcome." not in page
    assert "Views differ" in reader.open("/cases").text
    assert listed(reader, case, "disagree=yes")


def test_a_list_on_another_page_says_at_once_that_partners_disagree(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    ada.write("list", "::: {.cases disagree=yes}\n:::\n", title="List")
    assert ">Tool</a>" not in reader.open("/w/list").text

    both_answer(app, ada, case)

    assert ">Tool</a>" in reader.open("/w/list").text


def test_a_file_carries_a_rating_only_if_its_speaker_agreed(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    both_answer(app, ada, case, scopes=["public_pseudonym", "export_and_citation"])

    table = reader.open("/cases.csv").text.partition("\r\n")[2]  # below the line on licences
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    _licences, same = map(json.loads, reader.open("/cases.jsonl").text.splitlines())

    rated = {
        "partner": "p-school",
        "partnership_outcome": "strained",
        "purpose_outcome": "not_met",
    }
    assert same["own_ratings"] == [{**rated, "for_oneself": False}]
    assert json.loads(row["own_ratings"]) == same["own_ratings"]
    assert same["rated_by"] == ["partner_itself", "partner_as_told", "writers"]
    for name, said in (("partners_disagree", "yes"), ("dissent", "yes"), ("community_speaks", "")):
        assert row[name] == same[name] == said, name


def test_the_page_of_an_organisation_says_how_it_rates_a_case_itself(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    both_answer(app, ada, case)

    told = reader.open("/partners/hill-school").text

    assert "Strained" in told and "Not met" in told
    assert "in its own answer" in told


def test_answers_that_were_open_before_the_schema_knew_of_ratings_give_theirs(
    app: Flask, ada: Person, case: str
) -> None:
    both_answer(app, ada, case, capacity="for_myself")
    engine = app.extensions["sessions"].kw["bind"]
    rated = select(PartnerAnswer.partner_key, PartnerAnswer.rated, PartnerAnswer.rated_by)
    with engine.connect() as connection:
        before = set(map(str, connection.execute(rated)))
    steps = Config()
    steps.set_main_option("script_location", str(migrations.FOLDER))

    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        for name in ("rated", "rated_by"):
            connection.execute(text(f"ALTER TABLE partner_answer DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0009'"))
        steps.attributes["connection"] = connection
        command.upgrade(steps, "0010")
        now_is = text("UPDATE alembic_version SET version_num = :newest")
        connection.execute(now_is, {"newest": migrations.newest()})  # other tests use it too

    with engine.connect() as connection:
        assert set(map(str, connection.execute(rated))) == before
    assert len(before) == 2 and any("for_oneself': True" in row for row in before)
