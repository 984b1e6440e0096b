"""The panel says who can change, approve and take back: of this page, as it is now."""

import re

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from tests.journeys.rooms import told as for_partners
from tests.journeys.test_voices import give
from wiki.accounts.queries import find_user
from wiki.accounts.service import set_role
from wiki.db import writing
from wiki.pages.service import bump_pages_of

NAMED = {"display_kind": "name", "scopes": ["public_named"], "own": "1"}


@pytest.fixture
def mo(app: Flask) -> Person:
    return Person(app, "Mo", role="moderator")


def said(who: Person, case: str) -> str:
    """The rows of the panel as plain words."""
    page = who.open(f"/w/{case}").text
    rows = page[page.index("Who can decide about this page") :]
    return " ".join(re.sub(r"<[^>]+>", " ", rows[: rows.index("</ul>")]).split())


def protect(mo: Person, case: str, **said: str) -> None:
    answer = mo.fill(f"/desk/protect/{case}", "reason", reason="It is hot.", **said)
    assert answer.status_code == 303


def test_a_page_without_voices_says_what_holds_for_it(reader: Person, case: str) -> None:
    told = said(reader, case)

    assert "Change it: everybody whose account may write." in told
    assert "Approve it: nobody has to; a change can be read at once." in told
    assert "nobody’s account is marked here" in told


def test_a_named_voice_is_told_by_its_position_and_partner(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED)

    told = said(reader, case)

    assert "Of those who speak here: Teacher or educator (Hill School)." in told
    assert "it is not told" not in told
    assert "each of those who speak, with the code" in told


def test_of_an_unnamed_voice_it_is_not_told(ada: Person, reader: Person, case: str) -> None:
    give(ada, f"/w/{case}", own="1")

    told = said(reader, case)

    assert "Of those who speak without a name it is not told, to protect them." in told
    assert "Of those who speak here:" not in told and "Whether one is among those" in told


def test_a_protection_changes_what_is_told_and_so_does_its_end(
    ada: Person, reader: Person, mo: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED)
    protect(mo, case, level="moderator", action="protect")

    closed = said(reader, case)
    protect(mo, case, action="lift")

    assert "only moderators, while the page is protected. None of those who speak here" in closed
    assert "Of those who speak here: Teacher or educator" in said(reader, case)


def test_a_moderator_among_the_named_voices_is_told(mo: Person, reader: Person, case: str) -> None:
    give(mo, f"/w/{case}", **NAMED)

    assert "A moderator speaks here too: Teacher or educator (Hill School)." in said(reader, case)


def test_a_named_voice_that_stands_in_no_mark_is_told_and_has_nothing_to_take_back(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED)
    ada.write(case, case_text("All of it is mine.\n", id="c-tool"))

    told = said(reader, case)

    assert "Of those who speak here: Teacher or educator (Hill School)." in told
    assert "nobody’s account is marked here" in told


def test_an_imported_contributor_can_sign_in_nowhere_and_so_change_nothing(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED)
    with writing(app.extensions["sessions"]) as session:
        account = find_user(session, "Ada")
        assert account is not None
        account.imported = True
        bump_pages_of(session, account.id)

    assert "None of those who speak here under their name can." in said(reader, case)


def test_a_block_and_a_role_are_told_as_soon_as_they_are_in_force(
    app: Flask, ada: Person, reader: Person, mo: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED)
    can = "Of those who speak here: Teacher or educator"
    assert can in said(reader, case)

    mo.fill("/desk/block/Ada", "reason", reason="To cool down.")
    assert can not in said(reader, case)
    mo.fill("/desk/block/Ada", "reason", reason="Cooled down.", action="lift")
    assert can in said(reader, case)

    with writing(app.extensions["sessions"]) as session:
        account = find_user(session, "Ada")
        assert account is not None
        set_role(session, account, "reader")
        bump_pages_of(session, account.id)
    assert can not in said(reader, case)


def test_a_draft_is_its_members_to_change_and_to_publish(ada: Person, case: str) -> None:
    text = ada.open(f"/w/{case}/raw").text.replace("id: c-tool", "id: c-other")
    ada.fill("/new?kind=case&text=1", "text", title="Quiet", text=text, draft="1", action="save")

    told = said(ada, "quiet")

    assert "Change it: only the members of this draft." in told
    assert "its members decide when everybody can read it" in told


def test_how_many_saw_it_is_not_told_of_a_few_with_one_hidden(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, f"/w/{case}", **NAMED, saw_final="1")
    assert "1 of 1 voices saw the text" in reader.open(f"/w/{case}").text

    give(ada, f"/w/{case}", display="Sefu", position_public="0", words="No.")

    assert "voices saw the text" not in reader.open(f"/w/{case}").text


def test_nothing_tells_that_there_are_words_for_partners_only(
    ada: Person, reader: Person, case: str
) -> None:
    before = said(reader, case)

    for_partners(ada, Person(reader.client.application), case)

    assert said(reader, case) == before


def test_a_voice_that_was_taken_back_is_counted_no_more(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, f"/w/{case}", **NAMED, saw_final="1")

    reader.fill("/take-back", "code", code=receipt)

    assert "voices saw the text" not in reader.open(f"/w/{case}").text
    assert "nobody’s account is marked here" in said(reader, case)
