"""A person at a browser without JavaScript: opens pages, fills in the forms it finds there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import NOON
from wiki.accounts.service import create_account
from wiki.db import writing

PASSWORD = "three kites over water"  # noqa: S105  # of the people in these tests


@dataclass
class Form:
    """A form of a page: where it goes and what stands in it. `pairs`: in order, names that
    stand there several times included, with the chosen option of each list."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def all(self) -> dict[str, list[str]]:
        """Every value of every name, as a browser sends them."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside: str | None = None
        self._options: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and given.get("name") and tag in ("input", "textarea", "select"):
            if given.get("type") in ("checkbox", "radio") and "checked" not in given:
                return
            self.forms[-1].fields[given["name"]] = given.get("value", "")
            self.forms[-1].pairs.append((given["name"], given.get("value", "")))
            self._inside = given["name"] if tag == "textarea" else None
            self._options = [] if tag == "select" else None
        elif tag == "option" and self._options is not None:
            if not self._options or "selected" in given:
                name = self.forms[-1].pairs.pop()[0]
                self.forms[-1].pairs.append((name, given.get("value", "")))
            self._options.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._inside = None
        if tag == "select":
            self._options = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            fields = self.forms[-1].fields
            text = data[1:] if not fields[self._inside] and data.startswith("\n") else data
            fields[self._inside] += text
            self.forms[-1].pairs[-1] = (self._inside, fields[self._inside])


def forms_of(html: str) -> list[Form]:
    """All forms of a page, with what stands in their fields."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask, name: str = "", role: str = "editor") -> None:
        self.client: FlaskClient = app.test_client()
        self.name = name
        if name:
            with writing(app.extensions["sessions"]) as session:
                create_account(session, name=name, password=PASSWORD, role=role, now=NOON)
            self.fill("/sign-in", "password", name=name, password=PASSWORD)

    def open(self, address: str, **more: Any) -> TestResponse:
        """A page, redirects followed."""
        return self.client.get(address, follow_redirects=True, **more)

    def form(self, address: str, holding: str) -> Form:
        """The form of a page that has this field."""
        found = [f for f in forms_of(self.open(address).text) if holding in f.fields]
        assert found, f"{address} has no form with {holding}"
        found[0].action = found[0].action or address
        return found[0]

    def send(self, form: Form, **typed: Any) -> TestResponse:
        """Send a form with something typed into it; no redirect is followed."""
        return self.client.post(form.action, data={**form.fields, **typed})

    def fill(self, address: str, holding: str, **typed: Any) -> TestResponse:
        """Open a page and send its form."""
        return self.send(self.form(address, holding), **typed)

    def press(self, address: str) -> TestResponse:
        """Confirm the question that this address asks."""
        found = [f for f in forms_of(self.open(address).text) if f.action == address]
        assert found, f"{address} asks nothing"
        return self.send(found[0])

    def write(self, slug: str, text: str, **typed: str) -> TestResponse:
        """Save a text at an address, new or not."""
        return self.fill(f"/w/{slug}/edit", "text", text=text, action="save", **typed)
