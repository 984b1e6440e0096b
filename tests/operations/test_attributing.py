"""`wiki rebuild attribution`: on several cores, and going on where it was interrupted."""

import pytest
from sqlalchemy import func, select

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.attribution.models import Attribution, AttributionRebuild, AttributionState
from wiki.attribution.service import record
from wiki.operations.attributing import rebuild_attribution
from wiki.pages.models import Page
from wiki.pages.service import NewRevision, append_revision, create_page

TEXTS = [
    "The school opened in May. Nobody asked the parents about the timetable.",
    "",
    "The school opened in June. Nobody asked the parents about the timetable, ever.",
    "---\ntype: case\n---\nNobody asked the parents. The school opened in May.",
]


@pytest.fixture
def pages(wiki, sessions):
    """Three pages with histories of different length; their row numbers."""
    with sessions() as session:
        user = User(name="Bo", name_key="bo", role="editor", created_at=NOON)
        session.add(user)
        made = []
        for length in (2, 4, 3):
            page = create_page(session, slug=f"page-{length}", title="Page", now=NOON)
            for text in TEXTS[:length]:
                new = NewRevision(text=text, author=user, saved_at=NOON)
                number = append_revision(session, page, new).number
                record(session, page_id=page.id, number=number, text=text)
            made.append(page.id)
        session.commit()
        return made


def rows(sessions):
    """All that attribution keeps."""
    with sessions() as session:
        spans = select(Attribution.__table__).order_by(Attribution.page_id, Attribution.text_id)
        state = select(AttributionState.__table__).order_by(
            AttributionState.page_id, AttributionState.part
        )
        return [tuple(row) for asked in (spans, state) for row in session.execute(asked)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_rebuild_makes_the_rows_of_the_saves_on_any_number_of_cores(
    sessions, settings, pages, processes
):
    saved = rows(sessions)
    told = []

    rebuild_attribution(
        sessions, settings, lambda done, total: told.append((done, total)), processes
    )

    assert rows(sessions) == saved
    assert len(told) == len(pages)
    assert told[-1][0] == told[-1][1]


def test_an_interrupted_rebuild_goes_on_after_what_is_done(sessions, settings, pages):
    saved = rows(sessions)

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_attribution(sessions, settings, interrupt, 1)
    with sessions() as session:
        first = list(session.scalars(select(AttributionRebuild.page_id)))
    told = []
    rebuild_attribution(sessions, settings, lambda done, total: told.append(done), 1)

    with sessions() as session:
        longest = session.scalars(select(Page.id).order_by(Page.head_number.desc())).first()
        assert session.scalar(select(func.count()).select_from(AttributionRebuild)) == 0
    assert first == [longest]
    assert len(told) == len(pages) - 1
    assert rows(sessions) == saved
