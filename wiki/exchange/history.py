"""Importing a history file into a page, in batches that the caller commits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.errors import InvalidInput
from wiki.exchange.lines import Line, LineError, read_lines
from wiki.saving.bulk import History, Past, Target

BATCH = 200  # revisions a transaction: what an interruption costs at most


@dataclass
class Report:
    """What a look through the file found."""

    revisions: int = 0
    authors: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    characters: int = 0

    @property
    def sound(self) -> bool:
        """Whether every line can be imported and there is at least one."""
        return not self.problems and self.revisions > 0


def examine(path: Path) -> Iterator[Report]:
    """Read the whole file without writing anything; yields the growing report, line by line."""
    report = Report()
    for line in read_lines(path):
        if isinstance(line, LineError):
            report.problems.append(str(line))
        else:
            report.revisions += 1
            report.authors.add(line.author)
            report.characters += len(line.text)
        yield report
    if not report.revisions and not report.problems:
        report.problems.append(f"{path} holds no revision.")
        yield report


def bring_in(
    session: Session, path: Path, target: Target, *, importer: User, now: datetime
) -> Iterator[tuple[int, History]]:
    """Append the file's revisions; yields (revisions there, history) at the end of each batch.

    The caller commits at each yield and may stop there: the next call goes on after the last
    committed batch, having checked that what is there is the beginning of this file. InvalidInput
    if it is not. Memory: one text, the page's attribution state and a bounded cache of texts.
    """
    history = History(session, target, importer, now=now)
    there = history.done
    number = 0
    for line in read_lines(path):
        if isinstance(line, LineError):
            raise line
        number += 1
        if number <= there:
            _require_same(history, number, there, line)
            continue
        history.append(
            Past(
                author=line.author,
                saved_at=line.saved_at,
                text=line.text,
                summary=line.summary,
                minor=line.minor,
            )
        )
        if number % BATCH == 0:
            history.end_batch()
            yield number, history
    history.end_batch()
    yield number, history


def _require_same(history: History, number: int, there: int, line: Line) -> None:
    """Cheap and enough: the first and the last revision there, and every hundredth."""
    if (number in (1, there) or number % 100 == 0) and not history.holds(number, line.text):
        raise InvalidInput(
            "slug",
            "The page's revision %(number)s is not line %(line)s of this file: "
            "the page was edited since, or comes from another file.",
            {"number": number, "line": line.number},
        )
