"""Which cases and lessons name which: copies of what their front matter says, by key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki.cases.facets import rows, texts
from wiki.cases.models import CasePage, CaseReference
from wiki.cases.standing import Link

Fields = Mapping[str, Any]
LESSON_LINKS = ("supports", "contradicts", "refines", "generalises", "supersedes")


def references(fields: Fields) -> set[tuple[str, str]]:
    """(relation, key) of all pages that a case or lesson names."""
    found = {("lesson", key) for key in texts(fields.get("lessons"))}
    found |= {
        ("related", key) for row in rows(fields.get("related")) for key in texts(row.get("id"))
    }
    found |= {("from", key) for key in texts(fields.get("from"))}
    for row in rows(fields.get("evidence")):
        found |= {("evidence", key) for key in texts(row.get("case"))}
    for row in rows(fields.get("links")):
        if row.get("relation") in LESSON_LINKS:
            found |= {(str(row["relation"]), key) for key in texts(row.get("lesson"))}
    return {(relation, key[:240]) for relation, key in found}


def set_references(session: Session, page_id: int, wanted: set[tuple[str, str]]) -> None:
    """Replace what the page names; writes only the difference. Flushes."""
    found = session.execute(
        select(CaseReference.relation, CaseReference.target_key).where(
            CaseReference.page_id == page_id
        )
    )
    held = {(relation, key) for relation, key in found}
    for relation, key in held - wanted:
        session.execute(
            delete(CaseReference).where(
                CaseReference.page_id == page_id,
                CaseReference.relation == relation,
                CaseReference.target_key == key,
            )
        )
    session.add_all(
        CaseReference(page_id=page_id, relation=relation, target_key=key)
        for relation, key in sorted(wanted - held)
    )
    session.flush()


def targets_of(session: Session, page_id: int) -> list[str]:
    """The keys that a page names."""
    return list(
        session.scalars(select(CaseReference.target_key).where(CaseReference.page_id == page_id))
    )


def root_causes_of(session: Session, key: str) -> list[str]:
    """The root causes that the public lessons from this case name."""
    found = session.scalars(
        select(CasePage.fields)
        .join(CaseReference, CaseReference.page_id == CasePage.page_id)
        .where(
            CaseReference.target_key == key,
            CaseReference.relation == "from",
            CasePage.gone.is_(False),
        )
        .order_by(CasePage.page_id)
    )
    return [cause for fields in found for cause in texts(fields.get("root_causes"))]


def links_to(session: Session, key: str) -> list[Link]:
    """Which public lessons name this one, and how."""
    found = session.execute(
        select(CaseReference.relation, CasePage.key)
        .join(CasePage, CasePage.page_id == CaseReference.page_id)
        .where(
            CaseReference.target_key == key,
            CaseReference.relation.in_(LESSON_LINKS),
            CasePage.gone.is_(False),
        )
        .order_by(CasePage.key)
    )
    return [Link(*link) for link in found]


def links_from(session: Session, row: CasePage) -> list[Link]:
    """Which public lessons this one names, and how."""
    found = session.execute(
        select(CaseReference.relation, CasePage.key)
        .join(CasePage, CasePage.key == CaseReference.target_key)
        .where(
            CaseReference.page_id == row.page_id,
            CaseReference.relation.in_(LESSON_LINKS),
            CasePage.gone.is_(False),
        )
    )
    return [Link(*link) for link in found]


def facets_of_cases(session: Session, fields: Fields) -> list[dict[str, list[str]]]:
    """Those of the public cases that a lesson comes from."""
    keys = texts(fields.get("from"))
    if not keys:
        return []
    found = select(CasePage.facets).where(
        CasePage.key.in_(keys), CasePage.kind == "case", CasePage.gone.is_(False)
    )
    return list(session.scalars(found.order_by(CasePage.page_id)))
