"""Tables as files: CSV for spreadsheets, JSON lines for programs, made while they are sent.

Both begin with a line that says what this is and that each row names its own licence. A cell that
a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from wiki.cases.tables import Cell, Row

BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BETWEEN = "; "  # of several values in one cell
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def as_csv(about: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180, in UTF-8 with a byte order mark: `# about`, the names of the columns, the rows."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow([f"# {about}"])
    writer.writerow(columns)
    yield BOM + _taken(held)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
        yield _taken(held)


def as_jsonl(about: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line; the first is {"about", "columns"}. Lists stay lists."""
    yield _line({"about": about, "columns": list(columns)})
    for row in rows:
        yield _line({column: row.get(column) for column in columns})


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _taken(held: StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        simple = all(isinstance(each, str) for each in value)
        value = BETWEEN.join(value) if simple else json.dumps(value, ensure_ascii=False)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA) else text
