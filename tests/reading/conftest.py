"""Those who write cases and lessons, and those who look for them."""

import pytest
from flask import Flask

from tests.journeys.browser import Person
from tests.reading.people import Writer


@pytest.fixture
def writer(app: Flask) -> Writer:
    return Writer(app)


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)
