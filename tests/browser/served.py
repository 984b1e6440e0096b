"""A wiki that really listens, with a few pages and an account of each role."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import waitress
from flask import Flask
from waitress import wasyncore

from tests.clock import MINUTE, NOON
from wiki.accounts.service import create_account
from wiki.app import create_app
from wiki.db import writing
from wiki.policy import ROLES, Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.settings import Settings

PASSWORD = "three kites over water"
FIRST = "The funder chose the tool alone, and the clinic was told in April."
SECOND = "The clinic had asked for a nurse, and nobody wrote that down."
TABLE = (
    "| " + " | ".join(f"Heading number {n}" for n in range(9)) + " |\n"
    "|" + "---|" * 9 + "\n"
    "| " + " | ".join(f"https://example.org/a/long/address/{n}" for n in range(9)) + " |\n"
)
LONG = f"## What was counted\n\n{TABLE}\n`{'x' * 90}`\n\n{'Donaudampfschiff' * 12}\n"
PAGES = {"the-tool": FIRST + "\n", "the-count": LONG, "the-end": FIRST + "\n"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a wiki on the database in `folder`; it ends with the block."""
    app = create_app(Settings(data=folder), renderer=InlineRenderer())
    _fill(app)
    connections: dict[int, object] = {}
    server = waitress.create_server(app, map=connections, host="127.0.0.1", port=0, threads=4)
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            wasyncore.loop(timeout=0.1, map=connections, count=1)

    thread = threading.Thread(target=answer, name="wiki", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(connections)
        app.extensions["search"].close()
        app.extensions["sessions"].kw["bind"].dispose()


def _fill(app: Flask) -> None:
    """Pages by a first author, with a second author's paragraph; one account for each role."""
    means = Means(app.extensions["renderer"], 1_000_000)
    with writing(app.extensions["sessions"]) as session:
        for role in ROLES:
            name = role.capitalize()
            create_account(session, name=name, password=PASSWORD, role=role, now=NOON)
        people = []
        for name in ("Ada", "Bo"):
            user = create_account(session, name=name, password=PASSWORD, role="editor", now=NOON)
            people.append(Actor(user, Viewer(user.id, "editor", name)))
        ada, bo = people
        for minutes, (slug, text) in enumerate(PAGES.items()):
            at = NOON + timedelta(minutes=minutes)
            title = slug.replace("-", " ").capitalize()
            create(session, NewPage(title=title, source=text), by=ada, means=means, now=at)
            edit = Edit(slug=slug, base_number=1, source=f"{text}\n{SECOND}\n")
            save(session, edit, by=bo, means=means, now=at + MINUTE)
