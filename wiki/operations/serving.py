"""`wiki serve`: waitress for the requests, one process for the jobs."""

import errno
import multiprocessing
import signal
import socket
import threading
from types import FrameType

import waitress
from waitress.server import BaseWSGIServer, MultiSocketServer

from wiki.app import create_app
from wiki.errors import SetupError
from wiki.operations.work import run_worker
from wiki.settings import Settings
from wiki.setup import require_ready

SPAWN = multiprocessing.get_context("spawn")  # never fork under threads


def serve(
    settings: Settings, *, host: str, port: int, ready: threading.Event | None = None
) -> int:
    """Answer requests until SIGTERM or Ctrl-C; what is being saved is finished first.

    SetupError if the database is not ready or the port is taken. Returns the exit code.
    """
    require_ready(settings).dispose()
    listener = _listen(host, port)
    worker = SPAWN.Process(target=run_worker, args=(settings,), name="wiki worker")
    worker.start()
    app = create_app(settings)
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=settings.threads,
        ident="",
        max_request_body_size=4 * settings.max_page_bytes,
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    _stop_on_signals(server)
    print(f"Polyphony answers on http://{_shown(host)}:{listener.getsockname()[1]}/", flush=True)
    if ready is not None:
        ready.set()
    try:
        server.run()
    except SystemExit:
        pass
    finally:
        app.extensions["renderer"].close()
        worker.terminate()
        worker.join(5)
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise SetupError(
                "Port %(port)s is taken by another program. Choose another: --port NUMBER",
                {"port": port},
            ) from problem
        raise SetupError(
            "The address %(host)s:%(port)s cannot be used: %(problem)s",
            {"host": host, "port": port, "problem": problem.strerror or problem},
        ) from problem
    return listener


def _stop_on_signals(server: BaseWSGIServer | MultiSocketServer) -> None:
    """SIGTERM ends like Ctrl-C: no new connection, running requests finish."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
