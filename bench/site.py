"""A wiki to measure: a temporary data folder with generated pages, and how to serve it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Browser
from bench.serving import Server, running
from bench.texts import pages
from wiki.settings import Settings

ADMIN, PASSWORD = "Ada Bench", "a long enough passphrase"
WORDS = (750, 4_400)  # of a page: 5 to 30 kB
COMMAND_SECONDS = 300


@dataclass(frozen=True)
class Site:
    """A data folder with pages in it; `texts` holds each page's Markdown by its slug."""

    folder: Path
    texts: dict[str, str]

    @property
    def settings(self) -> Settings:
        """As `wiki serve` reads them."""
        return Settings(data=self.folder)

    @property
    def env(self) -> dict[str, str]:
        """The environment in which commands find this wiki and no other."""
        return environment(self.folder)

    @property
    def slugs(self) -> list[str]:
        """Addresses of the generated pages."""
        return list(self.texts)


def environment(folder: Path) -> dict[str, str]:
    """This process's environment without the settings of another wiki.

    Modules are compiled once and kept, as where a wiki is installed.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WIKI_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, "WIKI_DATA": str(folder)}


def command(*words: str) -> list[str]:
    """A `wiki` command."""
    return [sys.executable, "-m", "wiki", *words]


def run(folder: Path, *words: str) -> str:
    """Run a `wiki` command on this data folder; what it printed. RuntimeError if it fails."""
    done = subprocess.run(
        command(*words),
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"wiki {' '.join(words)}: {done.stdout[-500:]}{done.stderr[-2000:]}")
    return done.stdout


def empty(folder: Path) -> Site:
    """A wiki with one account and no pages."""
    run(folder, "init", "--admin", ADMIN, "--password", PASSWORD)
    return Site(folder, {})


def build(folder: Path, number: int) -> Site:
    """A wiki with so many generated pages, imported as a folder of files, and indexed."""
    empty(folder / "data")
    written = folder / "pages"
    written.mkdir()
    texts = {}
    for title, text in pages(number, seed=1, words=WORDS):
        slug = slug_of(title)
        texts[slug] = f"---\ntitle: {title}\n---\n\n{text}"
        (written / f"{slug}.md").write_text(texts[slug], encoding="utf-8")
    run(folder / "data", "import", str(written))
    run(folder / "data", "rebuild", "search")
    return Site(folder / "data", texts)


def slug_of(title: str) -> str:
    """The address of a generated title, which is plain ASCII."""
    return re.sub(r"\W+", "-", title.lower())


@contextmanager
def serving(site: Site) -> Iterator[Server]:
    """`wiki serve` on a free port, at rest."""
    with running(command("serve", "--port", "0"), site.env) as server:
        server.settle()
        yield server


@contextmanager
def signed_in(server: Server) -> Iterator[Browser]:
    """A browser of the first account."""
    browser = Browser(server.port)
    try:
        browser.sign_in(ADMIN, PASSWORD)
        yield browser
    finally:
        browser.close()
