"""A page is taken away with its voices, and comes into another wiki: without their names."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.examples import case_text
from tests.clock import NOON
from tests.commands import Commands, new_wiki
from tests.exchange.test_page_file import files_in
from tests.journeys.browser import Person
from tests.journeys.test_voices import give
from wiki.db import make_engine, session_factory
from wiki.exchange.page_file import page_file
from wiki.policy import ANYBODY
from wiki.voices.models import Consent, Voice

AGREED = ["public_pseudonym", "export_and_citation"]
SOURCES: dict[str, Any] = {"sources": [{"id": "s1", "cite": "A report.", "type": "report"}]}


@pytest.fixture
def reader(app: Flask) -> Person:
    """A reader of a case with a voice of every kind."""
    ada = Person(app, "Ada")
    ada.write("the-tool", case_text(), title="The tool")
    case = "/w/the-tool"
    give(ada, case, scopes=AGREED, standpoint="I taught there.")
    give(ada, case, display="Sefu", words="We were never told.", position_public="0")
    give(ada, case, mode="direct_translated", said_in="sw", words="It was heavy.", own="1")
    agreed = {"how": "collective", "note": "The assembly, by vote.", "scopes": AGREED}
    mandate = {"capacity": "for_a_group_with_mandate", "mode": "collective_statement"}
    give(ada, case, display_kind="role", words="We say no.", **agreed | mandate)
    give(ada, case, mode="reported_paraphrase", reviewed="no", scopes=[], words="They agreed.")
    return Person(app)


@pytest.fixture
def other(tmp_path: Path) -> Commands:
    """Another wiki."""
    return new_wiki(tmp_path / "other", "sqlite:")


@pytest.fixture
def elsewhere(other: Commands) -> Iterator[Session]:
    """A session on the other wiki."""
    engine = make_engine(f"sqlite:///{other.folder / 'wiki.db'}")
    with session_factory(engine)() as session:
        yield session
    engine.dispose()


def taken(reader: Person, folder: Path) -> Path:
    path = folder / "the-tool.zip"
    path.write_bytes(reader.open("/w/the-tool/export").data)
    return path


def lines(data: bytes) -> list[dict[str, str]]:
    return [json.loads(line) for line in files_in(data)["voices.jsonl"].splitlines()]


def test_the_file_tells_of_a_voice_what_everybody_may_know(reader: Person) -> None:
    voices = lines(reader.open("/w/the-tool/export").data)

    assert [each["key"] for each in voices] == ["v1", "v4", "v5"]  # whose words are in the file
    assert voices[0] == {
        "key": "v1",
        "name": "Asha",
        "position": "frontline_educator",
        "capacity": "for_myself",
        "partner": "p-school",
        "language": "en",
        "standpoint": "I taught there.",
        "export_and_citation": "yes",
    }
    assert (voices[2]["name"], voices[2]["export_and_citation"]) == ("", "no")  # told by others


def test_what_was_taken_away_comes_in_elsewhere_and_can_be_taken_away_again(
    reader: Person, other: Commands, elsewhere: Session, tmp_path: Path
) -> None:
    path = taken(reader, tmp_path)

    looked, came, again = (other("import", path, *more) for more in (["--dry-run"], [], []))

    assert "Would be: 1 made" in looked.stdout
    assert came.stdout == "Pages: 1 made, 0 changed, 0 same, 0 failed\n", came.output
    assert again.stdout == "Pages: 0 made, 0 changed, 1 same, 0 failed\n"
    there = page_file(elsewhere, "the-tool", None, ANYBODY, now=NOON)
    before, after = lines(path.read_bytes()), lines(there)
    assert files_in(there)["the-tool.md"] == files_in(path.read_bytes())["the-tool.md"]
    kept = ("key", "position", "partner", "language")
    assert [[v[k] for k in kept] for v in after] == [[v[k] for k in kept] for v in before]


def test_what_came_in_has_no_names_and_is_not_confirmed(
    reader: Person, other: Commands, elsewhere: Session, tmp_path: Path
) -> None:
    other("import", taken(reader, tmp_path))

    voices, consents = elsewhere.scalars(select(Voice)).all(), elsewhere.scalars(select(Consent))
    assert {(v.display_kind, v.display, v.standpoint, v.user_id) for v in voices} == {
        ("role", "", "", None)
    }
    assert "for_a_group_with_mandate" not in {v.capacity for v in voices}
    came = ("imported", "unknown", "Came with an import.")
    assert [((c.how, c.read_back, c.note), c.scopes) for c in consents] == [
        (came, ["public_deidentified", "export_and_citation"]),
        (came, ["public_deidentified", "export_and_citation"]),
        (came, ["public_deidentified"]),
    ]


def test_a_folder_brings_the_voices_that_lie_beside_its_page(
    reader: Person, other: Commands, tmp_path: Path
) -> None:
    held = files_in(reader.open("/w/the-tool/export").data)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.md").write_text(held["the-tool.md"])
    (folder / "two.md").write_text("Text.\n")
    (folder / "voices.jsonl").write_text(held["voices.jsonl"])

    of_two = other("import", folder)
    (folder / "voices.jsonl").rename(folder / "one.voices.jsonl")
    named = other("import", folder)

    assert "1 made, 0 changed, 0 same, 1 failed" in of_two.stdout  # whose voices would they be?
    assert "1 made, 0 changed, 1 same, 0 failed" in named.stdout, named.output


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"key": "../x"}', '{"name": "Asha"}'])
def test_a_line_that_is_no_voice_is_named(other: Commands, tmp_path: Path, line: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.md").write_text("Text.\n")
    (folder / "voices.jsonl").write_text(f"\n{line}\n")

    assert "Line 2 of voices.jsonl is no voice." in other("import", folder).stderr
