"""A wiki with cases and lessons, written through the forms by somebody."""

from flask import Flask

from tests.cases.examples import case_text, lesson_text
from tests.journeys.browser import Person
from wiki.text.front_matter import Value


class Writer(Person):
    """Somebody who writes cases and lessons."""

    def __init__(self, app: Flask, name: str = "Ada", role: str = "moderator") -> None:
        super().__init__(app, name, role)

    def case(self, slug: str, title: str, **fields: Value) -> None:
        """Publish a case at this address."""
        self._publish(slug, title, case_text("We met.\n", id=f"c-{slug}", **fields))

    def lesson(self, slug: str, title: str, **fields: Value) -> None:
        """Publish a lesson at this address."""
        self._publish(slug, title, lesson_text("Ask.\n", id=f"l-{slug}", **fields))

    def _publish(self, slug: str, title: str, text: str) -> None:
        answer = self.write(slug, text, title=title)
        assert answer.status_code == 303, answer.text
