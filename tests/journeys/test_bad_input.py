"""Bad input gets a sentence beside the field, and what was typed is still there."""

import pytest
from flask import Flask

from tests.journeys.browser import Person


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: [\n---\nA story.", "line"),
        ("---\ntitle: One\ntitle: Two\n---\nA story.", "title"),
        ("---\nlicence: All mine\n---\nA story.", "All mine"),
        ("---\nlanguage: no such tongue\n---\nA story.", "no such tongue"),
        ("---\ntype: poem\n---\nA story.", "poem"),
        ("A story with a \x07 bell.", "characters that cannot be shown"),
        ("A story with a \x00 in it.", "characters that cannot be shown"),
    ],
)
def test_a_text_that_cannot_be_saved_comes_back_with_what_to_change(
    ada: Person, text: str, said: str
) -> None:
    answer = ada.write("a-story", text, title="A story")

    assert answer.status_code == 422
    assert said in answer.text
    assert "A story" in answer.text
    assert ada.open("/w/a-story").status_code == 404


def test_a_page_of_two_megabytes_is_refused_with_its_size_and_given_back(ada: Person) -> None:
    text = "A long story. " * 150_000

    answer = ada.write("a-story", text, title="A story")

    assert answer.status_code == 422
    assert "2100 kB" in answer.text
    assert text[:1000] in answer.text


@pytest.mark.parametrize("title", ["", "   ", "\x00", "...", "x" * 201])
def test_a_title_that_cannot_be_an_address_is_refused_beside_its_field(
    ada: Person, title: str
) -> None:
    answer = ada.fill("/new", "text", title=title, text="A story.", action="save")

    assert answer.status_code == 422
    assert 'id="f-title-error"' in answer.text
    assert "A story." in answer.text


def test_a_second_page_with_the_same_title_is_refused_and_the_text_kept(ada: Person) -> None:
    ada.write("a-story", "The first.", title="A story")

    answer = ada.fill("/new", "text", title="A  STORY", text="The second.", action="save")

    assert answer.status_code == 422
    assert "already a page with this title" in answer.text
    assert "The second." in answer.text


def test_an_edit_summary_that_is_too_long_is_refused_beside_its_field(ada: Person) -> None:
    ada.write("a-story", "Words.", title="A story")

    answer = ada.write("a-story", "Other words.", summary="x" * 501)

    assert answer.status_code == 422
    assert 'id="f-summary-error"' in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/w/%00",
        "/w/..%2f..%2fetc%2fpasswd",
        "/w/" + "x" * 3000,
        "/w/a@99999999999999999999",
        "/w/a/diff/1/99999999999",
        "/w/a/history?before=-1",
        "/w/a/history?before=99999999999999999999",
        "/w/a/raw?revision=0",
        "/recent?before=x",
        "/recent?before=99999999999999999999",
        "/pages?after=%00",
        "/decisions?before=99999999999999999999&page=%00",
        "/people/%00",
        "/?lang=%00",
    ],
)
def test_no_address_is_an_error_of_the_wiki(ada: Person, address: str) -> None:
    ada.write("a", "Words.", title="A")

    assert ada.open(address).status_code < 500
