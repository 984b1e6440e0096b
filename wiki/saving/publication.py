"""Making a revision public: the derived copies are built here and nowhere else.

| event                      | whose stamp changes                       |
|----------------------------|-------------------------------------------|
| publish                    | the page; pages linking to it if it is new |
| rename, delete, restore    | the page and the pages linking to it       |
| hide, protect, roll back   | the page                                   |
| account renamed or deleted | every page with its byline                 |
| a case or lesson, any way  | see `cases.service`; also its renaming     |
"""

from datetime import datetime

import zstandard
from sqlalchemy.orm import Session

from wiki.cases.live import lists_of
from wiki.cases.service import derive, follow
from wiki.db import insert_new
from wiki.outbox.service import enqueue
from wiki.pages.models import Page, Rendered, Revision
from wiki.pages.queries import addresses
from wiki.pages.service import bump, bump_linking, set_links
from wiki.rendering.rendered import Rendered as Html
from wiki.rendering.version import RENDERER_VERSION
from wiki.saving.checks import Checked
from wiki.saving.hearing import heard_now
from wiki.voices.daily import at_publication, keep_words


def publish(
    session: Session,
    page: Page,
    revision: Revision,
    checked: Checked,
    rendered: Html,
    *,
    now: datetime,
    daily: bool | None = None,
) -> None:
    """Make `revision` what the public reads, and rebuild all that is derived from it. `daily`: as
    `voices.daily.at_publication` has it."""
    new = page.public_number is None or page.state != "public"
    page.state = "public"
    page.public_number = revision.number
    if page.public_from_number is None:
        page.public_from_number = revision.number
    was = page.kind
    describe(page, checked)
    with session.no_autoflush:  # the page's row is written once, when all of it is known
        store_rendered(session, revision.text_id, rendered)
        set_links(session, page, rendered.links)
        bump(page)
        at_publication(session, page, now, daily=daily)
    if new:
        bump_linking(session, page.slug)
    keep_words(session, page)
    if {was, page.kind} != {"page"}:
        heard = heard_now(session, page, revision.number, checked, now)
        derive(session, page, checked.document.fields, heard)
    # Who shows none any more is bumped in vain until `wiki rebuild rendered`: cheaper than asking.
    if about := lists_shown(session, page, rendered):
        follow(session, page.id, about)
    enqueue(session, "index", page.id, now)


def lists_shown(session: Session, page: Page, rendered: Html) -> set[str]:
    """Which lists of cases and lessons the page shows, as `LivePage` names them."""
    themes = addresses(session, page) if page.kind == "theme" else ()
    return lists_of(rendered.html) | {f"theme:{slug}" for slug in themes}


def describe(page: Page, checked: Checked) -> None:
    """What the front matter says about the page; what it leaves out stays as it was."""
    page.kind = checked.kind
    page.title = checked.title or page.title
    page.language = checked.language or page.language
    page.licence = checked.licence or page.licence
    page.abstract = _abstract(checked)


def _abstract(checked: Checked) -> str:
    """A line for lists, as the page's own fields say it."""
    for key in ("summary", "claim"):
        value = checked.document.fields.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:400]
    return ""


def store_rendered(session: Session, text_id: int, rendered: Html) -> None:
    """Keep the safe HTML of a text. A failed rendering is kept too: it would fail again."""
    insert_new(
        session,
        Rendered,
        {
            "text_id": text_id,
            "version": RENDERER_VERSION,
            "html": zstandard.compress(rendered.html.encode(), 3),
            "contents": [[h.level, h.id, h.text] for h in rendered.toc],
            "links": list(rendered.links),
            "words": rendered.words,
            "failed": rendered.failed,
        },
    )
