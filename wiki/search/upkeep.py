"""Keeping the index like the pages: after a save, after a loss, and anew."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from wiki.db import writing
from wiki.outbox.service import enqueue
from wiki.outbox.worker import Handler
from wiki.search.documents import all_documents, documents_of, versions
from wiki.search.postgres_index import PostgresIndex
from wiki.search.protocol import IndexUnavailable, Progress, RebuildRunning, SearchIndex
from wiki.search.whoosh_index import WhooshIndex, stem
from wiki.settings import Settings

KIND = "index"  # of the job whose subject is a page
FOLDER = "index"  # in the data folder

Factory = sessionmaker[Session]

log = logging.getLogger(__name__)


def open_index(settings: Settings, factory: Factory) -> SearchIndex:
    """The index of the engine in the settings. Nothing is read or made yet."""
    if settings.engine_of_search == "postgres":
        return PostgresIndex(factory, stem)
    return WhooshIndex(settings.data / FOLDER)


def handlers(index: SearchIndex) -> Mapping[str, Handler]:
    """What the worker does for each kind of job."""

    def work(factory: Factory, page_ids: Sequence[int]) -> None:
        try:
            with factory() as session:
                refresh(session, index, page_ids)
        except IndexUnavailable:
            rebuild(factory, index)

    return {KIND: work}


def refresh(session: Session, index: SearchIndex, page_ids: Sequence[int]) -> None:
    """Put each page in, in place of what was there, or take it out: as it stands now.

    May be repeated. IndexUnavailable if there is no index. Cost: one commit of the index, two if
    pages come and go in one batch; 30 ms with Whoosh.
    """
    documents = documents_of(session, page_ids)
    index.remove(set(page_ids) - {document.page_id for document in documents})
    index.add(documents)


def rebuild(factory: Factory, index: SearchIndex, progress: Progress | None = None) -> int:
    """Make the whole index again from the database; the number of pages.

    The old index answers until the new one is whole; an interruption leaves the old one. Pages
    that change meanwhile are queued once more. RebuildRunning if somebody else does it now.
    """
    with factory() as session:
        done = index.rebuild(all_documents(session), progress)
    queue_differences(factory, index)
    return done


def queue_differences(factory: Factory, index: SearchIndex) -> int:
    """Ask for work on every page that the index holds otherwise than the database; how many."""
    held = index.versions()
    with factory() as session:
        wanted = versions(session)
    pages = held.keys() | wanted.keys()
    different = sorted(page for page in pages if held.get(page) != wanted.get(page))
    if different:
        with writing(factory) as session:
            for page in different:
                enqueue(session, KIND, page, datetime.now(UTC))
    return len(different)


def watch(index: SearchIndex) -> Callable[[Factory], None]:
    """What the worker does while nothing waits: a lost or broken index is made again.

    The first call compares everything, for what a crash or a restored backup may have left; the
    later ones only ask whether the index answers, and tidy it.
    """
    compared = False

    def look(factory: Factory) -> None:
        nonlocal compared
        try:
            if compared:
                index.count()
                index.tidy()
            else:
                queue_differences(factory, index)
            compared = True
        except IndexUnavailable:
            log.warning("There is no search index that can be read; it is made again.")
            try:
                rebuild(factory, index)
            except RebuildRunning:
                log.info("Somebody else is making the search index.")

    return look
