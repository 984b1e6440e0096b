"""The people of the journeys: two who write, and one who only reads."""

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.browser import Person


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada")


@pytest.fixture
def bo(app: Flask) -> Person:
    return Person(app, "Bogna")


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)


@pytest.fixture
def case(ada: Person) -> str:
    """A public case."""
    ada.write("the-tool", case_text(id="c-tool"), title="The tool", kind="case")
    return "the-tool"
