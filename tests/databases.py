"""Every test that touches the database runs twice: on SQLite and on PostgreSQL.

SQLite: a file with the newest schema is made once in each process and copied for each test.
PostgreSQL: one server for the whole run, however many processes; each process has a database of
its own there, emptied before each test (a round trip; cloning a template costs 0.2 s).
A PostgreSQL that does not start fails its half of the tests: it is never skipped.
"""

import json
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from wiki.db import make_engine
from wiki.migrations import upgrade
from wiki.postgres import START_SECONDS, TemporaryPostgres

DATABASES = ("sqlite", "postgresql")


def migrate(address: str) -> None:
    """Make the newest schema in the empty database at `address`."""
    engine = make_engine(address)
    upgrade(engine)
    engine.dispose()


def connect(address: str) -> psycopg.Connection[Any]:
    """A plain connection, each statement its own transaction."""
    url = make_url(address).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def emptying(connection: psycopg.Connection[Any]) -> sql.Composed:
    """What a test left behind, gone in one round trip: connections, rows, numbers.

    Foreign keys sleep meanwhile, so the order of the tables does not matter.
    """
    tables = connection.execute(
        "SELECT tablename FROM pg_tables"
        " WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
    ).fetchall()
    sequences = connection.execute(
        "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
    ).fetchall()
    end_others = sql.SQL(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    empty = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in tables]
    restart = [
        sql.SQL("SELECT setval(quote_ident({})::regclass, 1, false)").format(name)
        for (name,) in sequences
    ]
    begin = sql.SQL("BEGIN; SET LOCAL session_replication_role = replica")
    return sql.SQL("; ").join([end_others, begin, *empty, *restart, sql.SQL("COMMIT")])


class ServerThread(threading.Thread):
    """Starts the server while the worker processes collect, and notes its address in a file.

    The server ends with `close`, or with the process that made this thread.
    """

    def __init__(self, note: Path) -> None:
        super().__init__(name="postgres", daemon=True)
        self.note = note
        self._stack = ExitStack()

    def run(self) -> None:
        """Start the server; a failure is noted too, for every test that asks for a database."""
        try:
            server = self._stack.enter_context(TemporaryPostgres())
            answer = {"address": server.address("%s")}
        except Exception as problem:
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        draft = self.note.with_suffix(".draft")
        draft.write_text(json.dumps(answer), encoding="utf-8")
        draft.replace(self.note)

    def close(self) -> None:
        """End the server."""
        self.join()
        self._stack.close()


def read_note(note: Path) -> str:
    """The address in the note, with a place for the database's name; waits until it is there.

    RuntimeError with the reason if the server did not start.
    """
    deadline = time.monotonic() + 2 * START_SECONDS
    while not note.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("nobody started a PostgreSQL server")
        time.sleep(0.02)
    answer = json.loads(note.read_text(encoding="utf-8"))
    if "problem" in answer:
        raise RuntimeError(f"The PostgreSQL half cannot run. {answer['problem']}")
    return str(answer["address"])


class PostgresHalf:
    """This process's database on the shared server, made when the first test asks for it."""

    def __init__(self, address: str, worker: str) -> None:
        self._address = address
        self._worker = worker
        self._fresh = 0
        self._own: psycopg.Connection[Any] | None = None
        self._emptying: sql.Composed = sql.Composed([])

    def emptied(self) -> str:
        """The address of a database with the newest schema and not one row."""
        address = self._address % self._worker
        if self._own is None:
            self._create(self._worker)
            migrate(address)
            self._own = connect(address)
            self._emptying = emptying(self._own)
        self._own.execute(self._emptying)
        return address

    def fresh(self) -> str:
        """The address of a new database without any table."""
        self._fresh += 1
        name = f"{self._worker}_fresh_{self._fresh}"
        self._create(name)
        return self._address % name

    def close(self) -> None:
        """End the connection; the database goes with the server."""
        if self._own is not None:
            self._own.close()

    def _create(self, name: str) -> None:
        with connect(self._address % "postgres") as server:
            for act in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
                server.execute(sql.SQL(act).format(sql.Identifier(name)))
