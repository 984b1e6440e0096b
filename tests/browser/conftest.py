"""Debian's Chromium in front of a wiki that really listens."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.served import PASSWORD, served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
SECONDS = 60  # what a page may take on a busy machine
Visit = Callable[..., Page]


def chromium_path() -> str:
    """The system's browser. Without one the tests fail: they are never skipped."""
    for name in ("/usr/bin/chromium", "/usr/bin/chromium-browser"):
        if found := shutil.which(name):
            return found
    pytest.fail("Browser tests need Chromium: on Debian and Ubuntu install the package chromium.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for this process, to which no name of a host means anything."""
    path = chromium_path()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def wiki(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a wiki with pages and people."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(sqlite_template, folder / "wiki.db")
    with served(folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, wiki: str) -> Iterator[Visit]:
    """Opens a window with its own cookies, signed in as `name` if one is given."""
    with ExitStack() as windows:

        def open_window(
            name: str = "", *, scripts: bool = True, width: int = 1280, **more: Any
        ) -> Page:
            context = browser.new_context(
                base_url=wiki,
                java_script_enabled=scripts,
                viewport={"width": width, "height": 800},
                **more,
            )
            windows.callback(context.close)
            context.set_default_timeout(SECONDS * 1000)
            page = context.new_page()
            if name:
                page.goto("/sign-in")
                page.fill("[name=name]", name)
                page.fill("[name=password]", PASSWORD)
                page.press("[name=password]", "Enter")
                page.wait_for_url(lambda address: "/sign-in" not in address)
            return page

        yield open_window
