"""Nothing that runs, fetches or shadows gets into a page, with no CSP to help."""

import json
import re
from html.parser import HTMLParser

import pytest

from wiki.rendering import sanitize
from wiki.rendering.markdown import render

FORBIDDEN = frozenset(
    {"script", "style", "form", "input", "button", "textarea", "select", "iframe", "frame"}
    | {"object", "embed", "meta", "base", "link", "svg", "math", "template", "noscript", "audio"}
    | {"video", "source", "picture", "title", "marquee", "isindex", "applet", "xml", "plaintext"}
)
ADDRESS = re.compile(r"(?:https?://|mailto:|[^:/?#]*(?:[/?#]|\Z))", re.IGNORECASE)
ATTRIBUTES = frozenset(
    {"alt", "aria-hidden", "aria-label", "class", "colspan", "data-slug", "dir", "height", "href"}
    | {"id", "lang", "loading", "open", "rel", "reversed", "role", "rowspan", "scope", "src"}
    | {"start", "tabindex", "title", "type", "value", "width"}
)


class Inspector(HTMLParser):
    """Collects whatever a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag, name, value):
        if name not in ATTRIBUTES:
            self.found.append(f"{tag} {name}")
        if name == "href" and not ADDRESS.match("".join(value.split())):
            self.found.append(f"href {value}")
        if name == "src" and not value.startswith("/media/"):
            self.found.append(f"src {value}")
        if name == "id" and not re.match(r"(h|fn|fnref\d*)-", value):
            self.found.append(f"id {value}")

    def handle_comment(self, data):
        self.found.append(f"comment {data}")

    def handle_decl(self, decl):
        self.found.append(f"declaration {decl}")

    def handle_pi(self, data):
        self.found.append(f"instruction {data}")


def dangers(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.found


def test_no_published_payload_survives(material):
    rows = (material / "material" / "xss" / "xss.jsonl").read_text("utf8").splitlines()

    for row in map(json.loads, rows):
        assert dangers(render(row["payload"]).html) == [], row["id"]
    assert len(rows) > 1_000


def test_no_published_payload_survives_inside_other_text(material):
    rows = (material / "material" / "xss" / "xss.jsonl").read_text("utf8").splitlines()

    for row in map(json.loads, rows):
        payload = row["payload"].replace("\n", " ")
        table = f"| {payload} | b |\n|---|---|\n| [a]({payload}) | b |"
        source = f"- a {payload}\n\n> {payload}\n\n{table}\n"
        assert dangers(render(source).html) == [], row["id"]


def test_the_inspector_sees_what_it_looks_for():
    assert len(dangers('<script></script><a href="javascript:x" onclick="y" id="z">')) == 4


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
    ],
)
def test_a_link_has_a_known_scheme_or_none(address):
    assert "href" not in render(f"[x]({address})\n").html


@pytest.mark.parametrize("name", ["passage", "voice-name", "remote-image", "visually-hidden"])
def test_a_person_cannot_type_the_classes_of_the_wiki(name):
    assert name not in render(f'<span class="{name}">Somebody said</span>\n').html


@pytest.mark.parametrize("attribute", ['name="forms"', 'style="x"', 'tabindex="0"', 'role="a"'])
def test_a_person_cannot_type_attributes_that_mislead(attribute):
    assert attribute not in render(f"<div {attribute}>a</div>\n").html


def test_each_sanitiser_alone_refuses_a_script():
    html = '<p onclick="a()">b<script>c()</script><a href="javascript:d()">e</a></p>'

    assert dangers(sanitize.first_pass(html)) == []
    assert dangers(sanitize.last_word(html)) == []


def test_a_huge_span_is_no_span():
    assert "colspan" not in render('<table><tr><td colspan="100000">a</td></tr></table>\n').html


@pytest.mark.parametrize(
    ("address", "foreign"),
    [("https://a.example", True), ("//a.example", True), ("/\\a.example", True), ("/w/a", False)],
)
def test_foreign_addresses_are_told_from_own_ones(address, foreign):
    assert sanitize.is_foreign(address) is foreign
