"""The stored anonymous page: bytes rendered and compressed once, under all they depend on.

Most visits ask for nothing else, so this one question goes to the driver as it is: the statement
is compiled once a process, and no session is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from wiki.pages.models import Page, StoredPage


@dataclass(frozen=True)
class Found:
    """The page's stamp now, and its stored bytes if they are of that stamp, in one encoding."""

    page_id: int
    stamp: str
    etag: str = ""  # of the page, whatever its encoding
    body: bytes = b""

    @property
    def fresh(self) -> bool:
        """Whether the stored bytes may be sent."""
        return bool(self.body)


def _find(
    body: InstrumentedAttribute[bytes],
) -> Select[int, int, str, str, int | None, bytes]:
    return (
        select(
            Page.id, Page.public_stamp, StoredPage.stamp, StoredPage.etag, StoredPage.ends, body
        )
        .outerjoin(
            StoredPage,
            (StoredPage.page_id == Page.id) & (StoredPage.variant == bindparam("variant")),
        )
        .where(
            Page.slug == bindparam("slug"),
            Page.state == "public",
            Page.public_number.is_not(None),
        )
    )


_FIND = {"gzip": _find(StoredPage.body), "br": _find(StoredPage.body_br)}


class Shelf:
    """Where stored pages are looked up. One for each process; thread safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        compiled = {name: each.compile(dialect=engine.dialect) for name, each in _FIND.items()}
        self._sql = {name: str(each) for name, each in compiled.items()}
        self._fixed = dict(compiled["gzip"].params)  # the two differ in a column only
        self._order = compiled["gzip"].positiontup

    def find(
        self, slug: str, variant: str, site_stamp: str, encoding: str, now: datetime
    ) -> Found | None:
        """What is stored for an anonymous reader of this address; None if no such page is public.

        `site_stamp` names everything else the bytes depend on: templates, styles, renderer,
        language; `encoding` is gzip or br. Bytes whose end has come are not found. One SELECT.
        """
        values = {**self._fixed, "slug": slug, "variant": variant}
        row = self._row(self._sql[encoding], values)
        if row is None:
            return None
        page_id, public_stamp, stored_stamp, etag, ends, body = row
        stamp = f"{public_stamp}.{site_stamp}"
        if stored_stamp != stamp or (ends is not None and ends <= now.timestamp()):
            return Found(page_id, stamp)
        return Found(page_id, stamp, etag, bytes(body))

    def _row(self, sql: str, values: dict[str, Any]) -> Any:
        given = [values[name] for name in self._order] if self._order else values
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            try:
                cursor.execute(sql, given)
                return cursor.fetchone()
            finally:
                cursor.close()
        finally:
            connection.close()


def keep(
    session: Session,
    found: Found,
    variant: str,
    packed: Mapping[str, bytes],
    ends: datetime | None = None,
) -> None:
    """Store the page in both encodings under the stamp it was made for. `ends`: when something
    that it says is over by itself. Flushes, no commit."""
    row = session.get(StoredPage, (found.page_id, variant))
    if row is None:
        row = StoredPage(page_id=found.page_id, variant=variant)
        session.add(row)
    row.stamp, row.etag = found.stamp, found.etag
    row.body, row.body_br = packed["gzip"], packed["br"]
    row.ends = int(ends.timestamp()) if ends is not None else None
    session.flush()
