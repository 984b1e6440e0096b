"""People with browsers, for tests that look at voices from outside."""

import pytest
from flask import Flask

from tests.journeys.browser import Person


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada Quill")


@pytest.fixture
def bo(app: Flask) -> Person:
    return Person(app, "Bogna Reed")


@pytest.fixture
def cyr(app: Flask) -> Person:
    return Person(app, "Cyr Vane")


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)
