"""An empty index of the engine that belongs to the database of the run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from wiki.db import Base
from wiki.search import models
from wiki.search.postgres_index import PostgresIndex
from wiki.search.protocol import SearchIndex
from wiki.search.whoosh_index import WhooshIndex, stem

TABLES = (models.SearchGeneration, models.SearchDocument, models.SearchPosting)


@pytest.fixture
def unmade_index(
    database: str, data_folder: Path, engine: Engine, sessions: sessionmaker[Session]
) -> Iterator[SearchIndex]:
    """SQLite: Whoosh; PostgreSQL: its own search. Nothing has been made yet."""
    Base.metadata.create_all(engine, tables=[t.__table__ for t in TABLES])  # type: ignore[misc]  # they are Tables
    index: SearchIndex
    if database == "sqlite":
        index = WhooshIndex(data_folder / "index")
    else:
        index = PostgresIndex(sessions, stem)
    yield index
    index.close()


@pytest.fixture
def index(unmade_index: SearchIndex) -> SearchIndex:
    """An index without documents."""
    unmade_index.rebuild([])
    return unmade_index
