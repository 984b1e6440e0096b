"""Fixtures of the whole suite. Ask for `session` and the test runs on both databases."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as examples
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.addresses import use_known_rules
from tests.databases import DATABASES, PostgresHalf, ServerThread, migrate, read_note
from tests.dialects import use_single_dialects
from tests.tally import NO_MATERIAL, Tally
from wiki.db import make_engine, session_factory
from wiki.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SERVER = pytest.StashKey[ServerThread]()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally(), "tally")
    use_single_dialects()
    use_known_rules()
    # generated examples are judged by their answers; time is measured by tests of their own
    examples.register_profile("untimed", deadline=None)
    examples.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the process that has workers: start one server for all of them."""
    node.workerinput["postgres_note"] = str(_server(node.config).note)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.close()
        shutil.rmtree(server.note.parent, ignore_errors=True)


def _server(config: pytest.Config) -> ServerThread:
    if SERVER not in config.stash:
        note = Path(tempfile.mkdtemp(prefix="wiki-tests-")) / "postgres.json"
        config.stash[SERVER] = ServerThread(note)
        config.stash[SERVER].start()
    return config.stash[SERVER]


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """The people in these tests hash their passwords for a hundredth of the work.

    The real cost is tests/accounts/test_passwords.py's concern.
    """
    from argon2 import PasswordHasher

    from wiki.accounts import passwords

    real = passwords._HASHER
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._nobody.cache_clear()
    yield
    passwords._HASHER = real
    passwords._nobody.cache_clear()


@pytest.fixture(scope="session")
def postgres_half(request: pytest.FixtureRequest) -> Iterator[PostgresHalf]:
    """This process's part of the one PostgreSQL server."""
    worker = getattr(request.config, "workerinput", None)
    note = Path(worker["postgres_note"]) if worker else _server(request.config).note
    half = PostgresHalf(read_note(note), worker["workerid"] if worker else "alone")
    yield half
    half.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is on: "sqlite" or "postgresql"."""
    return str(request.param)


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """An empty data folder; the SQLite database, if any, is its `wiki.db`."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def database_url(database: str, data_folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database with the newest schema and no rows."""
    if database == "sqlite":
        path = data_folder / "wiki.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    half: PostgresHalf = request.getfixturevalue("postgres_half")
    return half.emptied()


@pytest.fixture
def fresh_database_url(database: str, data_folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database without any table."""
    if database == "sqlite":
        return f"sqlite:///{data_folder / 'wiki.db'}"
    half: PostgresHalf = request.getfixturevalue("postgres_half")
    return half.fresh()


@pytest.fixture
def settings(database: str, database_url: str, data_folder: Path) -> Settings:
    """Settings of a wiki on this database, everything else as shipped."""
    return Settings(data=data_folder, database_url="" if database == "sqlite" else database_url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine as the wiki makes it."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Makes sessions, for tests that need two people at once."""
    return session_factory(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session on an empty wiki; what is not committed is gone after the test."""
    with sessions() as session:
        yield session


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once in each process: else every app would compile its own anew."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The wiki as it is served, but for the workers: texts are rendered in this process."""
    from wiki.app import create_app  # here, so that tests of pure rules start without Flask
    from wiki.rendering.worker import InlineRenderer

    app = create_app(settings)
    app.extensions["renderer"].close()
    app.extensions["renderer"] = InlineRenderer()
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    app.extensions["search"].close()
    app.extensions["sessions"].kw["bind"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a face; it keeps cookies."""
    return app.test_client()


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of shared test material; the test is skipped, and counted, without it."""
    named = os.environ.get("WIKI_MATERIAL")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not (folder / "histories").is_dir():
        pytest.skip(NO_MATERIAL)
    return folder
