"""How pages are looked for."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wiki.pages.models import Page
from wiki.pages.queries import visible_to
from wiki.policy import ANYBODY


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_pages_that_are_asked_for_by_key_are_not_looked_for_among_all_public_ones(
    session: Session,
) -> None:
    query = select(Page.title).where(visible_to(ANYBODY), Page.id.in_(range(1, 30)))
    written = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))

    plan = [row[-1] for row in session.execute(text("EXPLAIN QUERY PLAN " + written))]

    assert plan == ["SEARCH page USING INTEGER PRIMARY KEY (rowid=?)"]
