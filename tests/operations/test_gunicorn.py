"""Outgrown one process: gunicorn's processes and `wiki worker` on one PostgreSQL."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.commands import PASSWORD, Commands, new_wiki
from tests.operations.running import running, said
from tests.operations.visitor import Visitor

SERVER = ("gunicorn", "--workers", "2", "--threads", "2", "--bind", "127.0.0.1:0")
LISTENS = r"Listening at: http://127\.0\.0\.1:(\d+)"
SEARCHABLE = 2.0  # seconds from the answer to a save until search finds it


@pytest.fixture
def postgres_wiki(data_folder, postgres_half) -> Iterator[Commands]:
    """A wiki in a database of its own."""
    yield new_wiki(data_folder, postgres_half.fresh())


def test_a_save_in_one_process_is_read_in_the_others_and_soon_found(
    postgres_wiki: Commands,
) -> None:
    with (
        running(postgres_wiki, "wiki", "worker"),
        running(postgres_wiki, *SERVER, "wiki.app:create_app()") as server,
    ):
        ada = Visitor(int(said(server, LISTENS)))
        assert ada.fill("/sign-in", "password", name="Ada", password=PASSWORD)[0] == 303
        # the first save starts the renderer and waits for the worker to be there
        assert ada.fill("/w/strings/edit", "text", text="Strings hold.", action="save")[0] == 303
        assert found(ada, "strings", 60) > 0

        assert ada.fill("/w/kites/edit", "text", text="Kites soar.", action="save")[0] == 303
        took = found(ada, "soar", 20)

        assert {ada.ask("GET", "/w/kites")[0] for _ in range(8)} == {200}
        assert took < SEARCHABLE


def found(visitor: Visitor, word: str, patience: float) -> float:
    """Seconds until a search for the word has a hit."""
    asked = time.monotonic()
    while "<mark>" not in visitor.ask("GET", f"/search?q={word}")[1]:
        assert time.monotonic() - asked < patience, f"{word} was not found"
    return time.monotonic() - asked


def test_the_factory_opens_nothing_that_processes_forked_from_it_would_share(app: Flask) -> None:
    pool = app.extensions["sessions"].kw["bind"].pool

    assert pool.checkedin() + pool.checkedout() == 0
