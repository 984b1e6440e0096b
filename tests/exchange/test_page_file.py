"""A page that is taken away takes the names of its authors along."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from tests.journeys.browser import Person

STORY = "---\ntitle: Ärger am Fluss\n---\n\nWe met in March. Nobody asked us.\n"


@pytest.fixture
def reader(app: Flask) -> Person:
    Person(app, "Ada").write("ärger-am-fluss", STORY, title="Ärger am Fluss")
    return Person(app)


def files_in(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_the_file_holds_the_text_byte_for_byte_and_the_attribution_of_the_api(
    reader: Person,
) -> None:
    answer = reader.open("/w/ärger-am-fluss/export")

    held = files_in(answer.data)
    told = reader.open("/api/v1/pages/ärger-am-fluss/attribution").get_json()
    assert answer.mimetype == "application/zip"
    assert held["ärger-am-fluss.md"] == STORY
    assert json.loads(held["attribution.json"]) == told
    assert "CC BY 4.0" in held["README.txt"] or "Attribution 4.0" in held["README.txt"]


def test_the_same_revision_gives_the_same_file(reader: Person) -> None:
    one = reader.open("/w/ärger-am-fluss/export?revision=1").data

    assert reader.open("/w/ärger-am-fluss/export?revision=1").data == one


def test_a_hidden_name_is_in_no_file(app: Flask, reader: Person) -> None:
    Person(app, "Mo", role="moderator").fill(
        "/desk/hide/ärger-am-fluss/1", "reason", reason="Asked for.", name="1"
    )

    held = files_in(reader.open("/w/ärger-am-fluss/export").data)

    assert "Ada" not in "".join(held.values())


def test_there_is_no_file_of_a_page_that_may_not_be_read(reader: Person) -> None:
    assert reader.open("/w/nothing-here/export").status_code == 404
    assert reader.open("/w/ärger-am-fluss/export?revision=2").status_code == 404
