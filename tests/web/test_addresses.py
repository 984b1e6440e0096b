"""Addresses: the way back stays in this wiki, whatever is typed into it."""

import json
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, url_for

from wiki.web.addresses import here
from wiki.web.redirects import safe_next

OURS = "http://wiki.example"


def browser_goes_to(base: str, location: str) -> str:
    """Where a browser goes: it reads backslashes as slashes and skips tabs and line ends."""
    read = "".join(c for c in location if c not in "\t\r\n").replace("\\", "/").strip()
    return urljoin(f"{base}/sign-in", read)


def test_no_way_back_of_the_list_leads_to_another_host(material) -> None:
    lines = (material / "material/lists/open_redirect.jsonl").read_text(encoding="utf-8")
    for line in lines.splitlines():
        payload = json.loads(line)["payload"]
        target = urlsplit(browser_goes_to(OURS, safe_next(payload)))
        assert (target.scheme, target.netloc) == ("http", "wiki.example"), payload


@pytest.mark.parametrize(
    "path", ["/", "/w/kites", "/w/kites/edit?section=2", "/search?q=a%2Fb", "/w/kites#top"]
)
def test_a_path_of_this_wiki_is_kept_as_it_is(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path", ["", "w/kites", "//w/kites", "/\\w", "/w//kites", "/w/\x00", "/ "]
)
def test_anything_else_leads_to_the_first_page(path: str) -> None:
    assert safe_next(path) == "/"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/w/50%25/edit", "/w/50%25/edit"),
        ("/w/caf%C3%A9?x=%26", "/w/caf%C3%A9?x=%26"),
        ("/w/a%20b", "/w/a%20b"),
        ("/recent", "/recent"),
    ],
)
def test_the_present_address_is_said_as_a_browser_would_ask_for_it_again(
    app: Flask, asked: str, address: str
) -> None:
    with app.test_request_context(asked):
        assert here() == address


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("reading.home", {}),
        ("reading.page", {"slug": "kites"}),
        ("reading.page", {"slug": "a/b c?é", "voices": 1}),
        ("reading.page", {"slug": "kites", "voices": None}),
        ("reading.diff", {"slug": "kites", "old": 1, "new": 2}),
        ("accounts.sign_in", {"next": "/w/kites/edit?a=b&c=ü"}),
        ("search.results", {"q": ["one", "two"]}),
        ("reading.home", {"_anchor": "main"}),
        ("reading.home", {"_external": True}),
    ],
)
@pytest.mark.parametrize("mounted", ["", "/wiki"])
def test_templates_print_the_addresses_that_flask_would(
    app: Flask, endpoint: str, values: dict[str, Any], mounted: str
) -> None:
    printed: Any = app.jinja_env.globals["url_for"]

    with app.test_request_context("/recent", environ_overrides={"SCRIPT_NAME": mounted}):
        assert [printed(endpoint, **values) for _ in range(2)] == [url_for(endpoint, **values)] * 2
