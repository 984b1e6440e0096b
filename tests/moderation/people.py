"""People and pages that tests of moderation start from."""

from datetime import datetime

from sqlalchemy.orm import Session

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.accounts.names import name_key
from wiki.moderation.decisions import Ruling
from wiki.pages.models import Page
from wiki.pages.queries import find_page
from wiki.policy import Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save

MEANS = Means(InlineRenderer(), 1_000_000)


def person(session: Session, name: str, role: str = "editor") -> User:
    """An account that can do what its role can."""
    user = User(name=name, name_key=name_key(name), role=role, created_at=NOON)
    session.add(user)
    session.commit()
    return user


def viewer_of(user: User) -> Viewer:
    """The person looking."""
    return Viewer(user.id, user.role, user.name)


def acting(user: User) -> Actor:
    """The person saving."""
    return Actor(user, viewer_of(user))


def ruling(user: User, reason: str = "It names a child.", now: datetime = NOON) -> Ruling:
    """The person moderating."""
    return Ruling(user, viewer_of(user), reason, now)


def begin(
    session: Session, author: User, title: str, text: str, now: datetime = NOON, *, draft=False
) -> Page:
    """A page with its first revision."""
    page = create(
        session,
        NewPage(title=title, source=text, draft=draft),
        by=acting(author),
        means=MEANS,
        now=now,
    )
    session.commit()
    return page


def go_on(
    session: Session, author: User, page: Page, text: str, summary: str = "", now: datetime = NOON
) -> None:
    """One more revision."""
    edit = Edit(slug=page.slug, base_number=page.head_number, source=text, summary=summary)
    save(session, edit, by=acting(author), means=MEANS, now=now)
    session.commit()


def page_at(session: Session, slug: str) -> Page:
    """The page as it stands in the database."""
    session.rollback()  # ends the reading transaction, which sees no later save
    session.expire_all()
    page = find_page(session, slug)
    assert page is not None
    return page
