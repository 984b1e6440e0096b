"""`wiki rebuild NAME`: make the copies again from the revisions."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from wiki.cases.service import derive, follow, forget, hold_clock
from wiki.db import begin_writing
from wiki.operations.attributing import rebuild_attribution
from wiki.pages.models import Link, Page, Rendered, StoredPage
from wiki.pages.revisions import revision_row
from wiki.pages.service import bump, set_links, text_of
from wiki.rendering.version import RENDERER_VERSION
from wiki.rendering.worker import Renderer, RendererProtocol
from wiki.saving.checks import accepted_text
from wiki.saving.hearing import heard_now
from wiki.saving.publication import lists_shown, store_rendered
from wiki.search.upkeep import open_index
from wiki.search.upkeep import rebuild as rebuild_index
from wiki.settings import Settings

Sessions = sessionmaker[Session]
Progress = Callable[[int, int], None]  # called with what is done and how much there is


def page_numbers(factory: Sessions) -> list[int]:
    """The row numbers of all pages, drafts and the recycle bin included."""
    with factory() as session:
        return list(session.scalars(select(Page.id).where(Page.head_number > 0).order_by(Page.id)))


def rebuild_rendered(factory: Sessions, settings: Settings, progress: Progress) -> None:
    """Render head and public revision of every page anew, and their links; a commit a page."""
    renderer = Renderer(workers=settings.render_workers, seconds=settings.render_seconds)
    try:
        with factory() as session:
            begin_writing(session)
            session.execute(delete(Rendered).where(Rendered.version != RENDERER_VERSION))
            session.execute(delete(StoredPage))
            session.commit()
        _each(factory, progress, lambda session, page: _render(session, page, renderer))
    finally:
        renderer.close()


def _render(session: Session, page: Page, renderer: RendererProtocol) -> None:
    """Render outside the lock; if somebody saved meanwhile, once more."""
    while (number := _shown(page)) is not None:
        rendered = renderer.render(text_of(session, page, number), language=page.language)
        page = _locked(session, page.id)
        if _shown(page) == number:
            break
    else:
        return
    revision = revision_row(session, page.id, number)
    session.execute(delete(Rendered).where(Rendered.text_id == revision.text_id))
    store_rendered(session, revision.text_id, rendered)
    session.execute(delete(Link).where(Link.page_id == page.id))
    if page.state == "public":
        set_links(session, page, rendered.links)
        follow(session, page.id, lists_shown(session, page, rendered))
    bump(page)


def _shown(page: Page) -> int | None:
    return page.public_number if page.state == "public" else page.head_number


def _locked(session: Session, page_id: int) -> Page:
    begin_writing(session)
    return session.get_one(Page, page_id, with_for_update=True, populate_existing=True)


def _each(factory: Sessions, progress: Progress, work: Callable[[Session, Page], None]) -> None:
    numbers = page_numbers(factory)
    for done, number in enumerate(numbers, 1):
        with factory() as session:
            page = session.get(Page, number)
            if page is not None:
                work(session, page)
                session.commit()
        progress(done, len(numbers))


def rebuild_search(factory: Sessions, settings: Settings, progress: Progress) -> None:
    """A whole new index, swapped in when it is complete."""
    total = len(page_numbers(factory))
    index = open_index(settings, factory)
    try:
        rebuild_index(factory, index, lambda done: progress(done, max(total, done)))
    finally:
        index.close()


def rebuild_cases(factory: Sessions, settings: Settings, progress: Progress) -> None:
    """The copies of cases and lessons from their public revisions; a commit a page."""
    _each(factory, progress, _derive)


def _derive(session: Session, page: Page) -> None:
    number = page.id
    hold_clock(session)
    page = session.get_one(Page, number, populate_existing=True)
    if page.state != "public" or page.public_number is None:
        forget(session, page)
        return
    checked = accepted_text(text_of(session, page, page.public_number))
    heard = heard_now(session, page, page.public_number, checked, datetime.now(UTC))
    derive(session, page, checked.document.fields, heard)


PARTS: dict[str, Callable[[Sessions, Settings, Progress], None]] = {
    "attribution": rebuild_attribution,
    "cases": rebuild_cases,
    "rendered": rebuild_rendered,
    "search": rebuild_search,
}
