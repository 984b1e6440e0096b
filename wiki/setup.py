"""The data folder and the database: made, checked, explained when they cannot be used."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from wiki.db import make_engine, session_factory
from wiki.errors import SetupError
from wiki.migrations import UnknownSchema, current_revision, is_current, upgrade
from wiki.settings import Settings


def make_folder(settings: Settings) -> None:
    """The data folder, readable by its owner only. SetupError if it cannot be made or written."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = settings.data / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise SetupError(
            "The data folder %(path)s cannot be written: %(problem)s. "
            "Choose another with WIKI_DATA=FOLDER, or change who owns it.",
            {"path": settings.data, "problem": problem.strerror or problem},
        ) from problem


def prepare(settings: Settings) -> Engine:
    """Folder, key and, in a database without any, the schema. Safe to run again.

    SetupError says what is wrong: also a schema that is not of this version, which stays as it is.
    """
    make_folder(settings)
    secret_key(settings)
    with _explained(settings):
        engine = make_engine(settings.url)
        if _schema(engine) is None:
            upgrade(engine)
    _require_current(settings, engine)
    return engine


def bring_up_to_date(settings: Settings) -> None:
    """The newest schema for a wiki that is there. SetupError if there is none, or a newer one."""
    with _explained(settings):
        engine = _existing(settings)
        try:
            upgrade(engine)
        except UnknownSchema as problem:
            raise SetupError(
                "The database comes from another version of the wiki, probably a newer one: "
                "install that one, or restore a backup of this version."
            ) from problem
        finally:
            engine.dispose()


def require_ready(settings: Settings) -> Engine:
    """An engine on a database that has the schema of this version, or SetupError."""
    with _explained(settings):
        engine = _existing(settings)
    _require_current(settings, engine)
    return engine


@contextmanager
def opened(settings: Settings) -> Iterator[sessionmaker[Session]]:
    """Sessions on a wiki that is ready, for one command; its connections end with the block."""
    engine = require_ready(settings)
    try:
        yield session_factory(engine)
    finally:
        engine.dispose()


def is_there(settings: Settings) -> bool:
    """Whether these settings lead to a database that holds a wiki. SetupError: no answer."""
    if not settings.database_url and not (settings.data / "wiki.db").is_file():
        return False
    with _explained(settings):
        engine = make_engine(settings.url)
        try:
            return _schema(engine) is not None
        finally:
            engine.dispose()


def secret_key(settings: Settings) -> bytes:
    """The key that signs tokens: 32 random bytes in the data folder, made at the first use."""
    path = settings.data / "secret.key"
    try:
        if not path.is_file():
            _write_new(path, secrets.token_bytes(32))
        return path.read_bytes()
    except OSError as problem:
        raise SetupError(
            "The key %(path)s cannot be read: %(problem)s.",
            {"path": path, "problem": problem.strerror or problem},
        ) from problem


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads; another process that was first wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _existing(settings: Settings) -> Engine:
    if not is_there(settings):
        where = "the database of WIKI_DATABASE_URL" if settings.database_url else settings.data
        raise SetupError(
            "There is no wiki in %(path)s yet. Make one with: wiki init --admin NAME",
            {"path": where},
        )
    return make_engine(settings.url)


def _schema(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return current_revision(connection)


def _require_current(settings: Settings, engine: Engine) -> None:
    with _explained(settings):
        if is_current(engine):
            return
    engine.dispose()
    raise SetupError(
        "The database has another schema than this version of the wiki. "
        "Make a backup with the version that wrote it, then run: wiki db upgrade"
    )


@contextmanager
def _explained(settings: Settings) -> Iterator[None]:
    """What a database or its driver says, as a sentence that names what to look at."""
    try:
        yield
    except DBAPIError as problem:
        said = (str(problem.orig).strip().splitlines() or [type(problem.orig).__name__])[0]
        if settings.url.startswith("sqlite"):
            raise SetupError(
                "The database in %(path)s cannot be used: %(problem)s.",
                {"path": settings.data, "problem": said},
            ) from problem
        raise SetupError(
            "The PostgreSQL server does not answer as WIKI_DATABASE_URL says: %(problem)s",
            {"problem": said},
        ) from problem
    except (ImportError, ArgumentError) as problem:
        if isinstance(problem, ImportError) and settings.url.startswith("postgresql"):
            raise SetupError(
                "PostgreSQL needs the driver psycopg. Install it with: "
                "pip install 'polyphony-wiki[postgres]'"
            ) from problem
        raise SetupError(
            "WIKI_DATABASE_URL is not an address this wiki can use. It looks like this: "
            "postgresql://USER:PASSWORD@HOST/DATABASE"
        ) from problem
