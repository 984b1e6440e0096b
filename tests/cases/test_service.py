"""Publication keeps the copies of cases and lessons in step, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.cases.examples import case_text, lesson_text
from tests.clock import LATER, NOON
from tests.saving.conftest import person
from wiki.cases.board import Board
from wiki.cases.models import CasePage, VocabularyValue
from wiki.cases.queries import entries_by_key, pointing_at
from wiki.cases.service import follow, hold_clock
from wiki.errors import InvalidFields, InvalidInput
from wiki.operations.rebuilding import rebuild_cases
from wiki.pages.models import Page
from wiki.policy import ANYBODY
from wiki.rendering.worker import InlineRenderer
from wiki.saving.curation import delete, publish_draft, restore
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.settings import Settings

MEANS = Means(InlineRenderer(), 1_000_000)


@pytest.fixture
def ada(session: Session) -> Actor:
    return person(session, "Ada", "moderator")


def write(session: Session, ada: Actor, title: str, source: str, *, draft: bool = False) -> Page:
    new = NewPage(title=title, source=source, draft=draft)
    page = create(session, new, by=ada, means=MEANS, now=NOON)
    session.commit()
    return page


def change(session: Session, ada: Actor, page: Page, source: str) -> None:
    edit = Edit(slug=page.slug, base_number=page.head_number, source=source)
    save(session, edit, by=ada, means=MEANS, now=LATER)
    session.commit()


def found(session: Session, board: Board, kind: str, **chosen: str) -> list[int]:
    index = board.index(session)
    return list(index.newest(index.find(kind, {name: [v] for name, v in chosen.items()})))


def status(session: Session, key: str) -> str:
    session.expire_all()
    return str(
        session.scalars(select(CasePage).where(CasePage.key == key)).one().computed["status"]
    )


def stamp(session: Session, page: Page) -> int:
    session.expire_all()
    return session.get_one(Page, page.id).public_stamp


def test_a_published_case_is_found_and_a_draft_is_not(session: Session, ada: Actor) -> None:
    board = Board()
    draft = write(session, ada, "Draft", case_text(), draft=True)
    assert found(session, board, "case", theme="technology") == []

    publish_draft(session, draft.slug, by=ada, means=MEANS, now=NOON)
    session.commit()

    assert found(session, board, "case", theme="technology") == [draft.id]


def test_a_changed_case_is_found_by_its_new_words_alone(session: Session, ada: Actor) -> None:
    board, page = Board(), write(session, ada, "Tool", case_text())
    assert found(session, board, "case", stage="reviewing_together") == [page.id]

    change(session, ada, page, case_text(stage="winding_down"))

    assert found(session, board, "case", stage="reviewing_together") == []
    assert found(session, board, "case", stage="winding_down") == [page.id]


def test_a_deleted_case_is_gone_and_comes_back(session: Session, ada: Actor) -> None:
    board, page = Board(), write(session, ada, "Tool", case_text(id="c-tool"))

    delete(session, page.slug, reason="Twice here", by=ada, now=NOON)
    session.commit()
    assert found(session, board, "case") == []
    row = session.get_one(CasePage, page.id)
    assert (row.fields, row.facets, row.key) == ({}, {}, "c-tool")

    restore(session, page.slug, reason="It was not", by=ada, means=MEANS, now=NOON)
    session.commit()
    assert found(session, board, "case") == [page.id]


def test_a_key_is_never_used_again(session: Session, ada: Actor) -> None:
    page = write(session, ada, "Tool", case_text(id="c-tool"))
    delete(session, page.slug, reason="Twice here", by=ada, now=NOON)
    session.commit()

    with pytest.raises(InvalidInput, match="c-tool"):
        write(session, ada, "Another", case_text(id="c-tool"))


def test_a_case_lacking_what_readers_need_stays_a_draft(session: Session, ada: Actor) -> None:
    bare = case_text(stage=None, when=None)
    draft = write(session, ada, "Draft", bare, draft=True)

    for act in (
        lambda: publish_draft(session, draft.slug, by=ada, means=MEANS, now=NOON),
        lambda: write(session, ada, "Public", bare),
    ):
        with pytest.raises(InvalidFields) as refused:
            act()
        assert [wrong.where for wrong in refused.value.wrong] == ["when", "stage"]


def test_a_public_case_may_not_lose_what_readers_need(session: Session, ada: Actor) -> None:
    page = write(session, ada, "Tool", case_text())

    with pytest.raises(InvalidFields, match="stage"):
        change(session, ada, page, case_text(stage=None))


def test_wrong_fields_are_refused_with_their_lines(session: Session, ada: Actor) -> None:
    source = case_text(stage="later", purpose_outcome="good")
    lines = source.split("\n")

    with pytest.raises(InvalidFields) as refused:
        write(session, ada, "Tool", source)

    assert [lines[wrong.line - 1] for wrong in refused.value.wrong] == [
        "stage: later",
        "purpose_outcome: good",
    ]
    assert f"line {lines.index('stage: later') + 1}, stage" in str(refused.value)


def test_a_lesson_takes_the_facets_of_its_case_whichever_comes_first(
    session: Session, ada: Actor
) -> None:
    board = Board()
    lesson = write(session, ada, "Ask", lesson_text(id="l-ask", from_=["c-tool"]))
    assert found(session, board, "lesson", org_type="school_or_college") == []

    case = write(session, ada, "Tool", case_text(id="c-tool"))
    assert found(session, board, "lesson", org_type="school_or_college") == [lesson.id]

    change(session, ada, lesson, lesson_text(id="l-ask", root_causes=["design_flaw"]))
    assert found(session, board, "case", root_cause="design_flaw") == [case.id]


def test_another_lesson_changes_how_this_one_stands_and_back(session: Session, ada: Actor) -> None:
    write(session, ada, "Ask", lesson_text(id="l-ask"))
    assert status(session, "l-ask") == "hypothesis"

    against = [{"relation": "contradicts", "lesson": "l-ask"}]
    other = write(session, ada, "Tell", lesson_text(id="l-tell", links=against))
    assert (status(session, "l-ask"), status(session, "l-tell")) == ("contested", "contested")

    delete(session, other.slug, reason="A mistake", by=ada, now=NOON)
    session.commit()
    assert status(session, "l-ask") == "hypothesis"


def test_pages_that_show_a_page_are_made_anew(session: Session, ada: Actor) -> None:
    theme = write(session, ada, "Technology", "---\ntype: theme\n---\nTools.\n")
    page = write(session, ada, "A list", "Of lessons.\n")
    with session.begin_nested():
        follow(session, page.id, ["lesson"])
    session.commit()
    case = write(session, ada, "Tool", case_text(id="c-tool"))
    before = [stamp(session, p) for p in (theme, page, case)]

    write(session, ada, "Ask", lesson_text(id="l-ask", from_=["c-tool"]))

    assert all(b < stamp(session, p) for b, p in zip(before, (theme, page, case), strict=True))


def test_entries_are_those_the_viewer_may_read(session: Session, ada: Actor) -> None:
    write(session, ada, "Tool", case_text(id="c-tool", lessons=["l-ask", "l-secret"]))
    write(session, ada, "Ask", lesson_text(id="l-ask", from_=["c-tool"]))
    write(session, ada, "Secret", lesson_text(id="l-secret", from_=["c-tool"]), draft=True)

    assert list(entries_by_key(session, ["l-ask", "l-secret"], ANYBODY)) == ["l-ask"]
    named = pointing_at(session, "c-tool", ANYBODY)
    assert [(relation, entry.title) for relation, entry in named] == [("from", "Ask")]


def test_a_rebuild_gives_what_the_saves_gave(
    session: Session, ada: Actor, sessions: sessionmaker[Session]
) -> None:
    write(session, ada, "Tool", case_text(id="c-tool"))
    write(session, ada, "Ask", lesson_text(id="l-ask", from_=["c-tool"]))
    write(
        session,
        ada,
        "Tell",
        lesson_text(id="l-t", links=[{"relation": "supports", "lesson": "l-ask"}]),
    )
    columns = (CasePage.key, CasePage.facets, CasePage.fields, CasePage.computed, CasePage.gone)
    saved = session.execute(select(*columns).order_by(CasePage.key)).all()
    hold_clock(session)
    for row in session.scalars(select(CasePage)):
        row.facets, row.computed = {}, {}
    session.commit()

    rebuild_cases(sessions, Settings(), lambda done, total: None)

    session.expire_all()
    assert session.execute(select(*columns).order_by(CasePage.key)).all() == saved


def test_a_board_learns_values_that_were_added(session: Session, ada: Actor) -> None:
    board = Board()
    assert "resting" not in board.lists(session)["stage"]

    session.add(
        VocabularyValue(
            list="stage",
            value="resting",
            label="Resting",
            definition="It rests.",
            decision="x" * 16,
            added_at=NOON,
        )
    )
    session.commit()
    write(session, ada, "Tool", case_text())

    assert board.lists(session)["stage"].label_of("resting") == "Resting"
