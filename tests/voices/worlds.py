"""Wikis in which the same happens but for a secret, and all that each gives away."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.cases.examples import case_text
from tests.clock import DAY, NOON
from tests.journeys.browser import Person
from tests.journeys.test_voices import give
from tests.voices.outputs import unpacked
from tests.voices.routes import addresses
from wiki.db import writing
from wiki.operations.work import redact, take_figures
from wiki.outbox.worker import work_once
from wiki.pages.models import Page
from wiki.saving.redaction import JOB
from wiki.search.upkeep import handlers

# Told anew with every answer, and nothing to do with what is in it; a hash, and a length, of what
# is compared itself.
OF_EVERY_ANSWER = frozenset({"Date", "ETag", "Content-Length"})
CHANCE = (  # what differs between two runs of the same acts
    (re.compile(r"T\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00|Z)?|\b\d\d?:\d\d\b"), "TIME"),
    (re.compile(r'(name="csrf_token" value=|(?:session|form)=)"?[^";]+'), r"\1TOKEN"),
    (re.compile(r"\bd-[0-9A-Za-z_-]{10,}"), "d-ID"),
    (re.compile(r"to decision [0-9A-Za-z_-]{10,}"), "to decision ID"),
)
NewApp = Callable[[], Flask]


@dataclass(frozen=True)
class Answer:
    """What an address answered: all of it, whether there is an hour in it, and the same without
    chance."""

    raw: bytes
    timed: bool
    tags: tuple[str | None, ...]  # ETag and Content-Length
    lines: tuple[str, ...]


@dataclass
class World:
    """One wiki with its people, by name."""

    app: Flask
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str, role: str = "editor") -> Person:
        if name not in self.people:
            self.people[name] = Person(self.app, name, role=role)
        return self.people[name]

    def case(self, by: str, slug: str, **fields: Any) -> None:
        answer = self.person(by).write(slug, case_text(**fields), title=slug.capitalize())
        assert answer.status_code == 303, answer.text

    def edit(self, by: str, slug: str, words: str, **typed: str) -> None:
        text = self.person(by).open(f"/w/{slug}/raw").text
        saved = self.person(by).write(slug, f"{text}\n{words}\n", **typed)
        assert saved.status_code == 303, saved.text

    def give(self, by: str, slug: str, **changed: Any) -> str:
        return give(self.person(by), f"/w/{slug}", **changed)

    def take_back(self, receipt: str) -> None:
        answer = Person(self.app).fill("/take-back", "code", code=receipt)
        assert answer.status_code == 200, answer.text

    def settle(self) -> None:
        """What workers do, is done."""
        factory, index = self.app.extensions["sessions"], self.app.extensions["search"]
        while work_once(factory, {**handlers(index), JOB: redact}):
            pass

    def next_day(self) -> None:
        """The figures that were taken today were taken yesterday, and the worker comes round."""
        factory = self.app.extensions["sessions"]
        with writing(factory) as session:
            pages = session.scalars(select(Page).where(Page.figured_on.is_not(None))).all()
            assert pages
            for page in pages:
                page.figured_on = (page.figured_on or NOON) - DAY
            numbers = [page.id for page in pages]
        take_figures(factory, numbers)

    def newest(self) -> dict[str, int]:
        """The public pages and the number of their newest revision."""
        with self.app.extensions["sessions"]() as session:
            rows = session.execute(select(Page.slug, Page.head_number).order_by(Page.slug)).all()
        return {slug: number for slug, number in rows}

    def told(self, who: Person, under: str = "/") -> dict[str, Answer]:
        """What every address answers somebody, errors included."""
        names = [name for name in self.people if name]
        return {
            address: _answer(who, address)
            for address in addresses(self.app, self.newest(), names, under=under)
        }


def _answer(who: Person, address: str) -> Answer:
    answer = who.client.get(address)
    text = answer.data.decode("utf-8", "replace")
    if answer.mimetype == "application/zip":
        text = "\n".join(f"{name}:\n{held}" for name, held in unpacked(answer.data).items())
    said = [f"{name}: {value}" for name, value in answer.headers if name not in OF_EVERY_ANSWER]
    lines = "\n".join([str(answer.status_code), *sorted(said), text])
    timed = bool(CHANCE[0][0].search(lines))
    for pattern, instead in CHANCE:
        lines = pattern.sub(instead, lines)
    tags = tuple(answer.headers.get(name) for name in ("ETag", "Content-Length"))
    return Answer(answer.data, timed, tags, tuple(lines.splitlines()))


def differing(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """The lines in which two worlds differ, each with its address; a tag that differs though the
    answers are the same in every byte."""
    found = []
    for address in sorted({*one, *other}):
        here, there = one.get(address), other.get(address)
        if here is None or there is None:
            found.append(f"{address} is there in one world only")
            continue
        lines: Sequence[str] = list(unified_diff(here.lines, there.lines, n=0))
        found += [f"{address} {line}" for line in lines[2:] if line[0] in "-+"]
        if here.raw == there.raw and here.tags != there.tags:
            found.append(f"{address} {here.tags} {there.tags}")
    return found
