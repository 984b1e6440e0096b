"""A wiki with one person of each role."""

import pytest

from tests.moderation.people import person


@pytest.fixture
def editor(session):
    return person(session, "Ada")


@pytest.fixture
def other(session):
    return person(session, "Bea")


@pytest.fixture
def moderator(session):
    return person(session, "Mo", "moderator")


@pytest.fixture
def admin(session):
    return person(session, "Root", "admin")
