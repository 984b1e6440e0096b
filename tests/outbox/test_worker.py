"""The loop: does what waits, survives what fails, ends when told."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from wiki.db import writing
from wiki.outbox.models import Job
from wiki.outbox.service import Work, enqueue
from wiki.outbox.worker import batches, run, work_once

ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN = 5  # seconds; it takes a few milliseconds


def ask(sessions, *subjects, kind="index"):
    with writing(sessions) as session:
        for subject in subjects:
            enqueue(session, kind, subject, datetime.now(UTC))


def left(sessions):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Job))


def test_a_handler_gets_all_subjects_at_once_and_each_only_once(sessions):
    ask(sessions, 1, 2, 1, 3)
    seen = []

    assert work_once(sessions, {"index": lambda _, subjects: seen.append(list(subjects))}) == 3
    assert seen == [[1, 2, 3]]
    assert left(sessions) == 0
    assert work_once(sessions, {"index": lambda _, subjects: seen.append(list(subjects))}) == 0


def test_a_failing_handler_keeps_its_work_and_stops_nobody(sessions):
    ask(sessions, 1, 2)
    ask(sessions, 9, kind="mail")
    seen = []

    def fail(_factory, subjects):
        raise ValueError(f"cannot {subjects}")

    work_once(sessions, {"index": fail, "mail": lambda _, subjects: seen.append(subjects)})

    assert seen == [[9]]
    with sessions() as session:
        assert set(session.scalars(select(Job.problem))) == {"ValueError: cannot [1, 2]"}


def test_what_has_failed_before_goes_alone():
    fresh = [Work("index", n, (n,)) for n in (1, 2)]
    failed = [Work("index", n, (n,), tries=1) for n in (3, 4)]

    assert batches([fresh[0], failed[0], fresh[1], failed[1]]) == [fresh, [failed[0]], [failed[1]]]


def test_the_loop_does_what_comes_and_ends_when_told(sessions):
    stop, came = threading.Event(), threading.Event()
    idle = threading.Event()
    loop = threading.Thread(
        target=run,
        args=(sessions, {"index": lambda *_: came.set()}, stop, 0.01),
        kwargs={"idle": lambda _: idle.set()},
    )
    loop.start()
    ask(sessions, 1)

    assert came.wait(ENDS_WITHIN)
    assert idle.wait(ENDS_WITHIN)
    stop.set()
    loop.join(ENDS_WITHIN)
    assert not loop.is_alive()
    assert left(sessions) == 0


def test_the_loop_outlives_a_database_that_does_not_answer(sessions, monkeypatch):
    stop, came = threading.Event(), threading.Event()
    monkeypatch.setattr("wiki.outbox.worker.PATIENCE", 0.01)
    ask(sessions, 1)
    broken = [True]

    def sometimes():
        if broken:
            broken.pop()
            raise OSError("no connection")
        return sessions()

    loop = threading.Thread(
        target=run, args=(sometimes, {"index": lambda *_: came.set()}, stop, 0.01)
    )
    loop.start()
    assert came.wait(ENDS_WITHIN)
    stop.set()
    loop.join(ENDS_WITHIN)


def work_for_ever(url, ready):
    """A worker process whose handler never comes back."""
    from wiki.db import make_engine, session_factory

    def handle(_factory, _subjects):
        ready.send("in the middle")
        threading.Event().wait()

    run(session_factory(make_engine(url)), {"index": handle}, stop_with_parent=True)


def test_sigterm_ends_the_worker_in_the_middle_of_its_work(sessions, database_url):
    ask(sessions, 1)
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    worker = spawn.Process(target=work_for_ever, args=(database_url, theirs))
    worker.start()
    assert ours.poll(30)
    worker.terminate()
    worker.join(ENDS_WITHIN)

    assert worker.exitcode == -signal.SIGTERM
    assert left(sessions) == 1
    ours.close()
    theirs.close()
    worker.close()


PARENT = """
import multiprocessing, sys
from tests.outbox.test_worker import work_for_ever
if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    worker = spawn.Process(target=work_for_ever, args=(sys.argv[1], theirs))
    worker.start()
    ours.recv()
    print(worker.pid, flush=True)
    worker.join()
"""


def test_the_worker_ends_with_the_process_that_started_it(sessions, database_url, tmp_path):
    ask(sessions, 1)
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script), database_url],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    descriptor = os.pidfd_open(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()

    import select as waiting

    ended, _, _ = waiting.select([descriptor], [], [], ENDS_WITHIN)
    os.close(descriptor)
    assert ended
