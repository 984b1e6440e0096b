"""Static files: made small without changing what they mean, named by content, kept for a year."""

import gzip
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wiki.paths import resource
from wiki.web.assets import Assets, small_css


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a { color : red ; }", "a{color : red}"),
        ("a { inline-size: calc(100% - 2 * 1rem); }", "a{inline-size: calc(100% - 2 * 1rem)}"),
        ("b { margin: calc(1px + -2px) }", "b{margin: calc(1px + -2px)}"),
        ('q::before { content: " /* { ; } > */ " ; }', 'q::before{content: " /* { ; } > */ "}'),
        ("i::after { content: ';}' }", "i::after{content: ';}'}"),
        (r'u { content: "a \" /* b" } /* c */', r'u{content: "a \" /* b"}'),
        (":is(a > b, i) c { x: y }", ":is(a>b,i) c{x: y}"),
        (".form > * + * { x: y }", ".form>* + *{x: y}"),
        ("/* it's */ a { x: y } /* isn't */", "a{x: y}"),
        ("a/* one */b { x: y }", "a b{x: y}"),
        (
            "@media (width >= 40em) and (hover) { a { x: y; } }",
            "@media (width>= 40em) and (hover){a{x: y}}",
        ),
        ('p { grid-template-areas: "a b"\n  "c d"; }', 'p{grid-template-areas: "a b" "c d"}'),
        ("a b:not(.c) .d { x: y }", "a b:not(.c) .d{x: y}"),
    ],
)
def test_a_style_sheet_loses_space_and_comments_but_no_meaning(written: str, sent: str) -> None:
    assert small_css(written) == sent


def test_made_smaller_twice_changes_nothing() -> None:
    for path in (resource("static") / "css").glob("*.css"):
        once = small_css(path.read_text(encoding="utf-8"))
        assert small_css(once) == once


def test_every_string_and_every_sum_of_our_own_styles_survives() -> None:
    wanted = re.compile(r"""calc\([^()]*\)|clamp\([^()]*\)|"[^"\n]*\"""")
    for path in (resource("static") / "css").glob("*.css"):
        source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        small = small_css(source)
        for found in wanted.findall(source):
            assert re.sub(r"\s*,\s*", ",", found) in small


def test_the_address_of_a_file_changes_with_its_content_and_is_kept_for_a_year(
    app: Flask, client: FlaskClient
) -> None:
    assets: Assets = app.extensions["assets"]

    address = assets.address("css/read.css")
    answer = client.get(address)

    assert re.fullmatch(r"/static/css/read\.[0-9a-f]{12}\.css", address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


def test_a_file_asked_for_without_its_mark_is_kept_for_an_hour_and_confirmed_with_304(
    client: FlaskClient,
) -> None:
    first = client.get("/static/css/read.css")

    again = client.get("/static/css/read.css", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert again.status_code == 304
    assert again.data == b""


def test_an_outdated_mark_leads_nowhere(client: FlaskClient) -> None:
    assert client.get("/static/css/read.000000000000.css").status_code == 404


def test_a_file_is_packed_for_those_who_take_it_and_only_for_them(client: FlaskClient) -> None:
    plain = client.get("/static/css/read.css")
    packed = client.get("/static/css/read.css", headers={"Accept-Encoding": "deflate, gzip"})
    refused = client.get("/static/css/read.css", headers={"Accept-Encoding": "gzip;q=0"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_static_file_depends_on_no_cookie_and_sets_none(client: FlaskClient) -> None:
    client.set_cookie("form", "x")

    answer = client.get("/static/css/read.css")

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_no_path_leads_out_of_the_folder_of_static_files(client: FlaskClient, material) -> None:
    lines = (material / "material/lists/path_traversal.jsonl").read_text(encoding="utf-8")
    for at, line in enumerate(lines.splitlines()):
        address = ("/static/{}", "/static/css/{}")[at % 2].format(json.loads(line)["payload"])
        answer = client.get(address)
        assert answer.status_code in (400, 404, 405), (address, answer.status)


def test_robots_are_kept_out_of_what_has_an_address_for_every_passage(client):
    rules = client.get("/robots.txt").text.splitlines()

    assert rules[0] == "User-agent: *"
    assert {"Disallow: /w/*@*/words/", "Disallow: /w/*/edit", "Disallow: /search"} <= set(rules)
