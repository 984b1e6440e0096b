"""The public revision of a page as a document: what the index holds, read from the database."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2s
from typing import Any
from unicodedata import normalize

import zstandard
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Rendered, Revision
from wiki.pages.queries import visible_to
from wiki.pages.storage import load_text
from wiki.policy import ANYBODY
from wiki.rendering.plain import plain_text
from wiki.rendering.tree import parse
from wiki.rendering.version import RENDERER_VERSION
from wiki.search.protocol import Document
from wiki.text import front_matter

BATCH = 100  # pages read at once

_MARKUP = re.compile(r"[*_`#>|~\[\](){}<]+")

# All that decides what a reader may be shown of a page.
STATE = (
    Page.id,
    Page.slug,
    Page.title,
    Page.kind,
    Page.language,
    Revision.number,
    Revision.text_id,
    Revision.hide_text,
    Revision.redacted_at,
)
PUBLIC = and_(Revision.page_id == Page.id, Revision.number == Page.public_number)


def version_of(state: Any) -> str:
    """The version of a row of STATE: it changes when the stored text may no longer be shown."""
    shown = (state.slug, state.title, state.kind, state.language, state.text_id)
    kept = (*shown, state.hide_text, state.redacted_at)
    return f"{state.number}-{blake2s(repr(kept).encode(), digest_size=6).hexdigest()}"


def public_states() -> Select[*tuple[Any, ...]]:
    """A SELECT of the STATE of every page that anybody may read."""
    return select(*STATE).join(Revision, PUBLIC).where(visible_to(ANYBODY))


def versions(session: Session) -> dict[int, str]:
    """The version that the index should hold of every public page. One SELECT."""
    return {state.id: version_of(state) for state in session.execute(public_states())}


def documents_of(session: Session, page_ids: Sequence[int]) -> list[Document]:
    """The documents of those of these pages that anybody may read. One SELECT.

    A text without a rendered copy is taken from its source, which costs one more SELECT. What is
    hidden is left out: the page is found by its title only.
    """
    rows = session.execute(
        public_states()
        .add_columns(Rendered.html, Rendered.contents)
        .outerjoin(
            Rendered,
            and_(Rendered.text_id == Revision.text_id, Rendered.version == RENDERER_VERSION),
        )
        .where(Page.id.in_(page_ids))
        .order_by(Page.id)
    )
    return [_document(session, row) for row in rows]


def _document(session: Session, row: Any) -> Document:
    text, headings = ("", ()) if row.hide_text else _words_of(session, row)
    return Document(
        page_id=row.id,
        slug=row.slug,
        title=row.title,
        text=normalize("NFC", text),
        language=row.language,
        kind=row.kind,
        headings=headings,
        version=version_of(row),
    )


def _words_of(session: Session, row: Any) -> tuple[str, tuple[str, ...]]:
    if row.html is None:
        return plain_source(load_text(session, row.text_id)), ()
    html = zstandard.decompress(row.html).decode()
    return plain_text(parse(html)), tuple(text for _, _, text in row.contents)


def plain_source(source: str) -> str:
    """The words of Markdown without rendering it: front matter and most marks left out. Linear."""
    return _MARKUP.sub(" ", front_matter.split(source)[1])


def all_documents(session: Session) -> Iterator[Document]:
    """Every public page, in batches, so that memory stays small. Reads while it is iterated."""
    last = 0
    while True:
        ids = session.scalars(
            select(Page.id)
            .where(visible_to(ANYBODY), Page.id > last)
            .order_by(Page.id)
            .limit(BATCH)
        ).all()
        if not ids:
            return
        yield from documents_of(session, ids)
        session.rollback()  # a long reading transaction would keep SQLite's log from shrinking
        last = ids[-1]
