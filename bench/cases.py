"""Finding cases and lessons among many: lists, a theme, a briefing, on both databases.

`python -m bench.cases [--quick]`. In this process, without a network: time and CPU of an answer,
beside those of a stored page, which is one SELECT by its key. No address is asked twice, so that
nothing is measured that was kept. The CPU of PostgreSQL's own processes is not in it.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from bench.figures import Figure, median, percentile, table_of
from bench.made_cases import BEGAN, COUNTRIES, fill
from bench.site import ADMIN, PASSWORD
from bench.workshop import Workshop
from wiki.accounts.service import create_account
from wiki.app import create_app
from wiki.cases.likeness import alike
from wiki.cases.vocabulary import vocabulary
from wiki.db import writing
from wiki.pages.models import Page
from wiki.policy import Viewer
from wiki.postgres import TemporaryPostgres
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Means, NewPage, create
from wiki.settings import Settings
from wiki.setup import prepare

THEME = "technology"
SEED = 11
GOALS = {"browse": 60, "theme": 40, "briefing": 100}  # ms, p95
Ask = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """What answers of one kind cost, in milliseconds."""

    p50: float
    p95: float
    cpu: float  # p50
    cpu_p95: float


def measure(workshop: Workshop) -> list[Figure]:
    """The parts of one run of `make bench`: SQLite, then PostgreSQL."""
    many = (500, 1_500) if workshop.quick else (5_000, 15_000)
    rounds = int(workshop.choose(20, 100))
    figures = _on("SQLite", Settings(data=workshop.place("cases")), many, rounds)
    with TemporaryPostgres() as server:
        settings = Settings(data=workshop.place("cases-pg"), database_url=server.address())
        figures += _on("PostgreSQL", settings, many, rounds)
    return figures


def _on(name: str, settings: Settings, many: tuple[int, int], rounds: int) -> list[Figure]:
    with _wiki(settings, many) as app:
        client = app.test_client()
        client.get("/lessons")  # the index is built once in a process
        stored = _cost(lambda: _get(client, "/w/plain"), 3 * rounds)
        asked = {
            "browse": _each(client, _lists(rounds)),
            "theme": _theme(app, client),
            "briefing": _each(client, _briefings(rounds)),
        }
        what = {
            "browse": "list with five facets and all counts",
            "theme": "page of a theme, made anew",
            "briefing": "briefing",
        }
        figures = []
        for key, ask in asked.items():
            found, of, to = _cost(ask, rounds), f"{what[key]}, {name}", "stored page"
            goal = f"{of}, p95 (goal {GOALS[key]})"
            figures += [
                Figure(f"{of}, p50", found.p50, "ms", "", to, stored.p50),
                Figure(goal, found.p95, "ms", f"{key}_p95", to, stored.p95),
                Figure(f"{of}, CPU, p50", found.cpu, "ms", f"{key}_cpu", to, stored.cpu),
                Figure(f"{of}, CPU, p95", found.cpu_p95, "ms", "", to, stored.cpu_p95),
            ]
        return [*figures, _likeness(app, name, rounds)]


@contextmanager
def _wiki(settings: Settings, many: tuple[int, int]) -> Iterator[Flask]:
    """A wiki with so many cases and lessons, the page of a theme and a plain page."""
    prepare(settings)
    app = create_app(settings, renderer=InlineRenderer())
    with writing(app.extensions["sessions"]) as session:
        fill(session, *many)
    with writing(app.extensions["sessions"]) as session:
        user = create_account(session, name=ADMIN, password=PASSWORD, role="editor", now=BEGAN)
        by = Actor(user, Viewer(user.id, "editor", ADMIN))
        means = Means(app.extensions["renderer"], 1_000_000)
        theme = "---\ntype: theme\n---\n" + "Who chose the tool?\n\n" * 30
        for slug, text in ((THEME, theme), ("plain", "Kites fly.\n\n" * 60)):
            new = NewPage(title=slug.title(), source=text)
            create(session, new, by=by, means=means, now=BEGAN)
    try:
        yield app
    finally:
        app.extensions["sessions"].kw["bind"].dispose()


def _get(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status}")


def _each(client: FlaskClient, addresses: Sequence[str]) -> Ask:
    """Ask for the next of these addresses."""
    rest = iter(addresses)
    return lambda: _get(client, next(rest))


def _theme(app: Flask, client: FlaskClient) -> Ask:
    """The page of a theme after something in it changed: nothing of it is stored or kept."""

    def ask() -> None:
        with writing(app.extensions["sessions"]) as session:
            page = update(Page).where(Page.slug == THEME)
            session.execute(page.values(public_stamp=Page.public_stamp + 1))
        _get(client, f"/w/{THEME}")

    return ask


def _lists(number: int) -> list[str]:
    """Lists narrowed by five facets, in turn of cases and of lessons."""
    chance = random.Random(SEED)
    five = {
        "/cases": ("theme", "partnership_outcome", "stage", "org_type", "country"),
        "/lessons": ("theme", "lesson_kind", "root_cause", "org_type", "country"),
    }
    addresses = []
    for _ in range(number):
        path = chance.choice(list(five))
        said = []
        for words in five[path]:
            values = COUNTRIES if words == "country" else list(vocabulary(words).labels)
            name = "kind" if words == "lesson_kind" else words
            said += [(name, value) for value in chance.sample(values[:6], 3)]
        addresses.append(f"{path}?{urlencode(said)}")
    return addresses


def _briefings(number: int) -> list[str]:
    chance = random.Random(SEED)
    names = ("partnership_type", "stage", "instrument", "earmarking", "org_type")
    return [
        "/begin?"
        + urlencode([(name, chance.choice(list(vocabulary(name).labels))) for name in names])
        for _ in range(number)
    ]


def _likeness(app: Flask, name: str, rounds: int) -> Figure:
    with app.app_context(), app.extensions["sessions"]() as session:
        index = app.extensions["board"].index(session)
        pages = iter(list(index.newest(index.find("case", {})))[:rounds])
        found = _cost(lambda: alike(index, next(pages)), rounds)
    return Figure(f"cases like a case, {name}, CPU", found.cpu, "ms")


def _cost(ask: Ask, rounds: int) -> Cost:
    times, spent = [], []
    for _ in range(rounds):
        began, cpu = time.perf_counter(), time.process_time()
        ask()
        spent.append(1000 * (time.process_time() - cpu))
        times.append(1000 * (time.perf_counter() - began))
    return Cost(median(times), percentile(times, 95), median(spent), percentile(spent, 95))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(prog="bench.cases", description=__doc__.partition("\n")[0])
    asked.add_argument("--quick", action="store_true", help="fewer pages, shorter rounds")
    with Workshop(quick=asked.parse_args().quick) as workshop:
        print(table_of(measure(workshop)))


if __name__ == "__main__":
    main()
