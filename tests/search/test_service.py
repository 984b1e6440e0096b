"""A search as a reader sees it."""

import pytest
from sqlalchemy import event

from tests.search.pages import author, new_page, publish
from wiki.policy import ANYBODY
from wiki.search.service import LAST_PAGE, PER_PAGE, ask
from wiki.search.upkeep import refresh


@pytest.fixture
def ada(session):
    return author(session)


@pytest.fixture
def put(session, index, ada):
    """Makes public pages of titles and texts, indexed."""

    def make(**texts):
        pages = [
            new_page(session, title.replace("_", " "), text, by=ada)
            for title, text in texts.items()
        ]
        session.commit()
        refresh(session, index, [page.id for page in pages])
        return pages

    return make


def titles(answer):
    return [page.title for page in answer.found]


def test_hits_are_shown_with_extracts_that_mark_the_words(session, index, put):
    put(Kites="They fly over the school.", Toys="Nothing.")
    answer = ask(session, index, "school", ANYBODY)

    assert titles(answer) == ["Kites"]
    assert [p.text for p in answer.found[0].snippet if p.marked] == ["school"]


def test_the_page_with_the_typed_title_is_named(session, index, put):
    put(School_water="text", Water="school water " * 9)
    answer = ask(session, index, "school WATER", ANYBODY)

    assert answer.exact is not None
    assert answer.exact.title == "School water"
    assert titles(answer)[0] == "School water"
    assert ask(session, index, "water school", ANYBODY).exact is None


def test_a_page_deleted_since_is_neither_shown_nor_counted(session, index, put):
    kites, _toys = put(Kites="fly", Toys="fly")
    kites.state = "deleted"
    session.commit()
    answer = ask(session, index, "fly", ANYBODY)

    assert titles(answer) == ["Toys"]
    assert answer.total == answer.with_all_words == 1
    assert ask(session, index, "kites", ANYBODY).exact is None


def test_the_extract_of_a_text_hidden_since_is_not_shown(session, index, put, ada):
    [page] = put(Kites="embarrassing words")
    publish(session, page, "clean words", by=ada)
    session.commit()
    [hit] = ask(session, index, "embarrassing", ANYBODY).found

    assert hit.snippet == ()


def test_nothing_found_offers_the_nearest_titles(session, index, put):
    put(One_laptop_per_child="Peru", San_Code="ethics")
    answer = ask(session, index, "won labtop pr chlid", ANYBODY)

    assert answer.found == ()
    assert [page.title for page in answer.nearest] == ["One laptop per child"]


def test_pages_of_the_list_hold_twenty_and_end(session, index, put):
    put(**{f"Page_{n}": "fly" for n in range(PER_PAGE + 3)})
    first, second, third = (ask(session, index, "fly", ANYBODY, page=n) for n in (1, 2, 3))

    assert [len(a.found) for a in (first, second, third)] == [PER_PAGE, 3, 0]
    assert first.pages == second.pages == 2
    assert set(titles(first)).isdisjoint(titles(second))
    assert ask(session, index, "fly", ANYBODY, page=LAST_PAGE + 1).found == ()


def test_an_empty_question_asks_nothing_of_anybody(session, index):
    for typed in ("", "  ", "-only", '"', "***", "🙂"):
        answer = ask(session, index, typed, ANYBODY)
        assert answer.found == ()
        assert answer.query.empty


def test_without_an_index_titles_are_looked_through(session, unmade_index, ada):
    new_page(session, "Red kites", "fly", by=ada)
    new_page(session, "100% kites_", "fly", by=ada)
    new_page(session, "Draft kites", "fly", by=ada, state="draft")
    session.commit()

    answer = ask(session, unmade_index, "kites red", ANYBODY)
    assert answer.index_missing
    assert titles(answer) == ["Red kites"]
    assert ask(session, unmade_index, "kit*", ANYBODY).total == 2


@pytest.mark.parametrize("typed", ["fly", "Kites", "fly -toys", "zzzz"])
def test_a_search_costs_three_selects_at_most(session, index, put, engine, typed):
    put(Kites="fly", Toys="fly")
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]), named=False)
    ask(session, index, typed, ANYBODY)

    assert 1 <= len(asked) <= 3
