"""Inviting, answering and taking back, as the people of the journeys do it."""

import re
from typing import Any

from werkzeug.test import TestResponse

from tests.journeys.browser import Person, forms_of

MEANT = "Every class was meant to have one tablet by March."
ANSWER = {
    "meant": MEANT,
    "happened": "Nobody asked us which ones. Twelve arrived, without a charger.",
    "partnership_outcome": "strained",
    "purpose_outcome": "not_met",
    "reply": "dissents",
    "reply_words": "We told them in every meeting.",
    "display_kind": "pseudonym",
    "display": "Asha",
    "position": "frontline_educator",
    "position_public": "1",
    "capacity": "for_my_organisation_claimed",
    "language": "en",
    "scopes": ["public_pseudonym"],
}


def link(person: Person, slug: str, partner: str) -> str:
    """The path of the link that one tap on a partner gives."""
    address = f"/w/{slug}/invite/{partner}"
    page = person.open(f"/w/{slug}").text
    asked = [form for form in forms_of(page) if form.action == address]
    return links(person.send(asked[0]))[0]


def links(made: TestResponse) -> list[str]:
    """The paths of the links that a page of new invitations shows."""
    assert made.status_code == 200, made.text
    return re.findall(r"<code>https?://[^/<]+(/answer/\w+)</code>", made.text)


def answer(person: Person, address: str, **changed: Any) -> TestResponse:
    """Hand in an answer."""
    return person.fill(address, "meant", **{**ANSWER, **changed})


def receipt_of(done: TestResponse) -> str:
    """The code for taking back that was shown."""
    assert done.status_code == 200, done.text
    found = re.search(r'class="receipt"><code>([a-z0-9 ]+)</code>', done.text)
    assert found
    return found[1]


def waiting(person: Person, slug: str) -> list[str]:
    """Where each answer that waits is looked at before it is put in."""
    page = person.open(f"/w/{slug}/invitations").text
    return re.findall(rf'href="(/w/{slug}/answers/[^"]+)"', page)


def put_in(person: Person, slug: str) -> TestResponse:
    """Put in the first answer that has come in, after a look at it."""
    return person.press(waiting(person, slug)[0])
