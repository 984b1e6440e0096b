"""The stored anonymous page: bytes rendered and compressed once, under all they depend on."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
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


def find(session: Session, slug: str, variant: str, site_stamp: str) -> Found | None:
    """What is stored for an anonymous reader of this address; None if no such page is public.

    `site_stamp` names everything else the bytes depend on: templates, styles, renderer, language.
    One SELECT.
    """
    row = session.execute(
        select(Page.id, Page.public_stamp, StoredPage.stamp, StoredPage.etag, StoredPage.body)
        .outerjoin(StoredPage, (StoredPage.page_id == Page.id) & (StoredPage.variant == variant))
        .where(Page.slug == slug, Page.state == "public", Page.public_number.is_not(None))
    ).one_or_none()
    if row is None:
        return None
    stamp = f"{row.public_stamp}.{site_stamp}"
    if row.stamp != stamp:
        return Found(row.id, stamp)
    return Found(row.id, stamp, row.etag, row.body)


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
