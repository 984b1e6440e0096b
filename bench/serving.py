"""Starting what is measured in a process of its own, and ending that process again."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Load, drive
from bench.processes import cpu_seconds, memory_mb

STOP = 15.0  # seconds a server may take to end
QUIET = 0.02  # CPU seconds in LOOK seconds: less is rest
LOOK = 0.5
ADDRESS = re.compile(r"http://[^:]+:(\d+)/")


@dataclass(frozen=True)
class Server:
    """A system that runs: its first process, the port it answers on, and when it was started."""

    pid: int
    port: int
    started: float  # of time.perf_counter()

    def cpu(self) -> float:
        """CPU seconds of all its processes so far."""
        return cpu_seconds(self.pid)

    def memory(self) -> float:
        """Resident MB of all its processes together."""
        return memory_mb(self.pid)

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until none of its processes has anything left to do; at most so many seconds."""
        deadline = time.monotonic() + seconds
        quiet = 0
        before = self.cpu()
        while quiet < 2 and time.monotonic() < deadline:
            time.sleep(LOOK)
            after = self.cpu()
            quiet = quiet + 1 if after - before <= QUIET else 0
            before = after


@contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], folder: Path | None = None
) -> Iterator[Server]:
    """Start a server that prints its address on its first line; it ends with the block.

    RuntimeError if it does not start. What it said goes to standard error if the block fails.
    """
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, text=True, env=dict(env), cwd=folder
        )
        try:
            yield Server(process.pid, _port(process), started)
        except BaseException:
            said.seek(0)
            print(said.read()[-3000:], file=sys.stderr)
            raise
        finally:
            _end(process)


def _port(process: "subprocess.Popen[str]") -> int:
    line = process.stdout.readline() if process.stdout else ""
    found = ADDRESS.search(line)
    if found is None:
        process.wait(STOP)
        raise RuntimeError(f"the server did not start: {line}")
    return int(found[1])


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


@contextmanager
def hello(threads: int, env: Mapping[str, str]) -> Iterator[Server]:
    """A bare Flask application under waitress with so many threads."""
    with running([sys.executable, "-m", "bench.hello", str(threads)], env) as server:
        yield server


@dataclass(frozen=True)
class Cost:
    """What so many requests cost a system."""

    load: Load
    cpu: float  # seconds, over all of its processes

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds for one answer."""
        return 1000 * self.cpu / self.load.answers


def cost(
    server: Server,
    requests: Sequence[bytes],
    *,
    connections: int = 8,
    seconds: float = 2.0,
    status: int = 200,
) -> Cost:
    """Send the requests in turn for so many seconds, and count the system's CPU time."""
    before = server.cpu()
    load = drive(server.port, requests, connections=connections, seconds=seconds, status=status)
    return Cost(load, server.cpu() - before)
