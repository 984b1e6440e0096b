"""The loop that does the jobs, in a process of its own."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from wiki.db import writing
from wiki.outbox.service import Work, done, failed, take, waiting

POLL = 0.4  # seconds between two looks at an empty queue: what is saved meanwhile is done together
BATCH = 50  # subjects a handler gets at once
IDLE = 5.0  # seconds between two calls of `idle`
PATIENCE = 5.0  # seconds to wait when the database does not answer

Factory = sessionmaker[Session]
Handler = Callable[[Factory, Sequence[int]], None]  # opens and commits its own sessions

log = logging.getLogger(__name__)


def run(
    factory: Factory,
    handlers: Mapping[str, Handler],
    stop: threading.Event | None = None,
    poll: float = POLL,
    *,
    stop_with_parent: bool = False,
    idle: Callable[[Factory], None] | None = None,
) -> None:
    """Do jobs of the kinds in `handlers` until `stop` is set, SIGTERM, or the parent's end.

    SIGTERM ends the process at once, in the middle of anything: every lease runs out and every
    handler can be repeated. `idle` is called while there is nothing to do, every 5 s at most.
    """
    stop = stop or threading.Event()
    if stop_with_parent:
        follow_parent()
    asked = 0.0
    try:
        while not stop.is_set():
            try:
                if work_once(factory, handlers):
                    continue
                if idle is not None and time.monotonic() - asked > IDLE:
                    asked = time.monotonic()
                    idle(factory)
            except (SQLAlchemyError, OSError):
                log.exception("The worker could not reach what it needs; it goes on trying.")
                stop.wait(PATIENCE)
            stop.wait(poll)
    except KeyboardInterrupt:
        return


def follow_parent() -> None:
    """End with the process that started this one, and leave Ctrl-C on the terminal to it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, name="parent", daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


def work_once(factory: Factory, handlers: Mapping[str, Handler]) -> int:
    """Take what waits and do it; the number of subjects taken. A failure is kept with its job."""
    now = datetime.now(UTC)
    with factory() as session:
        if not waiting(session, handlers.keys(), now):
            return 0
    with writing(factory) as session:
        taken = take(session, handlers.keys(), now, limit=BATCH)
    for batch in batches(taken):
        _do(factory, handlers[batch[0].kind], batch)
    return len(taken)


def batches(taken: Sequence[Work]) -> list[list[Work]]:
    """One batch a kind; what has failed before goes alone, so that it fails nobody else."""
    together: dict[str, list[Work]] = {}
    for piece in taken:
        if not piece.tries:
            together.setdefault(piece.kind, []).append(piece)
    return [*together.values(), *([piece] for piece in taken if piece.tries)]


def _do(factory: Factory, handler: Handler, batch: Sequence[Work]) -> None:
    try:
        handler(factory, [piece.subject for piece in batch])
    except Exception as problem:
        log.exception("Work on %s failed; it will be tried again.", batch[0].kind)
        with writing(factory) as session:
            failed(session, batch, f"{type(problem).__name__}: {problem}", datetime.now(UTC))
        return
    with writing(factory) as session:
        done(session, batch)
