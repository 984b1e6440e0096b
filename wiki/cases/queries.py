"""Questions about cases and lessons: one question, one SELECT."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.models import CaseClock, CasePage, CaseReference, LessonMark, VocabularyValue
from wiki.cases.vocabulary import Addition
from wiki.pages.models import Page
from wiki.pages.queries import visible_to
from wiki.policy import Viewer


@dataclass(frozen=True)
class Entry:
    """A public case or lesson as lists show it."""

    page_id: int
    slug: str
    title: str
    kind: str
    key: str
    language: str
    abstract: str
    facets: dict[str, list[str]]
    fields: dict[str, Any]
    computed: dict[str, Any]
    first_year: int | None
    last_year: int | None
    licence: str = ""  # a code of pages/licences.py


_CLOCK = select(CaseClock.seq).where(CaseClock.id == 1)


def clock(session: Session) -> int:
    """How many changes the copies have seen."""
    return session.scalar(_CLOCK) or 0


def entries(session: Session, page_ids: Collection[int], viewer: Viewer) -> dict[int, Entry]:
    """The entries that the viewer may read, by page."""
    if not page_ids:
        return {}
    found = session.execute(_ENTRY.where(visible_to(viewer), CasePage.page_id.in_(page_ids)))
    return {row.page_id: _entry(row) for row in found}


def entries_by_key(session: Session, keys: Collection[str], viewer: Viewer) -> dict[str, Entry]:
    """The entries with these keys that the viewer may read; a key nobody has is left out."""
    if not keys:
        return {}
    found = session.execute(_ENTRY.where(visible_to(viewer), CasePage.key.in_(keys)))
    return {row.key: _entry(row) for row in found}


def pointing_at(session: Session, key: str, viewer: Viewer) -> list[tuple[str, Entry]]:
    """(relation, entry) of each page that names this key, by title."""
    found = session.execute(
        _ENTRY.add_columns(CaseReference.relation)
        .join(CaseReference, CaseReference.page_id == CasePage.page_id)
        .where(visible_to(viewer), CaseReference.target_key == key)
        .order_by(Page.title, Page.id)
    )
    return [(row.relation, _entry(row)) for row in found]


_ENTRY = (
    select(
        Page.id.label("page_id"),
        Page.slug,
        Page.title,
        Page.language,
        Page.abstract,
        Page.licence,
        CasePage.kind,
        CasePage.key,
        CasePage.facets,
        CasePage.fields,
        CasePage.computed,
        CasePage.first_year,
        CasePage.last_year,
    )
    .join(CasePage, CasePage.page_id == Page.id)
    .where(CasePage.gone.is_(False))
)


def _entry(row: Any) -> Entry:
    return Entry(
        page_id=row.page_id,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        key=row.key,
        language=row.language,
        abstract=row.abstract,
        facets=row.facets,
        fields=row.fields,
        computed=row.computed,
        first_year=row.first_year,
        last_year=row.last_year,
        licence=row.licence,
    )


def holder_of(session: Session, key: str) -> int | None:
    """The page that has this key, or had it."""
    return session.scalar(select(CasePage.page_id).where(CasePage.key == key))


def additions(session: Session) -> Sequence[Addition]:
    """The values that moderators added, in the order of adding."""
    found = session.execute(
        select(
            VocabularyValue.list,
            VocabularyValue.value,
            VocabularyValue.label,
            VocabularyValue.definition,
        ).order_by(VocabularyValue.id)
    )
    return [Addition(*row) for row in found]


def is_withdrawn(session: Session, page_id: int) -> bool:
    """Whether a moderator withdrew this lesson."""
    return session.get(LessonMark, page_id) is not None
