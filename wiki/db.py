"""Base of the tables, column types, engine and sessions. No Flask, no business.

SQLite: WAL and `synchronous=FULL`, so that an acknowledged save survives a power cut; a
transaction that will write says so first (`writing`), because a read lock cannot be upgraded
while somebody else writes.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker
from sqlalchemy.types import DateTime, TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BUSY_SECONDS = 20  # how long a writer waits for another one on SQLite


class MomentType(TypeDecorator[datetime]):
    """An aware UTC time. PostgreSQL: timestamptz. SQLite: microseconds since 1970 in 8 bytes.

    ValueError for a naive time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time has no place here")
        if dialect.name == "sqlite":
            return (value - EPOCH) // timedelta(microseconds=1)
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return EPOCH + timedelta(microseconds=int(value))


class JsonType(TypeDecorator[Any]):
    """A small JSON value kept as text, so that both databases hold the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


Key = Annotated[
    int,
    mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
]
Moment = Annotated[datetime, mapped_column(MomentType)]


class Base(DeclarativeBase):
    """Every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: MomentType}


def new_public_id() -> str:
    """A random name for an address or an export: 96 bits in 16 URL-safe characters."""
    return secrets.token_urlsafe(12)


def make_engine(url: str) -> Engine:
    """An engine for `url` with the pragmas or pool that database needs. Connects lazily."""
    if url.startswith("sqlite"):
        # The connection used last is used next: the others' caches stay small.
        engine = create_engine(
            url, pool_size=16, max_overflow=16, pool_use_lifo=True, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True
    )


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # ours to say BEGIN
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",
        "cache_size=-4000",  # kB a connection; what is beyond it the system keeps
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep loaded rows usable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def key_of(row: "Base") -> int:
    """The number of a row that has one, without reading again what a rollback made stale."""
    known = inspect(row).identity
    found: int = known[0] if known else cast(Any, row).id
    return found


def begin_writing(session: Session) -> None:
    """Start the transaction that writes: everything read before is read anew.

    SQLite takes the write lock now (BEGIN IMMEDIATE), so two writers queue instead of failing.
    Pending changes must not exist yet. Cost: the wait for another writer, at most 20 s.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("begin_writing comes before the first change")
    if session.in_transaction():
        if session.connection().get_execution_options().get("writing"):
            return
        session.rollback()
    session.connection(execution_options={"writing": True})


def insert_new(session: Session, table: type["Base"], values: dict[str, Any]) -> int | None:
    """Insert a row unless one with its unique values is there: its number, or None.

    0 for a table whose key is not one number. One statement, and no error that would end the
    transaction: on PostgreSQL somebody else may insert the same at the same moment. Column
    defaults apply; the session is not told.
    """
    done = session.connection().execute(_new_row(session.get_bind().dialect.name, table), values)
    row = done.one_or_none()
    return None if row is None else row[0] if len(row) == 1 else 0


@cache
def _new_row(dialect: str, table: type["Base"]) -> Any:
    insert = insert_sqlite if dialect == "sqlite" else insert_postgresql
    core = cast(Table, table.__table__)
    return insert(core).on_conflict_do_nothing().returning(*core.primary_key)


@contextmanager
def writing(factory: sessionmaker[Session]) -> Iterator[Session]:
    """A session for one unit of writing: committed at the end, rolled back on an error."""
    with factory() as session:
        begin_writing(session)
        yield session
        session.commit()
