"""Reading a history file: one JSON object a line, oldest first; pure."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from wiki.errors import WikiError


class HistoryFileError(WikiError):
    """The file cannot be read at all."""


class LineError(WikiError):
    """One line cannot be imported; the message names the line."""


@dataclass(frozen=True)
class Line:
    """One revision of a history file."""

    number: int  # line in the file, from 1
    author: str
    saved_at: datetime
    text: str
    summary: str
    minor: bool


def open_history(path: Path) -> IO[bytes]:
    """The file, unpacked on the way if it ends in .xz. HistoryFileError if it cannot be opened."""
    try:
        if path.suffix == ".xz":
            return cast(IO[bytes], lzma.open(path, "rb"))
        return path.open("rb")
    except OSError as problem:
        raise HistoryFileError(
            "%(path)s cannot be read: %(problem)s.",
            {"path": path, "problem": problem.strerror or problem},
        ) from problem


def read_lines(path: Path) -> Iterator[Line | LineError]:
    """Every line as a revision or as what is wrong with it. Memory: one line at a time."""
    with open_history(path) as file:
        number = 0
        try:
            for raw in file:
                number += 1
                if raw.strip():
                    yield _parsed(number, raw)
        except (lzma.LZMAError, EOFError, OSError) as problem:
            raise HistoryFileError(
                "%(path)s is damaged after line %(line)s: %(problem)s.",
                {"path": path, "line": number, "problem": problem},
            ) from problem


def _parsed(number: int, raw: bytes) -> Line | LineError:
    try:
        return parse_line(number, raw)
    except LineError as problem:
        return problem


def parse_line(number: int, raw: bytes) -> Line:
    """One line of the file. LineError says in a sentence what is wrong with it."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise LineError("Line %(line)s is not JSON.", {"line": number}) from problem
    if not isinstance(row, dict):
        raise LineError("Line %(line)s is not a JSON object.", {"line": number})
    text = _string(number, row, "text")
    author = " ".join(_string(number, row, "author").split())
    if not author or len(author) > 80:
        raise LineError("Line %(line)s: “author” needs 1 to 80 characters.", {"line": number})
    summary = str(row.get("summary") or row.get("comment") or "").encode(errors="replace").decode()
    return Line(
        number=number,
        author=author,
        saved_at=_moment(number, row.get("timestamp")),
        text=text,
        summary=" ".join(summary.replace("\x00", "").split())[:500],
        minor=str(row.get("minor", False)).lower() in ("true", "1"),
    )


def _string(number: int, row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise LineError(
            "Line %(line)s: “%(name)s” is missing or is no text.", {"line": number, "name": name}
        )
    if "\x00" in value:
        raise LineError(
            "Line %(line)s: “%(name)s” holds a NUL character.", {"line": number, "name": name}
        )
    try:
        value.encode()
    except UnicodeEncodeError as problem:
        raise LineError(
            "Line %(line)s: “%(name)s” holds half a character (a lone surrogate).",
            {"line": number, "name": name},
        ) from problem
    return value


def _moment(number: int, value: object) -> datetime:
    """Seconds since 1970 (a number or digits) or an ISO 8601 time with its zone."""
    try:
        if isinstance(value, int | float) or (
            isinstance(value, str) and value.lstrip("-").isdigit()
        ):
            return datetime.fromtimestamp(float(value), UTC)
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise LineError(
            "Line %(line)s: “timestamp” is neither seconds since 1970 nor a time with its zone.",
            {"line": number},
        ) from problem
