"""What attribution adds to a real save: state loaded from the database and written to it.

Two wikis get the same edits, one with attribution and one without; what the first takes longer is
what attribution costs. Each save has a session of its own, as a request has. CPU time and time by
the clock are both told: the commit of the state's pages is in the second only.
"""

import os
import random
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, event, select, text
from sqlalchemy.orm import Session, sessionmaker

from bench.attribution_engines import rows
from bench.figures import median, percentile, shown, table
from bench.site import ADMIN, empty
from bench.texts import Writer
from wiki.accounts.models import User
from wiki.attribution.service import Recorder, record
from wiki.db import begin_writing, make_engine, session_factory
from wiki.pages.models import Page
from wiki.pages.service import NewRevision, append_revision, create_page

WORDS = 10_000
SAVES = 100  # edits of each page
LONG = "wp-anarchism-full"
FEW = 100  # revisions of a page with the same text as the long one
Edit = Callable[[str], str]


@dataclass
class Wiki:
    """A wiki with one account, and what its saves took: CPU and clock in ms, bytes of state."""

    engine: Engine
    sessions: sessionmaker[Session]
    user_id: int
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    state: list[int] = field(default_factory=list)


@contextmanager
def _wiki(folder: Path) -> Iterator[Wiki]:
    site = empty(folder)
    engine = make_engine(site.settings.url)
    sessions = session_factory(engine)
    with sessions() as session:
        user_id = session.scalars(select(User.id).where(User.name == ADMIN)).one()
    wiki = Wiki(engine, sessions, user_id)
    event.listen(engine, "before_cursor_execute", _counting(wiki))
    try:
        yield wiki
    finally:
        engine.dispose()


def _counting(wiki: Wiki) -> Callable[..., None]:
    """Adds up the bytes that a save writes to the tables of attribution."""

    def count(
        connection: Connection, cursor: object, statement: str, values: object, *rest: object
    ) -> None:
        if statement.startswith(("INSERT INTO attribution", "UPDATE attribution")) and wiki.state:
            given = values.values() if isinstance(values, dict) else values
            if isinstance(given, Iterable):
                wiki.state[-1] += sum(
                    len(each) for each in given if isinstance(each, (bytes, memoryview))
                )

    return count


@dataclass
class Pages:
    """The same page in a wiki with attribution and in one without, and its next edit."""

    name: str
    one: Wiki
    other: Wiki
    head: str
    change: Edit

    def save(self) -> None:
        """Save the next edit in both."""
        self.head = self.change(self.head)
        _save(self.one, self.head, attributed=True)
        _save(self.other, self.head, attributed=False)


def measure(real: Path, place: Path) -> None:
    """Print what a save costs on a page of 10,000 words and on one of 15,180 revisions.

    The pages are saved in turns: whatever else the machine does weighs on all of them alike.
    """
    history = real / f"{LONG}.jsonl.xz"
    total = sum(1 for _ in rows(history))
    last = (row["text"] for row in islice(rows(history), total - FEW, None))
    whole = (row["text"] for row in rows(history))
    with ExitStack() as wikis:
        pages = [
            _pages(wikis, place / folder, name, texts, change)
            for folder, name, texts, change in (
                ("words", "10,000 words", [Writer(5).page(WORDS, [])], Writer(7).changed),
                ("few", f"the last {FEW} revisions of it", last, _edits()),
                ("many", f"{total:,} revisions", whole, _edits()),
            )
        ]
        for _ in range(SAVES):
            for each in pages:
                each.save()
        lines = [[each.name, *_added(each.one, each.other), *_stored(each.one)] for each in pages]
    print("\n== a save from the database, with attribution against without")
    head = ("page", "added CPU p50, ms", "p95", "added clock p50", "p95", "state written p95, kB")
    print(table((*head, "span bytes a rev", "state, kB", "allowed"), lines))
    few, many = (float(line[1]) for line in lines[1:])
    print(f"{total:,} revisions against {FEW}: {100 * (many / few - 1):+.0f} % CPU in the median")
    print(_memory(place / "many" / "with"))
    print(_space(real, place / "real"))


def _pages(wikis: ExitStack, folder: Path, name: str, texts: Iterable[str], change: Edit) -> Pages:
    folder.mkdir()
    one, other = (wikis.enter_context(_wiki(folder / each)) for each in ("with", "without"))
    for wiki in (one, other):
        with wiki.sessions() as session:
            create_page(session, slug="page", title="Page", now=datetime.now(UTC))
            session.commit()
    return Pages(name, one, other, _imported(one, other, texts), change)


def _imported(one: Wiki, other: Wiki | None, texts: Iterable[str]) -> str:
    """Import into both wikis, into the first with attribution; the newest text."""
    head = ""
    with ExitStack() as open_sessions:
        session = open_sessions.enter_context(one.sessions())
        bare = open_sessions.enter_context(other.sessions()) if other else None
        page = session.scalars(select(Page)).one()
        recorder = Recorder(session, page.id)
        for head in texts:
            revision = append_revision(session, page, _new(session, one, head))
            recorder.record(revision.number, head)
            if bare is not None and other is not None:
                append_revision(bare, bare.scalars(select(Page)).one(), _new(bare, other, head))
            if revision.number % 200 == 0:
                recorder.flush()
                session.commit()
                if bare is not None:
                    bare.commit()
        recorder.flush()
        session.commit()
        if bare is not None:
            bare.commit()
    return head


def _new(session: Session, wiki: Wiki, source: str) -> NewRevision:
    author = session.get_one(User, wiki.user_id)
    return NewRevision(text=source, author=author, saved_at=datetime.now(UTC))


def _save(wiki: Wiki, source: str, *, attributed: bool) -> None:
    wiki.state.append(0)
    cpu, clock = time.process_time(), time.perf_counter()
    with wiki.sessions() as session:
        begin_writing(session)
        page = session.scalars(select(Page)).one()
        revision = append_revision(session, page, _new(session, wiki, source))
        if attributed:
            record(session, page_id=page.id, number=revision.number, text=source)
        session.commit()
    wiki.cpu.append(1000 * (time.process_time() - cpu))
    wiki.clock.append(1000 * (time.perf_counter() - clock))


def _added(one: Wiki, other: Wiki) -> list[str]:
    cells = []
    for mine, theirs in ((one.cpu, other.cpu), (one.clock, other.clock)):
        added = [with_it - without for with_it, without in zip(mine, theirs, strict=True)]
        cells += [f"{median(added):.2f}", f"{percentile(added, 95):.2f}"]
    return [*cells, shown(percentile(one.state, 95) / 1000)]


def _stored(wiki: Wiki) -> list[str]:
    """Bytes of spans a revision, the page's state, and half its texts and 64 kB."""
    with wiki.engine.connect() as connection:
        spans, state, texts, revisions = _sizes(connection)
    return [shown(spans / revisions), shown(state / 1000), shown((texts / 2 + 64_000) / 1000)]


def _sizes(connection: Connection) -> tuple[int, int, int, int]:
    asked = (
        "SELECT sum(length(body)) FROM attribution",
        "SELECT sum(length(body)) FROM attribution_state",
        "SELECT sum(length(body)) FROM text",
        "SELECT count(*) FROM revision",
    )
    first, second, third, fourth = (connection.scalar(text(each)) or 0 for each in asked)
    return first, second, third, fourth


def _edits() -> Edit:
    """Small edits of wiki text: a word replaced, put in or taken out, a sentence added."""
    chance = random.Random(11)

    def change(source: str) -> str:
        words = source.split(" ")
        at = chance.randrange(len(words))
        kind = chance.randrange(4)
        if kind == 0:
            words[at] = chance.choice(words)
        elif kind == 1:
            words.insert(at, chance.choice(words))
        elif kind == 2:
            del words[at : at + chance.randrange(1, 6)]
        else:
            words.insert(at, " ".join(chance.choices(words, k=12)) + ".")
        return " ".join(words)

    return change


def _memory(folder: Path) -> str:
    """Peak memory of one save in a process that has saved nothing before."""
    code = "from bench.attribution_saves import one_save; one_save()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "WIKI_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def one_save() -> None:
    """Save once in the wiki of WIKI_DATA; print what the memory of the process grew to."""
    engine = make_engine(f"sqlite:///{Path(os.environ['WIKI_DATA']) / 'wiki.db'}")
    sessions = session_factory(engine)
    with sessions() as session:
        user_id = session.scalars(select(User.id).where(User.name == ADMIN)).one()
        page = session.scalars(select(Page)).one()
        from wiki.pages.service import text_of

        source = text_of(session, page, page.head_number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    _save(Wiki(engine, sessions, user_id), _edits()(source), attributed=True)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    traced = tracemalloc.get_traced_memory()[1] / 1e6
    grown = (after - before) / 1000
    print(f"peak memory of a save: {traced:.1f} MB of objects, the process grew by {grown:.1f} MB")


def _space(real: Path, folder: Path) -> str:
    """Spans of all real histories but the longest."""
    spans = revisions = 0
    folder.mkdir()
    for history in sorted(real.glob("*.jsonl.xz")):
        if LONG in history.name:
            continue
        with _wiki(folder / history.name.split(".")[0]) as wiki:
            with wiki.sessions() as session:
                create_page(session, slug="page", title="Page", now=datetime.now(UTC))
                session.commit()
            _imported(wiki, None, (row["text"] for row in rows(history)))
            with wiki.engine.connect() as connection:
                found = _sizes(connection)
        spans += found[0]
        revisions += found[3]
    return f"spans pooled over {revisions:,} real revisions: {spans / revisions:.1f} bytes each"
