"""Rendering in processes that can be killed: the only module that knows pebble.

A regular expression that has run away holds the interpreter and cannot be stopped from inside,
so every text that a person typed is rendered in a worker process with a limit of time and
memory. Workers are spawned, never forked (the wiki has threads), and import neither Flask nor
SQLAlchemy.
"""

from __future__ import annotations

import logging
import multiprocessing
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Protocol

from pebble import ProcessPool

from wiki.rendering.light import LightContext
from wiki.rendering.rendered import Rendered, fallback

_log = logging.getLogger(__name__)
_ADDRESS_SPACE = 768 * 2**20  # bytes; a worker at rest maps about 100 MB and uses a third
_GRACE = 0.5  # seconds after the limit at which the kernel ends a worker nobody has ended
_START = 20.0  # seconds that spawning a worker may take on a busy machine
_TASKS_PER_WORKER = 2_000  # then a fresh one, so that no leak grows for ever


class RendererProtocol(Protocol):
    """Turns Markdown into a page and never raises for what the text holds."""

    def render(self, source: str, *, language: str = "en") -> Rendered:
        """Return the page, or its escaped source with `failed=True`."""

    def close(self) -> None:
        """Give back what was taken; `render` must not be called afterwards."""


class InlineRenderer:
    """Renders in this process, without limits of time: for tests and trusted imports."""

    def __init__(self, *, max_bytes: int = 2_000_000, max_output: int = 20_000_000) -> None:
        self._max_bytes, self._max_output = max_bytes, max_output

    def render(self, source: str, *, language: str = "en") -> Rendered:
        """Return the page, or its escaped source with `failed=True`."""
        return _limited(
            source, self._max_bytes, self._max_output, lambda: _render(source, language=language)
        )

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""


class Renderer:
    """Renders in worker processes. Safe to share between threads; make one for a process.

    `workers` processes start with the first text and stay; `seconds` is the time one text may
    take once a worker has begun it (a text waits for a free worker as long as six such times and
    is then given back as failed); `max_bytes` limits the source in UTF-8 and
    `max_output` the HTML in characters, which may also be at most 60 times the source.
    """

    def __init__(
        self,
        workers: int = 2,
        seconds: float = 2.0,
        max_bytes: int = 2_000_000,
        max_output: int = 20_000_000,
    ) -> None:
        self._workers, self._seconds = workers, seconds
        self._max_bytes, self._max_output = max_bytes, max_output
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._closed = False

    def render(self, source: str, *, language: str = "en") -> Rendered:
        """Return the page, or its escaped source with `failed=True`: also once closed.

        Cost beside the rendering: about 1 ms warm; the first call starts the workers.
        """
        return _limited(
            source, self._max_bytes, self._max_output, lambda: self._ask(source, language)
        )

    def close(self) -> None:
        """End the workers at once; texts still being rendered come back as failed."""
        with self._lock:
            pool, self._pool, self._closed = self._pool, None, True
        if pool is not None:
            _stop(pool)

    def _ask(self, source: str, language: str) -> Rendered:
        future = self._running_pool().schedule(
            _work, args=(source, language, self._seconds + _GRACE), timeout=self._seconds
        )
        try:
            return future.result(timeout=_START + 6 * self._seconds)
        except FutureTimeout:
            future.cancel()  # type: ignore[no-untyped-call]  # pebble has no annotation
            raise

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise RuntimeError("this renderer is closed")
            if self._pool is not None and not self._pool.active:
                _log.error("the render workers are gone; starting new ones")
                _stop(self._pool)
                self._pool = None
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=self._workers,
                    max_tasks=_TASKS_PER_WORKER,
                    initializer=_prepare,
                    context=LightContext(),
                )
            return self._pool


def _limited(
    source: str, max_bytes: int, max_output: int, make: Callable[[], Rendered]
) -> Rendered:
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        return fallback(source)
    try:
        rendered = make()
    except Exception as error:  # whatever a hostile text does, its author gets it back
        _log.warning("a text of %d bytes was not rendered: %s", size, type(error).__name__)
        return fallback(source)
    if len(rendered.html) > min(max_output, 60 * size + 2_000):
        return fallback(source)
    return rendered


def _work(source: str, language: str, seconds: float) -> Rendered:
    """Runs in a worker. The kernel ends it after `seconds`, whatever its interpreter does."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return _render(source, language=language)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _render(source: str, *, language: str = "en") -> Rendered:
    """Render here. The parser is loaded when it is first asked for: the wiki itself never asks."""
    from wiki.rendering.markdown import render

    return render(source, language=language)


def _prepare() -> None:
    """Runs once in each new worker: limits, and an end when the parent ends."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler would wait for the interpreter
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_follow_parent, daemon=True).start()
    _render("Warm *up*.")


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        signal.raise_signal(signal.SIGKILL)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble has no annotation
    pool.join()
