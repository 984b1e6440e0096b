"""Rendering in processes: limits hold, nothing escapes, nobody is left behind."""

import json
import os
import select
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from wiki.rendering import worker
from wiki.rendering.worker import InlineRenderer, Renderer

SECONDS = 2.0  # for the page, all told
SLOW = "| a " * 60_000 + "\n" + "|---" * 60_000  # many seconds for the parser


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(seconds=SECONDS - 0.5)
    renderer.render("Start.")
    yield renderer
    renderer.close()


def test_both_renderers_give_the_same_page(renderer):
    source = "# A\n\nSee [[B]] and *c*.[^1]\n\n[^1]: Note.\n"

    assert renderer.render(source) == InlineRenderer().render(source)


def test_a_text_that_takes_too_long_comes_back_as_its_source_and_the_next_one_renders():
    with Closing(seconds=0.5) as renderer:
        renderer.render("Start.")
        started = time.monotonic()
        rendered = renderer.render(SLOW)
        assert time.monotonic() - started < SECONDS
        following = renderer.render("*a*")

    assert rendered.failed
    assert rendered.html.startswith('<pre class="source-fallback"')
    assert following.html == "<p><em>a</em></p>"


def test_a_slow_text_does_not_keep_others_waiting():
    with Closing(workers=2, seconds=1.0) as renderer:
        renderer.render("Start.")
        with ThreadPoolExecutor(2) as pool:
            slow = pool.submit(renderer.render, SLOW)
            quick = pool.submit(renderer.render, "*a*")

            assert not quick.result().failed
            assert not slow.done()


def test_two_threads_render_at_the_same_time(renderer):
    sources = [f"Text *{number}*." for number in range(40)]

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(renderer.render, sources))

    assert [page.html for page in pages] == [
        f"<p>Text <em>{number}</em>.</p>" for number in range(40)
    ]


def test_workers_outlive_the_thread_that_started_them():
    with Closing() as renderer:
        thread = threading.Thread(target=renderer.render, args=("a",))
        thread.start()
        thread.join()

        assert not renderer.render("b").failed


def test_a_source_over_the_limit_is_not_parsed():
    with Closing(max_bytes=10) as renderer:
        assert renderer.render("x" * 11).failed
        assert renderer._pool is None


def test_an_output_over_the_limit_is_not_kept():
    assert InlineRenderer(max_output=20).render("*a* *b* *c* *d*").failed


def test_a_closed_renderer_gives_the_source():
    renderer = Renderer()
    renderer.close()

    assert renderer.render("*a*").failed


def test_every_hostile_document_comes_back_in_time(renderer, material):
    folder = material / "material" / "dos" / "generated"

    for line in (folder / "cases.jsonl").read_text("utf8").splitlines():
        name = json.loads(line)["name"]
        source = (folder / f"{name}.md").read_bytes().decode("utf8", "surrogateescape")
        started = time.monotonic()
        rendered = renderer.render(source)
        assert time.monotonic() - started < SECONDS, name
        assert len(rendered.html) <= 60 * len(source), name


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = folder / "program.py"
    program.write_text(code)
    root = str(Path(worker.__file__).parents[2])
    paths = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_worker_imports_neither_flask_nor_sqlalchemy_though_its_parent_does(tmp_path):
    done = _run(
        """
import sys
import flask, sqlalchemy
from wiki.rendering.worker import Renderer
if __name__ == "__main__":
    renderer = Renderer(workers=1)
    renderer.render("a")
    [worker] = renderer._pool._pool_manager.worker_manager.workers
    maps = open(f"/proc/{worker}/maps").read()
    print("sqlalchemy" in maps, "program" in open(f"/proc/{worker}/cmdline").read())
    future = renderer._running_pool().schedule(sorted, args=(("b", "a"),))
    print(future.result())
    loaded = renderer._running_pool().schedule(eval, args=("sorted(__import__('sys').modules)",))
    print([name for name in loaded.result() if name in ("flask", "sqlalchemy", "werkzeug")])
    renderer.close()
""",
        tmp_path,
    )

    assert done.stdout.splitlines() == ["False False", "['a', 'b']", "[]"], done.stderr


def test_workers_end_when_their_parent_is_killed(tmp_path):
    done = _run(
        """
import os, signal
from wiki.rendering.worker import Renderer
if __name__ == "__main__":
    renderer = Renderer(workers=2)
    renderer.render("a")
    print(*renderer._pool._pool_manager.worker_manager.workers, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
""",
        tmp_path,
    )
    workers = [int(pid) for pid in done.stdout.split()]

    assert len(workers) == 2
    assert all(_ends(pid, seconds=5.0) for pid in workers)


def _ends(pid: int, *, seconds: float) -> bool:
    """Wait for the end of a process that is not our child."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], seconds)[0])
    finally:
        os.close(process)


class Closing:
    """A renderer that is closed at the end of a `with`."""

    def __init__(self, workers: int = 1, **limits: Any) -> None:
        self.renderer = Renderer(workers, **limits)

    def __enter__(self) -> Renderer:
        return self.renderer

    def __exit__(self, *_: object) -> None:
        self.renderer.close()


def test_a_process_that_only_asks_workers_to_render_never_loads_the_parser():
    loads = (
        "import sys, wiki.app\n"
        "sys.exit(not {'markdown', 'bleach', 'nh3'}.isdisjoint(sys.modules))\n"
    )

    done = subprocess.run([sys.executable, "-c", loads], timeout=60)

    assert done.returncode == 0
