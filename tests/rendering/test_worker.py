"""Rendering in processes: limits hold, nothing escapes, nobody is left behind."""

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wiki.rendering import worker
from wiki.rendering.worker import InlineRenderer, Renderer

SECONDS = 2.0
SLOW = ("<b><p>" * 40_000) + "x"  # minutes for the first sanitiser


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(seconds=SECONDS)
    renderer.render("Start.")
    yield renderer
    renderer.close()


def test_both_renderers_give_the_same_page(renderer):
    source = "# A\n\nSee [[B]] and *c*.[^1]\n\n[^1]: Note.\n"

    assert renderer.render(source) == InlineRenderer().render(source)


def test_a_text_that_takes_too_long_comes_back_as_its_source(renderer):
    started = time.monotonic()
    rendered = renderer.render(SLOW)

    assert rendered.failed
    assert rendered.html.startswith('<pre class="source-fallback"')
    assert time.monotonic() - started < SECONDS + 3


def test_after_a_killed_worker_the_next_text_renders(renderer):
    renderer.render(SLOW)

    assert renderer.render("*a*").html == "<p><em>a</em></p>"


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
    assert _all_gone(workers, seconds=5.0)


def _all_gone(pids: list[int], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(_alive(pid) for pid in pids):
            return True
        threading.Event().wait(0.02)
    return False


def _alive(pid: int) -> bool:
    try:
        return "Z (zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


class Closing:
    """A renderer that is closed at the end of a `with`."""

    def __init__(self, **limits: int) -> None:
        self.renderer = Renderer(workers=1, **limits)

    def __enter__(self) -> Renderer:
        return self.renderer

    def __exit__(self, *_: object) -> None:
        self.renderer.close()
