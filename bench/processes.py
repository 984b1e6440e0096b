"""What a system of processes costs, read from /proc: CPU time and memory of a process and all
that descend from it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds
LOOK = 0.05  # seconds between two looks at a growing process


@dataclass(frozen=True)
class Row:
    """One line of /proc/PID/stat: parent, and CPU seconds of it and of its children that ended."""

    parent: int
    cpu: float


def _row(pid: int) -> Row | None:
    """None if the process is gone."""
    try:
        line = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    words = line[line.rindex(")") + 2 :].split()  # the name before may hold anything
    return Row(int(words[1]), sum(int(word) for word in words[11:15]) * TICK)


def tree(root: int) -> dict[int, Row]:
    """The process `root` and all that descend from it, as far as they live. Reads all of /proc."""
    rows = {
        pid: row
        for pid in (int(name) for name in os.listdir(PROC) if name.isdigit())
        if (row := _row(pid)) is not None
    }
    if root not in rows:
        return {}
    found = {root: rows[root]}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for pid, row in rows.items():
            if row.parent == parent and pid not in found:
                found[pid] = row
                waiting.append(pid)
    return found


def cpu_seconds(root: int) -> float:
    """User and system time of the whole tree since it began, to 1/100 s for each process.

    What a process has waited for is counted with its parent, so nothing is lost when it ends.
    """
    return sum(row.cpu for row in tree(root).values())


def memory_mb(root: int, name: str = "VmRSS") -> float:
    """Sum of a field of /proc/PID/status over the tree, in MB (10^6 bytes).

    VmRSS counts what processes share once for each of them. VmHWM is the most it ever was.
    """
    return sum(_status_kb(pid, name) for pid in tree(root)) * 1024 / 1e6


def _status_kb(pid: int, name: str) -> int:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


@dataclass
class Peak:
    """The most memory a tree was seen to use, in MB: of its first process, and of all together."""

    first: float = 0.0
    together: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)

    def look(self, root: int) -> None:
        """Once."""
        self.first = max(self.first, _status_kb(root, "VmHWM") * 1024 / 1e6)
        self.together = max(self.together, memory_mb(root))


@contextmanager
def watched(root: int) -> Iterator[Peak]:
    """Looks at the tree's memory twenty times a second for as long as the block lasts."""
    peak = Peak()

    def watch() -> None:
        while not peak._done.wait(LOOK):
            peak.look(root)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        peak._done.set()
        thread.join()
