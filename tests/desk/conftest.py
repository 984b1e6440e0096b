"""A wiki with one person of each role, and their browsers."""

import pytest

from tests.desk.visitors import visitor
from tests.moderation.people import begin, go_on, person


@pytest.fixture
def editor(session):
    return person(session, "Ada")


@pytest.fixture
def moderator(session):
    return person(session, "Mo", "moderator")


@pytest.fixture
def mo(app, session, moderator):
    """The moderator's browser."""
    return visitor(app, session, moderator)


@pytest.fixture
def kites(session, editor, moderator):
    """A page: Ada wrote revisions 1 and 2, the moderator 3."""
    page = begin(session, editor, "Kites", "Kites fly.\n")
    go_on(session, editor, page, "Bea took the money.\n", "about Bea")
    go_on(session, moderator, page, "The money was not accounted for.\n")
    return page
