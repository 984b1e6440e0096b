"""Whose words a page is made of, as JSON that needs no tokeniser to be read."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.journeys.browser import Person

FIRST = "---\ntitle: The tool\ncountry: KE\n---\n\nWe met in March. Nobody asked us.\n"
SECOND = FIRST.replace("KE", "UG").replace("Nobody asked us.", "Nobody asked the school.")
ADDRESS = "/api/v1/pages/the-tool/attribution"


def told_of(answer: TestResponse) -> Any:
    return answer.get_json()


def told_at(reader: Person, address: str) -> Any:
    return told_of(reader.open(address))


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)


@pytest.fixture
def written(app: Flask) -> Flask:
    Person(app, "Ada").write("the-tool", FIRST, title="The tool")
    Person(app, "Bogna").write("the-tool", SECOND, summary="we were there")
    return app


def test_the_spans_cover_the_source_and_say_who_wrote_each(written: Flask, reader: Person) -> None:
    told = told_at(reader, ADDRESS)
    source = reader.open("/w/the-tool/raw").text

    said = [
        (source[slice(*span["characters"])], told["voices"][span["voice"]]["name"])
        for span in told["spans"]
    ]
    assert [at["start"] for at in told["spans"][1:]] == [at["end"] for at in told["spans"][:-1]]
    assert ("the school", "Bogna") in said
    assert "".join("".join(words.split()) for words, _ in said) == "".join(source.split())


def test_each_revision_that_is_named_says_when_by_whom_and_why(
    written: Flask, reader: Person
) -> None:
    told = told_at(reader, ADDRESS)

    second = told["revisions"]["2"]
    assert told["voices"][second["voice"]] == {"kind": "account", "name": "Bogna"}
    assert second["summary"] == "we were there"
    assert second["saved_at"][:2] == "20"


def test_each_field_of_the_front_matter_says_who_set_it(written: Flask, reader: Person) -> None:
    told = told_at(reader, ADDRESS)

    setters = {each["path"]: (each["value"], each["revision"]) for each in told["fields"]}
    assert setters == {"title": ("The tool", 1), "country": ("UG", 2)}


def test_an_older_revision_is_asked_for_by_its_number(written: Flask, reader: Person) -> None:
    told = told_at(reader, f"{ADDRESS}?revision=1")

    assert told["revision"]["number"] == 1
    assert {span["revision"] for span in told["spans"]} == {1}


def test_hidden_names_and_texts_are_hidden_in_it(
    written: Flask, app: Flask, reader: Person
) -> None:
    moderator = Person(app, "Mo", role="moderator")

    moderator.fill("/desk/hide/the-tool/1", "reason", reason="Asked for.", name="1", text="1")

    assert "Ada" not in reader.open(ADDRESS).text
    assert {"kind": "hidden", "name": None} in told_at(reader, ADDRESS)["voices"]
    refused = reader.open(f"{ADDRESS}?revision=1")
    assert refused.status_code == 404
    assert "hidden by a moderator" in told_of(refused)["error"]["message"]


@pytest.mark.parametrize("address", [f"{ADDRESS}?revision=9", "/api/v1/pages/none/attribution"])
def test_what_is_not_there_is_a_sentence_in_json(
    written: Flask, reader: Person, address: str
) -> None:
    answer = reader.open(address)

    assert answer.status_code == 404
    assert told_of(answer)["error"]["message"].endswith(".")


def test_the_answer_is_confirmed_with_304(written: Flask, reader: Person) -> None:
    first = reader.open(ADDRESS)

    again = reader.open(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
