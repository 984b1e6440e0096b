"""An empty page, and a way to save revisions to it as the save does."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.attribution.service import record
from wiki.pages.models import Page
from wiki.pages.service import NewRevision, append_revision, create_page

Append = Callable[[str], int]


@pytest.fixture
def author(session: Session) -> User:
    user = User(name="Ada", name_key="ada", created_at=NOON)
    session.add(user)
    session.flush()
    return user


@pytest.fixture
def page(session: Session) -> Page:
    return create_page(session, slug="kites", title="Kites", now=NOON)


@pytest.fixture
def append(session: Session, page: Page, author: User) -> Append:
    """Appends a revision without attribution; its number."""

    def appended(text: str) -> int:
        new = NewRevision(text=text, author=author, saved_at=NOON)
        return append_revision(session, page, new).number

    return appended


@pytest.fixture
def save(session: Session, page: Page, append: Append) -> Append:
    """Appends a revision and records it; its number."""

    def saved(text: str) -> int:
        number = append(text)
        record(session, page_id=page.id, number=number, text=text)
        return number

    return saved
