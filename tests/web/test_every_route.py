"""Every route there is: what it says to browsers, and that reading leaves nothing behind."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.journeys.browser import Person
from wiki.web.headers import ALWAYS, CSP

VALUES = {"slug": "kites", "name": "Ada", "number": 1, "old": 1, "new": 2, "public_id": "x"}
VALUES |= {"first": 0, "last": 1, "place": 1, "partner": "hill-school"}
VALUES |= {"table": "cases", "form": "csv"}
VALUES |= {"kind": "case", "step": "start"}
VALUES |= {"code": "abcdefgh", "key": "p-school"}
WITH_A_TOKEN = (
    "/sign-in",
    "/register",
    "/recover",
    "/take-back",
    "/answer",
    "/for-partners",
    "/my-words",
)  # forms for those who are not signed in


def addresses(app: Flask) -> list[str]:
    """One address for every route there is, and a few that lead nowhere."""
    routes = app.url_map.bind("localhost")
    found = {"/no-such-address", "/w/no-such-page", "/static/none.css"}
    for rule in app.url_map.iter_rules():
        values = {name: VALUES.get(name, "x") for name in rule.arguments}
        found.add(routes.build(rule.endpoint, values, method=min(rule.methods or {"GET"})))
    return sorted(found)


@pytest.fixture
def written(app: Flask) -> Flask:
    """The wiki with one page."""
    Person(app, "Ada").write("kites", "Kites fly.", title="Kites")
    return app


def test_every_route_says_every_header_once_whatever_is_asked_of_it(written: Flask) -> None:
    anybody = written.test_client()
    for address in addresses(written):
        for ask in (anybody.get, anybody.post, anybody.head, anybody.put, anybody.trace):
            answer = ask(address)
            for name, value in ALWAYS.items():
                assert answer.headers.getlist(name) == [value], (address, answer.status, name)
            assert "Cache-Control" in answer.headers or answer.status_code == 405, address
            assert answer.status_code < 500, (address, answer.status)


def test_no_route_gives_a_reader_a_cookie_but_those_with_a_form_for_strangers(
    written: Flask,
) -> None:
    for address in addresses(written):
        answer = written.test_client().get(address)
        if not address.startswith(WITH_A_TOKEN):
            assert "Set-Cookie" not in answer.headers, address


def test_lists_and_pages_are_confirmed_with_304_and_the_same_headers(written: Flask) -> None:
    reader = written.test_client()
    for address in ("/w/kites", "/", "/recent", "/pages", "/w/kites/history"):
        first = reader.get(address)
        again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304), address
        assert again.headers["Content-Security-Policy"] == CSP
        assert again.data == b""


def test_what_somebody_signed_in_was_shown_is_kept_by_nobody(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.write("kites", "Kites fly.", title="Kites")
    for address in ("/", "/w/kites", "/account", "/w/kites/edit", "/recent"):
        assert ada.open(address).headers["Cache-Control"] == "private, no-store", address


def test_a_notice_says_nothing_that_the_address_made_up(client: FlaskClient) -> None:
    for done in ("saved!", "<b>x</b>", "__class__", "sävéd", "x" * 5000):
        page = client.get("/", query_string={"done": done}).text
        assert 'class="notice' not in page
        assert done not in page
    assert 'class="notice done"' in client.get("/?done=saved").text
