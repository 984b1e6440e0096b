"""The worker process: takes jobs from the outbox and does them. The only writer of the index."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from wiki.cases.service import hold_clock
from wiki.db import begin_writing, make_engine, session_factory
from wiki.outbox.worker import run
from wiki.pages.models import Page
from wiki.saving.hearing import reveal
from wiki.saving.redaction import JOB, redact_page
from wiki.search.upkeep import handlers, open_index, watch
from wiki.settings import Settings
from wiki.voices.daily import JOB as FIGURES
from wiki.voices.daily import begin_day
from wiki.voices.invitations import OPENING


def run_worker(settings: Settings, *, stop_with_parent: bool = True) -> None:
    """Do jobs until SIGTERM, or until the process that started it ends."""
    factory = session_factory(make_engine(settings.url))
    index = open_index(settings, factory)
    jobs = {**handlers(index), JOB: redact, OPENING: open_answers, FIGURES: take_figures}
    run(factory, jobs, stop_with_parent=stop_with_parent, idle=watch(index))


def redact(factory: sessionmaker[Session], page_ids: Sequence[int]) -> None:
    """Take out of the database what speakers took back; a commit a page.

    SQLite then gives back the space, so that the file holds nothing of it either. Of PostgreSQL
    its log and its backups may still hold it (docs/operations.md).
    """
    changed = 0
    for page_id in page_ids:
        with factory() as session:
            changed += redact_page(session, page_id, datetime.now(UTC))
            session.commit()
    engine: Engine = factory.kw["bind"]
    if engine.dialect.name == "sqlite":
        _shrink(engine, whole=changed > 0)


def open_answers(factory: sessionmaker[Session], page_ids: Sequence[int]) -> None:
    """Let the replies and ratings of rounds whose moment has come be told; a commit a page."""
    for page_id in page_ids:
        with factory() as session:
            hold_clock(session)
            page, now = session.get(Page, page_id), datetime.now(UTC)
            if page is not None:
                reveal(session, page, now)
            session.commit()


def take_figures(factory: sessionmaker[Session], page_ids: Sequence[int]) -> None:
    """Take the figures of the day for pages that have them by the day; a commit a page."""
    for page_id in page_ids:
        with factory() as session:
            begin_writing(session)
            page = session.get(Page, page_id, with_for_update=True)
            if page is not None:
                begin_day(session, page, datetime.now(UTC))
            session.commit()


def _shrink(engine: Engine, *, whole: bool) -> None:
    """Empty the log of changes; `whole`: also give back the space of rows that went. A row that
    was overwritten leaves nothing in the file (`secure_delete`), but stands in the log."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement in ("VACUUM",) * whole + ("PRAGMA wal_checkpoint(TRUNCATE)",):
            cursor.execute(statement)
        cursor.close()
    finally:
        connection.close()
