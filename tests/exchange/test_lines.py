"""A line of a history file is a revision, or a sentence that says what is wrong with it."""

import json
import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wiki.exchange.lines import HistoryFileError, Line, LineError, parse_line, read_lines

SOUND = {"author": "u1", "timestamp": "1002831527", "text": "We began with a plan."}


def line(**changes: object) -> bytes:
    return json.dumps({**SOUND, **changes}).encode()


def test_a_line_is_a_revision_with_its_author_and_time() -> None:
    assert parse_line(7, line()) == Line(
        number=7,
        author="u1",
        saved_at=datetime(2001, 10, 11, 20, 18, 47, tzinfo=UTC),
        text="We began with a plan.",
        summary="",
        minor=False,
    )


def test_a_time_with_its_zone_is_kept_in_utc() -> None:
    found = parse_line(1, line(timestamp="2024-05-01T12:00:00+02:00"))

    assert found.saved_at == datetime(2024, 5, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{not json", "Line 3 is not JSON."),
        (b"[1, 2]", "Line 3 is not a JSON object."),
        (b"[" * 100_000, "Line 3 is not JSON."),
        (line(text=None), "Line 3: “text” is missing or is no text."),
        (line(text="a\x00b"), "Line 3: “text” holds a NUL character."),
        (line(text="\ud800"), "Line 3: “text” holds half a character (a lone surrogate)."),
        (line(author=" "), "Line 3: “author” needs 1 to 80 characters."),
        (
            line(timestamp="yesterday"),
            "Line 3: “timestamp” is neither seconds since 1970 nor a time with its zone.",
        ),
        (
            line(timestamp="9" * 30),
            "Line 3: “timestamp” is neither seconds since 1970 nor a time with its zone.",
        ),
        (
            line(timestamp="2024-05-01T12:00:00"),
            "Line 3: “timestamp” is neither seconds since 1970 nor a time with its zone.",
        ),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(raw: bytes, said: str) -> None:
    with pytest.raises(LineError) as problem:
        parse_line(3, raw)

    assert str(problem.value) == said


def test_a_packed_file_is_read_line_by_line_and_wrong_ones_do_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl.xz"
    path.write_bytes(lzma.compress(b"\n".join([line(), b"oops", line(text="Then it ended.")])))

    found = list(read_lines(path))

    assert [type(item).__name__ for item in found] == ["Line", "LineError", "Line"]


def test_a_file_that_is_cut_off_says_after_which_line(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl.xz"
    path.write_bytes(lzma.compress(line() + b"\n" + line(text="x" * 10_000))[:-20])

    with pytest.raises(HistoryFileError, match="is damaged after line"):
        list(read_lines(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HistoryFileError, match="nowhere.jsonl cannot be read"):
        list(read_lines(tmp_path / "nowhere.jsonl"))
