"""`wiki rebuild attribution`: every page's revisions attributed anew, on all cores.

A page is worked on beside its old rows and replaces them in one short transaction. What is done is
noted with it: interrupted, the next run goes on after it.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing import get_context

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from wiki.attribution.models import AttributionRebuild
from wiki.attribution.service import Redrafting
from wiki.db import begin_writing, make_engine, session_factory
from wiki.pages.models import Page
from wiki.pages.service import bump
from wiki.settings import Settings

Sessions = sessionmaker[Session]
Progress = Callable[[int, int], None]  # called with revisions done and revisions in all
WORTH = 500  # revisions from which on starting processes pays


def rebuild_attribution(
    factory: Sessions, settings: Settings, progress: Progress, processes: int | None = None
) -> None:
    """Attribute every page's revisions anew, the longest histories first; a commit a page.

    What is there stays in force until a page is done. `processes`: as many as there are cores if
    None, and none beside this one for a small wiki.
    """
    with factory() as session:
        done = set(session.scalars(select(AttributionRebuild.page_id)))
        found = session.execute(select(Page.id, Page.head_number).where(Page.head_number > 0))
        pages = {page_id: revisions for page_id, revisions in found}
    waiting = sorted(pages.keys() - done, key=lambda page_id: (-pages[page_id], page_id))
    total = sum(pages.values())
    finished = total - sum(pages[page_id] for page_id in waiting)
    if processes is None:
        processes = (os.cpu_count() or 1) if total - finished >= WORTH else 1
    for page_id in _worked(factory, settings.url, waiting, processes):
        finished += pages[page_id]
        progress(finished, total)
    with factory() as session:
        begin_writing(session)
        session.execute(delete(AttributionRebuild))
        session.commit()


def _worked(factory: Sessions, url: str, waiting: list[int], processes: int) -> Iterator[int]:
    """The pages, each when it is done."""
    if processes == 1:
        for page_id in waiting:
            attribute_page(factory, page_id)
            yield page_id
        return
    context = get_context("spawn")  # never fork: the parent has threads and connections
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        running = {pool.submit(_attribute_apart, url, page_id): page_id for page_id in waiting}
        try:
            while running:
                ready, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ready:
                    future.result()
                    yield running.pop(future)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _attribute_apart(url: str, page_id: int) -> None:
    """In a process of its own."""
    engine = make_engine(url)
    try:
        attribute_page(session_factory(engine), page_id)
    finally:
        engine.dispose()


def attribute_page(factory: Sessions, page_id: int) -> None:
    """Attribute one page anew; it is locked only while its rows are replaced."""
    with factory() as session:
        redrafting = Redrafting(session, page_id)
        redrafting.catch_up()
        session.rollback()
        begin_writing(session)
        page = session.get(Page, page_id, with_for_update=True, populate_existing=True)
        if page is None:
            return
        redrafting.catch_up()
        redrafting.write()
        page.figured_words = None  # counted by origins that may be others now
        bump(page)
        session.merge(AttributionRebuild(page_id=page_id))
        session.commit()
