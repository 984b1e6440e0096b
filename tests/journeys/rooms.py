"""Going into the partners' room and acting there, as the people of the journeys do it."""

from typing import Any

from werkzeug.test import TestResponse

from tests.journeys.answering import answer, link, receipt_of
from tests.journeys.browser import Person, forms_of

SECRET = "The zebra was counted twice, and nobody was to say so."
FOR_PARTNERS: dict[str, Any] = {
    "meant": SECRET,
    "happened": "",
    "reply_words": "The zebra does not agree.",
    "display": "Zebra Asha",
    "standpoint": "I keep a zebra.",
    "scopes": ["partners_only"],
}


def told(asks: Person, speaker: Person, slug: str, **changed: Any) -> str:
    """The receipt of an answer for partners only."""
    address = link(asks, slug, "p-school")
    return receipt_of(answer(speaker, address, **{**FOR_PARTNERS, **changed}))


def enter(person: Person, code: str) -> TestResponse:
    """Type a code at the door."""
    return person.fill("/for-partners", "code", code=code)


def press(person: Person, room: TestResponse, act: str, **typed: Any) -> TestResponse:
    """Press the first button of a room that does this."""
    found = [form for form in forms_of(room.text) if form.action == f"/for-partners/{act}"]
    assert found, f"no button for {act}"
    return person.send(found[0], **typed)
