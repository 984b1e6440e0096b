"""`wiki demo`: a wiki with real pages, an account of each role, and a check that it answers."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from wiki.accounts.queries import accounts, find_user
from wiki.accounts.service import create_account, set_password
from wiki.db import session_factory, writing
from wiki.errors import SetupError
from wiki.exchange.commands import EDITORS, bring_in_folder, bring_in_history, folder_actor
from wiki.exchange.history import examine
from wiki.operations.demo_case import SLUG, bring_case
from wiki.pages.queries import find_page
from wiki.paths import resource
from wiki.policy import ROLES
from wiki.rendering.worker import Renderer
from wiki.saving.bulk import Target
from wiki.saving.service import Means
from wiki.settings import Settings
from wiki.setup import is_there, make_folder, opened, prepare

MARK = "demo"  # the file that tells a demo's data folder from a real wiki's
PREFIX = "demo-"  # of the names of its accounts
PATIENCE = 40  # half seconds that a probe may take to answer as it should
HISTORY = "ossu-cs"  # a page with 381 revisions by 91 authors


def refuse_real_wiki(settings: Settings) -> None:
    """SetupError if the folder or the database is not a demonstration's; nothing is written."""
    folder = settings.data
    real = any((folder / name).exists() for name in ("secret.key", "wiki.db"))
    if (real and not (folder / MARK).exists()) or _has_real_accounts(settings):
        raise SetupError(
            "%(path)s holds a wiki of its own. Give the demo another folder, as in "
            "WIKI_DATA=demo-data, and no WIKI_DATABASE_URL.",
            {"path": "The database" if settings.database_url else folder},
        )


def _has_real_accounts(settings: Settings) -> bool:
    if not is_there(settings):
        return False
    with opened(settings) as factory, factory() as session:
        names = {user.name for user in accounts(session)}
    return bool(names) and f"{PREFIX}admin" not in names


def build(settings: Settings) -> list[tuple[str, str]]:
    """Fill the data folder, or complete what is there; returns (name, password) of each role.

    SetupError in a folder that holds a wiki of its own. Passwords are new each time.
    """
    refuse_real_wiki(settings)
    make_folder(settings)
    (settings.data / MARK).touch()
    engine = prepare(settings)
    try:
        people = _accounts(engine)
        bring_in_folder(session_factory(engine), settings, resource("content") / "pages")
        _bring_case(engine, settings)
        _bring_history(engine, settings)
    finally:
        engine.dispose()
    return people


def _accounts(engine: Engine) -> list[tuple[str, str]]:
    made = []
    with writing(session_factory(engine)) as session:
        for role in ROLES:
            name, password = f"{PREFIX}{role}", secrets.token_urlsafe(9)
            now = datetime.now(UTC)
            user = find_user(session, name)
            if user is None:
                create_account(session, name=name, password=password, role=role, now=now)
            else:
                set_password(session, user, password, now=now)
            made.append((name, password))
    return made


def _bring_case(engine: Engine, settings: Settings) -> None:
    renderer = Renderer(workers=1, seconds=settings.render_seconds)
    try:
        with session_factory(engine)() as session:
            by = folder_actor(session, EDITORS, f"{PREFIX}admin")
            means = Means(renderer, settings.max_page_bytes)
            bring_case(session, by=by, means=means, now=datetime.now(UTC))
            session.commit()
    finally:
        renderer.close()


def _bring_history(engine: Engine, settings: Settings) -> None:
    path = resource("content") / "demo" / f"{HISTORY}.jsonl.xz"
    factory = session_factory(engine)
    with factory() as session:
        page = find_page(session, HISTORY)
        if page is not None and page.state == "public":
            return
    report = deque(examine(path), maxlen=1).pop()
    target = Target(
        slug=HISTORY,
        title="OSSU Computer Science",
        licence="MIT",
        source="https://github.com/ossu/computer-science (MIT); authors under pseudonyms",
    )
    bring_in_history(factory, settings, path, target, revisions=report.revisions)


_web = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # 127.0.0.1: no proxy


@dataclass(frozen=True)
class Probe:
    """An address the demo asks itself for, and what the answer must hold."""

    name: str
    path: str
    holds: str


PROBES = (
    Probe("home page", "/", "Polyphony"),
    Probe("a page", "/w/inbloom", "<h1"),
    Probe("its history", f"/w/{HISTORY}/history", "381"),
    Probe("its attribution", f"/w/{HISTORY}/voices", "%"),
    Probe("a case with voices", f"/w/{SLUG}", "<bdi>Lark</bdi>"),
    Probe("a silent partner", f"/w/{SLUG}", "by telephone"),
    Probe("a search", "/search?q=privacy", "<mark>"),
)


def check(settings: Settings) -> list[str]:
    """Start the wiki on a free port, ask it for each thing, stop it; what failed, in sentences."""
    command = [sys.executable, "-m", "wiki", "serve", "--port", "0"]
    environment = _environment(settings)
    with subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
        command, stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None  # noqa: S101  # PIPE was asked for: tells the type checker
        found = re.search(r"http://\S+", server.stdout.readline())
        if found is None:
            return ["the server did not start"]
        try:
            return _ask(found[0].rstrip("/"))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)


def _ask(base: str) -> list[str]:
    failed, home = [], ""
    for probe in PROBES:
        status, body = _patiently(base, probe)
        home = home or body
        if status != 200 or probe.holds not in body:
            failed.append(f"{probe.name} ({probe.path}) answered {status}")
        else:
            click.echo(f"ok: {probe.name}")
    sheet = re.search(r'href="(/static/[^"]+\.css[^"]*)"', home)
    if sheet is None or _fetch(base + sheet[1])[0] != 200:
        failed.append("the home page has no stylesheet that can be fetched")
    else:
        click.echo("ok: a stylesheet")
    return failed


def _patiently(base: str, probe: Probe) -> tuple[int, str]:
    """The answer, asked for again for a while: a new wiki's worker is still making its index."""
    status, body = _fetch(base + probe.path)
    for _ in range(PATIENCE):
        if status == 200 and probe.holds in body:
            break
        time.sleep(0.5)
        status, body = _fetch(base + probe.path)
    return status, body


def _fetch(address: str) -> tuple[int, str]:
    try:
        with _web.open(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, ""
    except OSError as problem:
        return 0, str(problem)


def _environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "WIKI_DATA": str(Path(settings.data).absolute()),
        "WIKI_DATABASE_URL": settings.database_url,
    }
