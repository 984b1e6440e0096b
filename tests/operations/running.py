"""Programs that a test starts and ends: servers, workers, and what they have started in turn."""

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import Commands

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60  # what starting may take on a busy machine


@contextmanager
def running(wiki: Commands, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A Python module at work with the wiki's settings; killed at the end if it still runs."""
    program = subprocess.Popen(
        [sys.executable, "-m", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=wiki.folder,
        env={**os.environ, **wiki.environment, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def said(program: subprocess.Popen[str], pattern: str) -> str:
    """What the first group of `pattern` found in a line of the program's; waits for that line."""
    assert program.stdout is not None
    lines = []
    for line in program.stdout:
        lines.append(line)
        if match := re.search(pattern, line):
            return match[1]
    raise AssertionError(f"it ended without {pattern!r}: {''.join(lines)}")


def offspring(pid: int) -> set[int]:
    """The processes that this one has started, and theirs."""
    found = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = (task / "children").read_text().split()
        for child in map(int, children):
            found |= {child} | offspring(child)
    return found


def gone(pids: set[int], seconds: float) -> bool:
    """Whether all these processes end within that time each; waits no longer than it must."""
    return all(_ends(pid, seconds) for pid in pids)


def _ends(pid: int, seconds: float) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)
