"""A backup: every table, as one consistent picture, in one zip file that both databases read.

The same file restores into SQLite or PostgreSQL, so it is also the way from one to the other.
Stored pages and the search index are left out, because they are made again, and so are sign-ins:
people sign in anew on a restored wiki.
"""

import base64
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.types import LargeBinary

from wiki.db import MomentType
from wiki.errors import SetupError
from wiki.migrations import current_revision
from wiki.migrations.tables import metadata

FORMAT = 1
MANIFEST = "manifest.json"
LEFT_OUT = frozenset(
    {"stored_page", "attempt", "sign_in", "search_document", "search_generation", "search_posting"}
)
ROWS_A_STEP = 500
# What reading a damaged table can raise: the zip, its JSON, a value, the database that refuses it
DAMAGE = (
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    StatementError,
)


class BackupError(SetupError):
    """The file cannot be written, read or used here."""


def write_backup(engine: Engine, target: Path) -> Iterator[tuple[str, int]]:
    """Write the backup; yields (table, rows so far) as it goes.

    The picture is that of one read transaction: saves go on meanwhile and are not in it. The file
    appears under its name only when it is whole. BackupError if it exists or cannot be written.
    Memory: one batch of rows.
    """
    if target.exists():
        raise BackupError("%(path)s exists already; choose another name.", {"path": target})
    draft = target.with_name(target.name + ".part")
    try:
        draft.touch(mode=0o600)  # it holds password hashes and drafts
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            yield from _write_tables(engine, archive)
        _flush(draft)
        os.replace(draft, target)
    except OSError as problem:
        raise BackupError(
            "%(path)s cannot be written: %(problem)s.",
            {"path": target, "problem": problem.strerror or problem},
        ) from problem
    finally:
        with suppress(OSError):  # it is not there: renamed, or never made
            draft.unlink()


def _write_tables(engine: Engine, archive: zipfile.ZipFile) -> Iterator[tuple[str, int]]:
    counts: dict[str, int] = {}
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            for table in _tables(connection):
                counts[table.name] = 0
                with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                    for row in _rows(connection, table):
                        file.write(row)
                        counts[table.name] += 1
                        if counts[table.name] % ROWS_A_STEP == 0:
                            yield table.name, counts[table.name]
                yield table.name, counts[table.name]
            manifest = {
                "format": FORMAT,
                "schema": current_revision(connection),
                "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "rows": counts,
            }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _tables(connection: Connection) -> list[Table]:
    there = set(inspect(connection).get_table_names())
    return [t for t in metadata.sorted_tables if t.name in there and t.name not in LEFT_OUT]


def _rows(connection: Connection, table: Table) -> Iterator[bytes]:
    order = list(table.primary_key.columns)
    result = connection.execution_options(yield_per=ROWS_A_STEP).execute(
        select(table).order_by(*order)
    )
    for row in result:
        values = [_out(value) for value in row]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def read_manifest(source: Path) -> dict[str, Any]:
    """What the backup says about itself. BackupError if it is none, or of another format."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise BackupError(
            "%(path)s is no backup of this wiki, or it is damaged.", {"path": source}
        ) from problem
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupError("%(path)s has a format this version cannot read.", {"path": source})
    if not isinstance(manifest.get("rows"), dict):
        raise BackupError("%(path)s does not say what it holds.", {"path": source})
    return manifest


def restore_backup(engine: Engine, source: Path) -> Iterator[tuple[str, int]]:
    """Fill an empty database that has the schema; yields (table, rows so far).

    One transaction: a damaged file leaves the database empty. BackupError says what is wrong:
    not empty, another schema, a missing or damaged table, rows that point nowhere.
    """
    manifest = read_manifest(source)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        _require_fitting(connection, manifest)
        with zipfile.ZipFile(source) as archive:
            for table in _tables(connection):
                wanted = manifest["rows"].get(table.name, 0)
                yield from _read_table(connection, archive, table, wanted)
        _mend_sequences(connection)
        _require_sound(connection)


def _require_fitting(connection: Connection, manifest: dict[str, Any]) -> None:
    if manifest.get("schema") != current_revision(connection):
        raise BackupError(
            "The backup has schema %(theirs)s, this version of the wiki %(ours)s. Restore it with "
            "the version that wrote it, then upgrade.",
            {"theirs": manifest.get("schema"), "ours": current_revision(connection)},
        )
    for table in _tables(connection):
        if connection.scalar(select(func.count()).select_from(table)):
            raise BackupError("The wiki is not empty: restore into a new data folder.")


def _read_table(
    connection: Connection, archive: zipfile.ZipFile, table: Table, wanted: int
) -> Iterator[tuple[str, int]]:
    done = 0
    try:
        with archive.open(f"{table.name}.jsonl") as file:
            batch: list[dict[str, Any]] = []
            for line in file:
                batch.append(_row(table, json.loads(line)))
                if len(batch) == ROWS_A_STEP:
                    connection.execute(insert(table), batch)
                    done += len(batch)
                    batch = []
                    yield table.name, done
            if batch:
                connection.execute(insert(table), batch)
                done += len(batch)
    except DAMAGE as problem:
        raise BackupError("The table %(name)s is damaged.", {"name": table.name}) from problem
    if done != wanted:
        raise BackupError(
            "The table %(name)s has %(done)s rows where the backup promises %(wanted)s.",
            {"name": table.name, "done": done, "wanted": wanted},
        )
    yield table.name, done


def _row(table: Table, values: list[Any]) -> dict[str, Any]:
    columns = list(table.columns)
    if len(values) != len(columns):
        raise ValueError(table.name)
    return {c.name: _in(c.type, value) for c, value in zip(columns, values, strict=True)}


def _in(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, MomentType):
        return datetime.fromisoformat(value)
    return value


def _mend_sequences(connection: Connection) -> None:
    """PostgreSQL counts row numbers apart from the rows: go on after the highest."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables(connection):
        if "id" in table.columns:
            highest = connection.scalar(select(func.max(table.columns["id"])))
            if highest is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"),
                    {"name": f'"{table.name}"', "highest": highest},
                )


def _require_sound(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL has refused such rows already
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BackupError("The backup holds rows that point at rows that are not there.")


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
