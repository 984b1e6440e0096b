"""What is derived from revisions can be thrown away: `wiki rebuild all` makes the same rows."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session, sessionmaker

from tests.clock import MINUTE, NOON
from tests.commands import Commands
from wiki.accounts.models import User
from wiki.attribution.models import Attribution, AttributionState
from wiki.pages.models import Link, Page, Rendered, Revision, StoredPage
from wiki.pages.revisions import revision_row
from wiki.policy import Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving import curation
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save

MEANS = Means(InlineRenderer(), 10**6)
TEXTS = (
    "---\ntitle: Kites\n---\n# One\n\nKites rise against the wind. See [[Strings]].\n",
    "---\ntitle: Kites\n---\n# One\n\nKites rise. See [[Strings]] and [[Tails|their tails]].\n",
    "",
    "---\ntitle: Kites\n---\n# One\n\nKites rise against the wind. See [[Strings]].\n",
    "Kites rise against the wind, often.\n\n| a | b |\n|---|---|\n| ü | [[Tails]] |\n\n- [ ] x\n",
)
COPIES: dict[str, Table] = {
    model.__tablename__: Page.metadata.tables[model.__tablename__]
    for model in (Link, Rendered, Attribution, AttributionState)
}


@pytest.fixture
def page(wiki: Commands, sessions: sessionmaker[Session]) -> int:
    """A page that two people wrote by turns, blanked and brought back; its row number."""
    with sessions() as session:
        users = [
            User(name=name, name_key=name.lower(), role="editor", created_at=NOON)
            for name in ("Bo", "Cy")
        ]
        session.add_all(users)
        session.commit()
        people = [Actor(user, Viewer(user.id, "editor", user.name)) for user in users]
        new = NewPage(title="Kites", source=TEXTS[0])
        made = create(session, new, by=people[0], means=MEANS, now=NOON)
        session.commit()
        for number, text in enumerate(TEXTS[1:], 1):
            edit = Edit(slug="kites", base_number=number, source=text)
            now = NOON + number * MINUTE
            save(session, edit, by=people[number % 2], means=MEANS, now=now)
            session.commit()
        return made.id


def copies(session: Session, page_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """All columns of the derived rows of a page: of rendered texts, the one that is shown."""
    session.rollback()
    shown = revision_row(session, page_id, session.get_one(Page, page_id).head_number).text_id
    found = {}
    for name, table in COPIES.items():
        of = table.c.text_id == shown if name == "rendered" else table.c.page_id == page_id
        rows = session.execute(select(table).where(of).order_by(*table.primary_key.columns))
        found[name] = [tuple(row) for row in rows]
    return found


def drop(session: Session, page_id: int) -> None:
    """Throw away every derived row of a page."""
    texts = select(Revision.text_id).where(Revision.page_id == page_id)
    session.execute(delete(Rendered).where(Rendered.text_id.in_(texts)))
    for model in (Link, Attribution, AttributionState, StoredPage):
        session.execute(delete(model).where(model.page_id == page_id))
    session.commit()


def test_what_the_saves_had_made_is_made_again_byte_for_byte(
    wiki: Commands, session: Session, page: int, client: FlaskClient
) -> None:
    seen = client.get("/w/kites").text
    before = copies(session, page)
    assert {name: len(rows) > 0 for name, rows in before.items()} == dict.fromkeys(COPIES, True)
    drop(session, page)
    assert any(copies(session, page).values()) is False

    done = wiki("rebuild", "all")

    assert (done.exit_code, done.stdout) == (0, "Done.\n")
    assert copies(session, page) == before
    assert client.get("/w/kites").text == seen


def test_rebuilding_what_is_whole_changes_no_copy(
    wiki: Commands, session: Session, page: int
) -> None:
    before = copies(session, page)

    assert wiki("rebuild", "all").exit_code == 0

    assert copies(session, page) == before


def test_a_page_in_the_bin_gets_no_links_from_a_rebuild(
    wiki: Commands, session: Session, page: int
) -> None:
    moderator = session.scalars(select(User).where(User.name == "Ada")).one()
    by = Actor(moderator, Viewer(moderator.id, "admin", "Ada"))
    curation.delete(session, "kites", reason="Twice", by=by, now=NOON)
    session.commit()

    assert wiki("rebuild", "rendered").exit_code == 0

    assert copies(session, page)["link"] == []
    session.rollback()
    assert session.get_one(Page, page).state == "deleted"
