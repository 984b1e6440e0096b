"""The save of a page of 10,000 words, against the same save without attribution and rendering."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bench.figures import Figure, median, percentile
from bench.processes import cpu_seconds
from bench.site import ADMIN, empty
from bench.texts import Writer
from bench.workshop import Workshop
from wiki.accounts.models import User
from wiki.db import begin_writing, make_engine, session_factory
from wiki.pages.models import Page
from wiki.pages.service import NewRevision, append_revision
from wiki.policy import Viewer
from wiki.rendering.worker import Renderer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.settings import Settings

WORDS = 10_000
LIMIT = 1_000_000  # bytes of a page

Save = Callable[[Session, str, int], object]


def measure(workshop: Workshop) -> list[Figure]:
    """Both saves in turn, in this process, on pages of their own with the same texts."""
    count = int(workshop.choose(15, 40))
    site = empty(workshop.place("long"))
    return _measured(site.settings, count)


def _measured(settings: Settings, count: int) -> list[Figure]:
    engine = make_engine(settings.url)
    renderer = Renderer(workers=settings.render_workers, seconds=settings.render_seconds)
    try:
        return _in_turn(session_factory(engine), Means(renderer, LIMIT), count)
    finally:
        renderer.close()
        engine.dispose()


def _in_turn(factory: sessionmaker[Session], means: Means, count: int) -> list[Figure]:
    writer = Writer(5)
    text = writer.page(WORDS, [])
    with factory() as session:
        user = session.scalars(select(User).where(User.name == ADMIN)).one()
        by = Actor(user, Viewer(user.id, user.role, user.name))
        for title in ("Whole", "Bare"):
            new = NewPage(title=title, source=text)
            create(session, new, by=by, means=means, now=datetime.now(UTC))
            session.commit()
    spent: dict[str, list[float]] = {"whole": [], "bare": []}
    cpu: dict[str, float] = {"whole": 0.0, "bare": 0.0}
    saves: dict[str, Save] = {"whole": _whole(by, means), "bare": _bare(user.id)}
    for at in range(count):
        text = writer.changed(text)
        for name, act in saves.items():
            with factory() as session:
                before, began = cpu_seconds(os.getpid()), time.perf_counter()
                act(session, text, at + 1)
                session.commit()
                spent[name].append(1000 * (time.perf_counter() - began))
                cpu[name] += cpu_seconds(os.getpid()) - before
    return _figures(spent, cpu, count)


def _whole(by: Actor, means: Means) -> Save:
    def act(session: Session, text: str, base: int) -> object:
        edit = Edit(slug="whole", base_number=base, source=text)
        return save(session, edit, by=by, means=means, now=datetime.now(UTC))

    return act


def _bare(user_id: int) -> Save:
    """Only what keeps the text: the lock, the revision, the compressed text, the commit."""

    def act(session: Session, text: str, base: int) -> object:
        begin_writing(session)
        page = session.scalars(select(Page).where(Page.slug == "bare")).one()
        author = session.get_one(User, user_id)
        new = NewRevision(text=text, author=author, saved_at=datetime.now(UTC))
        return append_revision(session, page, new)

    return act


def _figures(spent: dict[str, list[float]], cpu: dict[str, float], count: int) -> list[Figure]:
    against = "text only"
    whole, bare = spent["whole"], spent["bare"]
    return [
        Figure(
            "save of 10,000 words, p50", median(whole), "ms", "long_p50", against, median(bare)
        ),
        Figure(
            "save of 10,000 words, p95",
            percentile(whole, 95),
            "ms",
            "long_p95",
            against,
            percentile(bare, 95),
        ),
        Figure(
            "save of 10,000 words, CPU",
            1000 * cpu["whole"] / count,
            "ms",
            "long_cpu",
            against,
            1000 * cpu["bare"] / count,
        ),
    ]
