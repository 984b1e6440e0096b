"""A person who writes, and the means to save with."""

import pytest
from sqlalchemy.orm import Session

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.policy import Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Means


def person(session: Session, name: str, role: str = "editor") -> Actor:
    user = User(name=name, name_key=name.lower(), role=role, created_at=NOON)
    session.add(user)
    session.commit()
    return Actor(user, Viewer(user.id, role, name))


@pytest.fixture
def ada(session: Session) -> Actor:
    return person(session, "Ada")


@pytest.fixture
def bo(session: Session) -> Actor:
    return person(session, "Bo")


@pytest.fixture
def moderator(session: Session) -> Actor:
    return person(session, "Mo", "moderator")


@pytest.fixture
def means() -> Means:
    return Means(InlineRenderer(), 1_000_000)
