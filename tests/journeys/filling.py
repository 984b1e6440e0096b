"""Filling in the guided form as a browser without JavaScript does it."""

from typing import Any

from werkzeug.test import TestResponse

from tests.journeys.browser import Form, Person, forms_of
from wiki.text import front_matter


def step_form(person: Person, address: str) -> Form:
    """The form of a step as it is drawn."""
    answer = person.open(address)
    assert answer.status_code == 200, answer.text
    return next(form for form in forms_of(answer.text) if "base" in form.fields)


def fill_in(person: Person, address: str, action: str = "go", **typed: Any) -> TestResponse:
    """Open a step, type something into it, press a button."""
    form = step_form(person, address)
    sent = {**form.all(), **typed, "action": action}
    return person.client.post(form.action, data=sent)


def fields_of(person: Person, slug: str) -> dict[str, Any]:
    """The facts of a page, as its Markdown has them."""
    return front_matter.read(person.open(f"/w/{slug}/raw").text).fields


def fill_in_short(person: Person, address: str, holding: str, **typed: Any) -> TestResponse:
    form = person.form(address, holding)
    return person.client.post(form.action, data={**form.all(), **typed})
