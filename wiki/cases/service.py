"""Writing the copies of cases and lessons, at publication and nowhere else.

| event                                  | what is made anew                                      |
|----------------------------------------|--------------------------------------------------------|
| a case is published, deleted           | its row; the lessons that come from it                 |
| who speaks on a case changes           | its row                                                |
| a lesson is published, deleted, marked | its row; the lessons and cases it names or is named by |
| any of them                            | the stamp of pages that show it: those it names or is  |
|                                        | named by, its themes, and pages with a live list       |

Who writes copies holds the clock first, so that two publications never wait for each other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from wiki.cases.facets import case_facets, lesson_facets, texts, years
from wiki.cases.heard import Heard, heard_of
from wiki.cases.models import (
    CaseClock,
    CasePage,
    CaseReference,
    LessonMark,
    LivePage,
    VocabularyValue,
)
from wiki.cases.queries import additions, holder_of, is_withdrawn
from wiki.cases.references import (
    facets_of_cases,
    links_from,
    links_to,
    references,
    root_causes_of,
    set_references,
    targets_of,
)
from wiki.cases.rules import SCHEMAS
from wiki.cases.standing import standing
from wiki.cases.vocabulary import Addition, Lists
from wiki.db import begin_writing, insert_new
from wiki.errors import InvalidInput
from wiki.pages.models import Page

Fields = Mapping[str, Any]


def hold_clock(session: Session) -> None:
    """Wait until nobody else writes copies; the first thing of a transaction that may."""
    begin_writing(session)
    held = select(CaseClock.id).where(CaseClock.id == 1).with_for_update()
    if session.scalar(held) is None:
        insert_new(session, CaseClock, {"id": 1, "seq": 0})
        session.scalar(held)


def key_of(page: Page, fields: Fields) -> str:
    """The key of a case or lesson: its id, or one made from its address."""
    own = fields.get("id")
    return own if isinstance(own, str) and own else f"{page.kind[0]}-{page.slug}"[:240]


def require_free_key(session: Session, page_id: int | None, fields: Fields) -> None:
    """InvalidInput("source", …) if another page has, or had, the id that these fields name."""
    own = fields.get("id")
    if fields.get("type") not in SCHEMAS or not isinstance(own, str) or not own:
        return
    holder = holder_of(session, own)
    if holder is not None and holder != page_id:
        raise InvalidInput(
            "source",
            "The short name “%(key)s” (id) belongs to another page and is never used again. "
            "Choose another one.",
            {"key": own},
        )


def derive(session: Session, page: Page, fields: Fields, heard: Heard) -> None:
    """Make the copies of a page that is public now; `heard`: of a case, who speaks on it and how
    they rate it. `hold_clock` came before. Flushes.

    Cost: about eight statements for a case or lesson, one for other pages.
    """
    row = session.get(CasePage, page.id)
    if page.kind not in SCHEMAS:
        if row is not None:
            _forget(session, row)
        _follow_theme(session, page)
        return
    before = _shown_by(row)
    key, seq = _free(session, page, fields), _tick(session)
    first, last = years(fields)
    set_references(session, page.id, references(fields))
    if row is None:
        row = CasePage(page_id=page.id, facets={}, computed={})
    row.kind, row.key, row.seq, row.gone = page.kind, key, seq, False
    row.fields, row.first_year, row.last_year = dict(fields), first, last
    session.add(row)
    session.flush()
    _restate(session, row, heard)
    session.flush()
    _restate_others(session, row)
    _bump_showing(session, row, before | _shown_by(row))


def hear(session: Session, page: Page, heard: Heard) -> None:
    """Who speaks on a public case has changed, or how they rate it: its facets follow, and the
    pages that list it. `hold_clock` came before. Flushes."""
    row = session.get(CasePage, page.id)
    if row is None or row.gone or row.kind != "case":
        return
    if _restate(session, row, heard):
        row.seq = _tick(session)
        session.flush()
        _bump_showing(session, row, _shown_by(row))


def forget(session: Session, page: Page) -> None:
    """Empty the copies of a page that is public no more. `hold_clock` came before. Flushes."""
    row = session.get(CasePage, page.id)
    if row is not None:
        _forget(session, row)


def _forget(session: Session, row: CasePage) -> None:
    if row.gone:
        return
    shown = _shown_by(row)
    targets = targets_of(session, row.page_id)
    row.gone, row.facets, row.fields, row.computed = True, {}, {}, {}
    row.first_year = row.last_year = None
    row.seq = _tick(session)
    set_references(session, row.page_id, set())
    session.flush()
    _restate_others(session, row, targets)
    _bump_showing(session, row, shown, targets)


def bump_showing(session: Session, page: Page) -> None:
    """A case or lesson has another title or address: the pages that show it are made anew."""
    row = session.get(CasePage, page.id)
    if row is not None and not row.gone:
        _bump_showing(session, row, _shown_by(row))


def add_value(session: Session, added: Addition, *, decision: str, now: datetime) -> None:
    """Add a value to a list; `decision`: its public id in the log. `hold_clock` came before.

    InvalidInput("label", …) if the list has this value already: a value is never used again.
    Every process reads the lists anew with the next request. Flushes.
    """
    if added.value in Lists(additions(session))[added.list]:
        raise InvalidInput(
            "label",
            "This list has “%(value)s” already. A word is never used again for something else.",
            {"value": added.value},
        )
    session.add(VocabularyValue(**asdict(added), decision=decision, added_at=now))
    _tick(session)
    session.flush()


def mark(session: Session, page: Page, decision: str) -> None:
    """Withdraw a lesson, or take that back ("" for `decision`). `hold_clock` came before.

    Its standing, the pages that show it and their stamps follow. Flushes.
    """
    held = session.get(LessonMark, page.id)
    if held is not None:
        session.delete(held)
        session.flush()
    if decision:
        session.add(LessonMark(page_id=page.id, decision=decision))
        session.flush()
    row = session.get(CasePage, page.id)
    if row is not None and not row.gone and _restate(session, row):
        row.seq = _tick(session)
        session.flush()
        _restate_others(session, row)
        _bump_showing(session, row, _shown_by(row))


def follow(session: Session, page_id: int, about: Collection[str]) -> None:
    """Say which lists a public page shows: their changes bump its stamp. Writes the difference."""
    held = set(session.scalars(select(LivePage.about).where(LivePage.page_id == page_id)))
    gone = held - set(about)
    if gone:
        session.execute(
            delete(LivePage).where(LivePage.page_id == page_id, LivePage.about.in_(gone))
        )
    session.add_all(LivePage(page_id=page_id, about=each) for each in sorted(set(about) - held))


def _follow_theme(session: Session, page: Page) -> None:
    if page.kind == "theme":
        insert_new(session, LivePage, {"page_id": page.id, "about": f"theme:{page.slug}"})


def _free(session: Session, page: Page, fields: Fields) -> str:
    """The page's key; one made from its row where another page has it (an import may say so)."""
    key = key_of(page, fields)
    holder = holder_of(session, key)
    return key if holder in (None, page.id) else f"{key[:220]}-{page.id}"


def _tick(session: Session) -> int:
    statement = update(CaseClock).where(CaseClock.id == 1).values(seq=CaseClock.seq + 1)
    seq = session.scalar(statement.returning(CaseClock.seq))
    if seq is None:  # an import does not hold the clock
        insert_new(session, CaseClock, {"id": 1, "seq": 0})
        seq = session.scalar(statement.returning(CaseClock.seq))
    return seq or 0


def _restate(session: Session, row: CasePage, heard: Heard | None = None) -> bool:
    """Compute what nobody types: facets, status. Whether anything changed.

    `heard`: who speaks on a case; None: as it was.
    """
    if row.kind == "case":
        known = heard_of(row.computed) if heard is None else heard
        computed: dict[str, Any] = known.packed()
        facets = case_facets(row.fields, root_causes_of(session, row.key), known)
    else:
        stands = standing(
            row.fields,
            links_to(session, row.key),
            links_from(session, row),
            withdrawn=is_withdrawn(session, row.page_id),
        )
        computed = {
            "status": stands.status,
            "breadth": stands.breadth,
            "why": stands.why,
            "values": dict(stands.values),
        }
        facets = lesson_facets(row.fields, computed, facets_of_cases(session, row.fields))
    changed: bool = (facets, computed) != (row.facets, row.computed)
    row.facets, row.computed = facets, computed
    return changed


def _restate_others(session: Session, row: CasePage, targets: Iterable[str] = ()) -> None:
    """The pages whose standing or facets depend on this page, one step far."""
    keys = {*targets, *targets_of(session, row.page_id)}
    naming = select(CaseReference.page_id).where(CaseReference.target_key == row.key)
    others = session.scalars(
        select(CasePage)
        .where(
            CasePage.gone.is_(False),
            CasePage.page_id != row.page_id,
            or_(CasePage.key.in_(keys), CasePage.page_id.in_(naming)),
        )
        .order_by(CasePage.page_id)
    )
    for other in others.all():
        if _restate(session, other):
            other.seq = _tick(session)
            _bump(session, {other.page_id})
    session.flush()


def _shown_by(row: CasePage | None) -> set[str]:
    """The live lists in which the page stands (see LivePage)."""
    if row is None or row.gone:
        return set()
    return {row.kind, *(f"theme:{slug}" for slug in texts(row.facets.get("theme")))}


def _bump_showing(
    session: Session, row: CasePage, about: Collection[str], targets: Iterable[str] = ()
) -> None:
    keys = {*targets, *targets_of(session, row.page_id)}
    naming = select(CaseReference.page_id).where(CaseReference.target_key == row.key)
    named = select(CasePage.page_id).where(CasePage.key.in_(keys))
    live = select(LivePage.page_id).where(LivePage.about.in_(about))
    _bump(session, {*session.scalars(naming.union(named, live))} - {row.page_id})


def _bump(session: Session, page_ids: Collection[int]) -> None:
    if page_ids:
        session.execute(
            update(Page)
            .where(Page.id.in_(sorted(page_ids)))
            .values(public_stamp=Page.public_stamp + 1)
            .execution_options(synchronize_session=False)
        )
