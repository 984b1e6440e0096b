"""The stored anonymous page: bytes rendered and compressed once, under all they depend on.

Most visits ask for nothing else, so this one question goes to the driver as it is: the statement
is compiled once a process, and no session is opened.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from wiki.pages.models import Page, StoredPage


@dataclass(frozen=True)
class Found:
    """The page's stamp now, and its stored bytes if they are of that stamp."""

    page_id: int
    stamp: str
    etag: str = ""
    body: bytes = b""

    @property
    def fresh(self) -> bool:
        """Whether the stored bytes may be sent."""
        return bool(self.body)


_FIND = (
    select(Page.id, Page.public_stamp, StoredPage.stamp, StoredPage.etag, StoredPage.body)
    .outerjoin(
        StoredPage,
        (StoredPage.page_id == Page.id) & (StoredPage.variant == bindparam("variant")),
    )
    .where(Page.slug == bindparam("slug"), Page.state == "public", Page.public_number.is_not(None))
)


class Shelf:
    """Where stored pages are looked up. One for each process; thread safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        compiled = _FIND.compile(dialect=engine.dialect)
        self._sql = str(compiled)
        self._fixed = dict(compiled.params)
        self._order = compiled.positiontup

    def find(self, slug: str, variant: str, site_stamp: str) -> Found | None:
        """What is stored for an anonymous reader of this address; None if no such page is public.

        `site_stamp` names everything else the bytes depend on: templates, styles, renderer,
        language. One SELECT.
        """
        row = self._row({**self._fixed, "slug": slug, "variant": variant})
        if row is None:
            return None
        page_id, public_stamp, stored_stamp, etag, body = row
        stamp = f"{public_stamp}.{site_stamp}"
        if stored_stamp != stamp:
            return Found(page_id, stamp)
        return Found(page_id, stamp, etag, bytes(body))

    def _row(self, values: dict[str, Any]) -> Any:
        given = [values[name] for name in self._order] if self._order else values
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            try:
                cursor.execute(self._sql, given)
                return cursor.fetchone()
            finally:
                cursor.close()
        finally:
            connection.close()


def keep(session: Session, found: Found, variant: str, body: bytes) -> Found:
    """Store the compressed page under the stamp it was made for. Flushes; the edge commits."""
    etag = hashlib.sha256(body).hexdigest()[:24]
    row = session.get(StoredPage, (found.page_id, variant))
    if row is None:
        row = StoredPage(page_id=found.page_id, variant=variant)
        session.add(row)
    row.stamp, row.etag, row.body = found.stamp, etag, body
    session.flush()
    return Found(found.page_id, found.stamp, etag, body)
