"""The index of cases and the lists of words, kept up to date in each process.

A request asks the clock (one small SELECT); what changed since the last time is read and taken in.
"""

from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.index import CaseIndex, Row
from wiki.cases.models import CasePage
from wiki.cases.queries import additions, clock
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.pages.models import Page

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Board:
    """One for each process and wiki; thread safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = CaseIndex()
        self._lists = SHIPPED
        self._seen = -1

    def index(self, session: Session) -> CaseIndex:
        """The index as of now. Cost: one SELECT, and one for what changed."""
        self._catch_up(session)
        return self._index

    def lists(self, session: Session) -> Lists:
        """The lists as of now, with what moderators added. Cost: as `index`."""
        self._catch_up(session)
        return self._lists

    def both(self, session: Session) -> tuple[CaseIndex, Lists]:
        """The index and the lists as of now. Cost: as one of them."""
        self._catch_up(session)
        return self._index, self._lists

    def _catch_up(self, session: Session) -> None:
        now = clock(session)
        if now == self._seen:
            return
        with self._lock:
            if now == self._seen:
                return
            index = CaseIndex() if now < self._seen else self._index.copy()
            index.update(_changed(session, index.seq))
            added = additions(session)
            self._lists = Lists(added) if added else SHIPPED
            self._index, self._seen = index, now


def _changed(session: Session, seq: int) -> list[Row]:
    """Those with a later `seq`, each with the time of change that everybody may know: a page whose
    saves are told to the day has no finer one."""
    found = session.execute(
        select(
            CasePage.page_id,
            CasePage.seq,
            CasePage.kind,
            CasePage.facets,
            CasePage.first_year,
            CasePage.last_year,
            CasePage.gone,
            Page.changed_at,
        )
        .join(Page, Page.id == CasePage.page_id)
        .where(CasePage.seq > seq)
        .order_by(CasePage.seq)
    )
    return [
        Row(number, at, kind, facets, first, last, gone, (changed_at - EPOCH) // MICROSECOND)
        for number, at, kind, facets, first, last, gone, changed_at in found
    ]
