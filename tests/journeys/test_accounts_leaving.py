"""What others see of an account: its profile, and what stays when its owner leaves."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.journeys.browser import PASSWORD, Person


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada")


def test_a_deleted_account_leaves_its_words_and_nobody_takes_up_its_name(
    app: Flask, ada: Person
) -> None:
    bo = Person(app, "Bo")
    ada.write("kites", "Kites fly over the sea.", title="Kites")
    assert "Ada" in bo.open("/w/kites").text
    assert "Ada" in Person(app).open("/w/kites").text

    answer = ada.fill("/account", "name", name="Ada", password=PASSWORD)
    again = Person(app).fill("/register", "password", name="ADA", password=PASSWORD)

    assert answer.location == "/?done=account-deleted"
    assert ada.client.get("/account").status_code == 303
    for reader in (bo, Person(app)):
        for address in ("/w/kites", "/w/kites/history", "/w/kites/voices", "/recent"):
            page = reader.open(address).text
            assert not re.search(r"\bAda\b", unescape(re.sub(r"<[^>]+>", " ", page))), address
        assert "a former contributor" in reader.open("/w/kites/history").text
        assert "Kites fly over the sea." in reader.open("/w/kites").text
    assert again.status_code == 422
    assert "taken" in again.text
    assert Person(app).client.get("/people/Ada").status_code == 404
    assert (
        Person(app).fill("/sign-in", "password", name="Ada", password=PASSWORD).status_code == 422
    )


def test_an_account_is_deleted_only_with_its_name_and_its_password(ada: Person) -> None:
    for typed in ({"name": "Ada", "password": "guessed it"}, {"name": "A", "password": PASSWORD}):
        assert ada.fill("/account", "name", **typed).status_code == 422

    assert ada.client.get("/account").status_code == 200


def test_a_profile_says_what_its_owner_says_and_nothing_of_what_they_did(
    app: Flask, ada: Person
) -> None:
    ada.write("kites", "Kites fly.", title="Kites")
    ada.fill("/account", "about", about="I fly <b>kites</b>.", scheme="dark")

    page = Person(app).open("/people/ada").text

    assert "I fly &lt;b&gt;kites&lt;/b&gt;." in page
    assert "/w/kites" not in page
    assert 'data-scheme="dark"' in ada.open("/").text
    assert 'data-scheme="dark"' not in Person(app).open("/").text


def test_a_profile_of_two_thousand_and_one_characters_comes_back_with_every_one(
    ada: Person,
) -> None:
    about = "k" * 2001

    answer = ada.fill("/account", "about", about=about)

    assert answer.status_code == 422
    assert about in answer.text
