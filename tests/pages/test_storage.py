"""Texts are kept once, compressed against their predecessor, and come back byte for byte."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.db import begin_writing
from wiki.pages import storage
from wiki.pages.models import Revision, TextRow
from wiki.pages.service import NewRevision, append_revision, create_page
from wiki.pages.storage import (
    CACHE,
    KEYFRAME_EVERY,
    STRIDE,
    Stored,
    TextCache,
    load_bytes,
    load_text,
    store_text,
)

PARAGRAPH = "The partners met in March and agreed who decides about the money.\n\n"


def store_chain(session: Session, texts: list[str]) -> list[Stored]:
    rows: list[Stored] = []
    for text in texts:
        rows.append(store_text(session, text, rows[-1].id if rows else None))
    return rows


def test_a_text_comes_back_as_it_was_stored(session: Session) -> None:
    row = store_text(session, "Ünï\u0301code, 日本語 and 👩‍🏫.\r\n")

    CACHE.clear()

    assert load_text(session, row.id) == "Ünï\u0301code, 日本語 and 👩‍🏫.\r\n"


def test_the_same_text_is_stored_once(session: Session) -> None:
    first = store_text(session, "We shared what failed.")
    other = store_text(session, "We hid it.", first.id)
    again = store_text(session, "We shared what failed.", other.id)

    assert again.id == first.id
    assert session.scalar(select(func.count()).select_from(TextRow)) == 2


def test_a_small_change_costs_few_bytes(session: Session) -> None:
    page = "".join(f"{number}. {PARAGRAPH}" for number in range(300))

    _, changed = store_chain(session, [page, page.replace("150. The", "150. All the")])

    assert changed.size > 15_000
    assert len(session.get_one(TextRow, changed.id).body) < 200


def test_a_chain_is_cut_by_keyframes_and_every_text_of_it_can_be_read(session: Session) -> None:
    texts = [f"{PARAGRAPH * 3}Revision {number}." for number in range(450)]
    rows = store_chain(session, texts)

    CACHE.clear()

    assert max(row.depth % STRIDE for row in rows) < KEYFRAME_EVERY
    assert [row.depth for row in rows if row.depth % STRIDE == 0] == [0, STRIDE, 2 * STRIDE]
    assert [load_text(session, row.id) for row in rows[::50]] == texts[::50]


def test_a_keyframe_is_kept_beside_the_one_before_and_after_twenty_alone(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "KEYFRAME_EVERY", 2)
    texts = [f"{PARAGRAPH * 3}Revision {number}." for number in range(50)]

    rows = store_chain(session, texts)

    CACHE.clear()

    assert [at for at, row in enumerate(rows) if row.base_id is None] == [0, 41]
    assert max(row.depth for row in rows) == 20 * STRIDE
    assert [load_text(session, row.id) for row in rows] == texts


def test_what_follows_a_short_text_is_kept_beside_the_newest_long_one(session: Session) -> None:
    ada = User(name="Ada", name_key="ada", created_at=NOON)
    session.add(ada)
    page = create_page(session, slug="kites", title="Kites", now=NOON)
    long = "".join(f"{number}. {PARAGRAPH}" for number in range(300))
    for text in (long, "", "Gone!\n", f"{long}Back.\n"):
        append_revision(session, page, NewRevision(text=text, author=ada, saved_at=NOON))

    first, _, _, last = session.scalars(
        select(TextRow).join(Revision, Revision.text_id == TextRow.id).order_by(Revision.number)
    )

    assert last.base_id == first.id
    assert len(last.body) < 100


def test_an_empty_text_between_two_full_ones_loses_nothing(session: Session) -> None:
    rows = store_chain(session, [PARAGRAPH, "", PARAGRAPH + "More."])

    CACHE.clear()

    assert [load_bytes(session, row.id) for row in rows] == [
        PARAGRAPH.encode(),
        b"",
        (PARAGRAPH + "More.").encode(),
    ]


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs"])), max_size=8))
def test_any_history_comes_back(session: Session, texts: list[str]) -> None:
    rows = store_chain(session, texts)

    CACHE.clear()

    assert [load_text(session, row.id) for row in rows] == texts


def test_the_cache_holds_no_more_than_its_limit() -> None:
    cache = TextCache(limit=1000)
    for number in range(20):
        cache.put(bytes([number]) * 32, b"x" * 200)

    held = [number for number in range(20) if cache.get(bytes([number]) * 32) is not None]

    assert held == [15, 16, 17, 18, 19]


def test_two_who_store_the_same_text_at_one_moment_get_one_row(sessions):
    met = Barrier(2)

    def store() -> int:
        with sessions() as session:
            session.execute(select(TextRow))
            met.wait(30)
            begin_writing(session)
            row = store_text(session, "The same words.\n")
            session.commit()
            return row.id

    with ThreadPoolExecutor(2) as people:
        first, second = (work.result() for work in [people.submit(store), people.submit(store)])

    assert first == second
