"""Engines that say whose each word is, each run on a history file: predictions and CPU a save.

Ours and WikiWho (PyPI) are measured; a word-level difflib against the revision before and lines
followed as `git blame` follows them show what the usual tools answer.
"""

import json
import lzma
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from wiki.attribution.archive import Engine
from wiki.attribution.credit import origin_of
from wiki.text.tokens import tokens

ROOT = Path(__file__).resolve().parent.parent
WIKIWHO = ROOT / ".venv-wikiwho" / "bin" / "python"
SECONDS = 3600
Row = dict[str, Any]
Answer = Callable[[], list[Any]]  # the origin of each token of a revision
Save = Callable[[Row], Answer]


@dataclass(frozen=True)
class Run:
    """CPU seconds of each save, the tokens of the last revision, and of the revisions whose text
    had stood there before how many there were and how many got the same provenance."""

    spent: list[float]
    tokens: int = 0
    again: int = 0
    alike: int = 0


def rows(history: Path) -> Iterator[Row]:
    """The revisions of a history file."""
    with lzma.open(history, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document(history: Path) -> str:
    """The name under which the scorer knows a history."""
    return history.name.split(".")[0]


def ours(history: Path, out: Path, every: bool = True) -> Run:
    """The wiki's engine, its state and its past in memory."""

    def start() -> Save:
        engine = Engine()
        revs = [None]

        def save(row: Row) -> Answer:
            revs.append(row["rev"])
            state = engine.save(row["text"])
            return lambda: [revs[origin_of(credit)] for credit in state.head.credits]

        return save

    return _run(history, out, start, every)


def difflib(history: Path, out: Path, every: bool = True) -> Run:
    """Words kept by difflib against the revision before, as a wiki without an engine would."""

    def start() -> Save:
        last: tuple[list[str], list[Any]] = ([], [])

        def save(row: Row) -> Answer:
            nonlocal last
            last = _carried(last, tokens(row["text"]), row["rev"])
            return lambda: last[1]

        return save

    return _run(history, out, start, every)


def blame(history: Path, out: Path, every: bool = True) -> Run:
    """Lines kept against the revision before: all words of a changed line are its changer's."""

    def start() -> Save:
        last: tuple[list[str], list[Any]] = ([], [])

        def save(row: Row) -> Answer:
            nonlocal last
            last = _carried(last, row["text"].split("\n"), row["rev"])
            pairs = list(zip(*last, strict=True))
            return lambda: [origin for line, origin in pairs for _ in tokens(line)]

        return save

    return _run(history, out, start, every)


def wikiwho(history: Path, out: Path, every: bool = True) -> Run | None:
    """WikiWho in a process of its own; None if it is not installed."""
    python = Path(os.environ.get("WIKIWHO_PYTHON", WIKIWHO))
    if not python.exists():
        return None
    which = "all" if every else "last"
    done = subprocess.run(
        [python, ROOT / "bench" / "attribution_wikiwho.py", history, out, which],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return Run(json.loads(done.stdout))


def _run(history: Path, out: Path, start: Callable[[], Save], every: bool) -> Run:
    """Twice: for the time with nothing between two saves, and for the answers."""
    spent = []
    save = start()
    for row in rows(history):
        began = time.process_time()
        save(row)
        spent.append(time.process_time() - began)
    first: dict[int, int] = {}
    again = alike = 0
    save = start()
    with out.open("w") as written:
        for row in rows(history):
            owners = save(row)()
            key, said = hash(row["text"]), hash(tuple(owners))
            if key in first:
                again += 1
                alike += first[key] == said
            first.setdefault(key, said)
            if every:
                written.write(_line(row, owners))
        if not every:
            written.write(_line(row, owners))
    return Run(spent, len(owners), again, alike)


def _line(row: Row, owners: list[Any]) -> str:
    strs = tokens(row["text"])
    return json.dumps({"doc": "", "rev": row["rev"], "strs": strs, "origins": owners}) + "\n"


def _carried(
    last: tuple[list[str], list[Any]], new: list[str], rev: Any
) -> tuple[list[str], list[Any]]:
    owners = [rev] * len(new)
    for at, place, size in SequenceMatcher(
        None, last[0], new, autojunk=False
    ).get_matching_blocks():
        owners[place : place + size] = last[1][at : at + size]
    return new, owners
