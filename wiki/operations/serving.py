"""`wiki serve`: waitress for the requests, one process for the jobs."""

import contextlib
import ctypes
import errno
import logging
import os
import signal
import socket
import threading
import time
from typing import Any

import waitress
from waitress import wasyncore

from wiki.app import create_app
from wiki.errors import SetupError
from wiki.operations.schema import require_whole
from wiki.operations.work import run_worker
from wiki.rendering.light import LightContext
from wiki.settings import Settings

SPAWN = LightContext()  # never fork under threads; the worker needs neither Flask nor commands
LAST_SECONDS = 6.0  # seconds that running requests have to finish after SIGTERM
PAUSE = 5.0  # seconds: a worker that ends at once is started no more often
LOOK = 1.0  # seconds between two looks whether the worker lives
MALLOC = {  # glibc's names for a process that starts and, in <malloc.h>, for one that runs
    ("MALLOC_ARENA_MAX", -8): 2,
    ("MALLOC_TRIM_THRESHOLD_", -1): 128 * 1024,  # bytes: as they are at first, and fixed
    ("MALLOC_MMAP_THRESHOLD_", -3): 128 * 1024,
}
SENDING = {"send_bytes": 18_000}  # headers and a page leave in one piece, not in two

log = logging.getLogger(__name__)


def serve(settings: Settings, *, host: str, port: int) -> int:
    """Answer requests until SIGTERM or Ctrl-C; what is being saved is finished first.

    SetupError if the database is not ready or the port is taken. Returns the exit code.
    """
    frugal_memory()
    require_whole(settings).dispose()
    listener = _listen(host, port)
    app = create_app(settings)
    worker = Worker(settings)
    connections: dict[int, Any] = {}  # every open socket of the server, by its descriptor
    server = waitress.create_server(
        app,
        map=connections,
        sockets=[listener],
        threads=settings.threads,
        ident="",
        max_request_body_size=4 * settings.max_page_bytes,
        clear_untrusted_proxy_headers=not settings.proxies,
        **SENDING,
    )
    stopping = _stop_on_signals(server)
    print(f"Polyphony answers on http://{_shown(host)}:{listener.getsockname()[1]}/", flush=True)
    look = 0.0  # of time.monotonic()
    try:
        while not stopping.is_set():
            wasyncore.loop(timeout=1, map=connections, use_poll=True, count=1)
            if time.monotonic() >= look:  # not at every event: each look is a system call
                worker.look_after()
                look = time.monotonic() + LOOK
        _finish(server, connections)
    finally:
        worker.end()
        app.extensions["renderer"].close()
    return 0


class Worker:
    """The process that does the jobs, started again if it ends by itself."""

    def __init__(self, settings: Settings, pause: float = PAUSE) -> None:
        self._settings = settings
        self._pause = pause  # seconds between two starts at least
        self._start()

    @property
    def pid(self) -> int:
        """The number of the process that does the jobs now."""
        return self._process.pid or 0  # 0: before it has one, which is never seen here

    def _start(self) -> None:
        self._started = time.monotonic()
        self._process = SPAWN.Process(
            target=run_worker, args=(self._settings,), name="wiki worker", daemon=True
        )
        self._process.start()

    def look_after(self) -> None:
        """Start it again if it has ended; its leases run out and the jobs are taken up anew."""
        if not self._process.is_alive() and time.monotonic() - self._started > self._pause:
            log.warning("The worker ended (%s); a new one is started.", self._process.exitcode)
            self._start()

    def end(self) -> None:
        """End it at once: whatever it does can be repeated."""
        self._process.terminate()
        self._process.join(1)


def frugal_memory() -> None:
    """Let threads share their memory, and give back what is free.

    glibc gives each thread its own part, and keeps more for itself the larger the pieces it was
    asked for, up to 64 MB. For this process and those it starts; elsewhere nothing happens.
    """
    with contextlib.suppress(OSError, AttributeError, ValueError):  # no glibc
        library = ctypes.CDLL("libc.so.6")
        for (name, option), value in MALLOC.items():
            os.environ.setdefault(name, str(value))
            library.mallopt(option, int(os.environ[name]))


def _finish(server: Any, connections: dict[int, Any]) -> None:
    """Take no new connection; let those that ask or are being answered come to their end."""
    wasyncore.dispatcher.close(server)  # the listening socket, not the trigger
    deadline = time.monotonic() + LAST_SECONDS
    while time.monotonic() < deadline and any(map(_busy, server.active_channels.values())):
        wasyncore.loop(timeout=0.1, map=connections, use_poll=True, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def _busy(channel: Any) -> bool:
    """Whether a request is arriving, being answered, or its answer still being sent."""
    return bool(channel.request or channel.requests or channel.total_outbufs_len)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # only now is the port ours
    except (OSError, UnicodeError) as problem:
        listener.close()
        if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
            raise SetupError(
                "Port %(port)s is taken by another program. Choose another: --port NUMBER",
                {"port": port},
            ) from problem
        raise SetupError(
            "The address %(host)s:%(port)s cannot be used: %(problem)s",
            {"host": host, "port": port, "problem": getattr(problem, "strerror", problem)},
        ) from problem
    return listener


def _stop_on_signals(server: Any) -> threading.Event:
    """An event that SIGTERM and Ctrl-C set; the server's loop wakes up to see it."""
    stopping = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
