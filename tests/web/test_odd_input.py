"""Odd input: whatever stands in an address or a field, the answer is a page."""

import json
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.journeys.browser import PASSWORD, Person

ODD_ADDRESSES = [
    "/w/%00",
    "/w/kites%00",
    "/people/%00",
    "/people/..%2f..%2fetc%2fpasswd",
    "/search?q=%00",
    "/w/kites?voices=%00&from=%00&done=%00",
    "/sign-in?next=%00",
    "/register?invitation=%00",
    "/w/kites@99999999999999999999999",
    "/w/kites/diff/99999999999999999999/1",
    "/w/kites/diff/0/0",
    "/w/kites/history?before=99999999999999999999",
    "/w/kites/raw?revision=99999999999999999999",
    "/w/kites/edit?revision=99999999999999999999",
    "/recent?before=-1",
    "/decisions?before=99999999999999999999&page=%00",
    "/pages?after=%00&kind=%ff",
    "/%ff%fe",
    "/w/" + "a" * 5000,
    "/w/%F0%9F%94%A5",
    "/?lang=%00",
    "/static/%00.css",
]


def test_an_odd_address_is_answered_with_a_page(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.write("kites", "Kites fly.", title="Kites")
    for reader in (ada.client, app.test_client()):
        for address in ODD_ADDRESSES:
            assert reader.get(address).status_code < 500, address


def naughty(material) -> list[str]:
    lines = (material / "material/unicode/blns.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def test_no_naughty_string_breaks_an_address(client: FlaskClient, material) -> None:
    shapes = ("/w/{}", "/people/{}", "/search?q={}", "/sign-in?next={}", "/w/{}/edit")
    for at, text in enumerate(naughty(material)):  # every string at one address, in turn
        address = shapes[at % len(shapes)].format(quote(text, safe="", errors="replace"))
        assert client.get(address).status_code < 500, address


def test_no_naughty_string_breaks_the_forms_of_accounts(app: Flask, material) -> None:
    person = Person(app)
    token = person.form("/register", "password").fields["csrf_token"]
    for at, text in enumerate(naughty(material)[::3]):  # one in three: each try costs a page
        typed = text.encode("utf-8", "replace").decode()
        address, fields = (
            ("/register", {"name": typed, "password": "short"}),
            ("/register", {"name": "x", "password": typed, "invitation": typed}),
            ("/recover", {"name": typed, "code": typed, "new_password": typed}),
        )[at % 3]
        answer = person.client.post(address, data={"csrf_token": token, **fields})
        assert answer.status_code in (200, 422, 429), (address, text)


@pytest.mark.parametrize("name", ["A\x00da", "\x00", "Ada\u202e", "\ud83d", "x" * 100_000])
def test_a_name_that_cannot_be_is_refused_beside_its_field(app: Flask, name: str) -> None:
    typed = name.encode("utf-8", "replace").decode()

    answer = Person(app).fill("/register", "password", name=typed, password=PASSWORD)

    assert answer.status_code == 422
    assert 'id="f-name-error"' in answer.text


def test_a_page_can_have_any_naughty_string_as_its_text(app: Flask, material) -> None:
    texts = [t for t in naughty(material) if t.isprintable() and t.strip() and "\r" not in t]
    ada = Person(app, "Ada")

    ada.write("naughty", "\n\n".join(texts), title="Naughty")

    assert ada.open("/w/naughty/raw").text == "\n\n".join(texts) + "\n"
    assert Person(app).open("/w/naughty").status_code == 200
