"""The data folder and the database: made, checked, explained when they cannot be used."""

import os
import secrets
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from wiki.db import make_engine
from wiki.errors import SetupError
from wiki.migrations import is_current, upgrade
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
    """Folder, key and newest schema. Safe to run again. SetupError says what is wrong."""
    make_folder(settings)
    secret_key(settings)
    engine = make_engine(settings.url)
    try:
        upgrade(engine)
    except (OperationalError, DBAPIError) as problem:
        raise _unreachable(settings, problem) from problem
    return engine


def require_ready(settings: Settings) -> Engine:
    """An engine on a database that has the schema of this version, or SetupError."""
    if not settings.database_url and not (settings.data / "wiki.db").is_file():
        raise SetupError(
            "There is no wiki in %(path)s yet. Make one with: wiki init --admin NAME",
            {"path": settings.data},
        )
    engine = make_engine(settings.url)
    try:
        current = is_current(engine)
    except (OperationalError, DBAPIError) as problem:
        raise _unreachable(settings, problem) from problem
    if not current:
        raise SetupError(
            "The database has another schema than this version of the wiki. "
            "Make a backup, then run: wiki db upgrade"
        )
    return engine


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


def _unreachable(settings: Settings, problem: DBAPIError) -> SetupError:
    if settings.url.startswith("sqlite"):
        return SetupError(
            "The database in %(path)s cannot be opened: %(problem)s.",
            {"path": settings.data, "problem": problem.orig},
        )
    return SetupError(
        "The PostgreSQL server does not answer as WIKI_DATABASE_URL says: %(problem)s",
        {"problem": str(problem.orig).strip().splitlines()[0]},
    )
