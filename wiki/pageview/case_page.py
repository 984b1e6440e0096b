"""What the page of a case or a lesson shows beside its story: its facts, and the pages it hangs
together with.

The facts are those of the revision shown; the other pages are as they are now, and only those the
viewer may read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.cases.case_telling import CaseTold, SourceTold, tell_case, tell_sources
from wiki.cases.drawing.case_flows import case_flows
from wiki.cases.drawing.money_map import MoneyMap, money_map
from wiki.cases.drawing.territories import territory_name
from wiki.cases.facets import texts
from wiki.cases.heard import OwnRating
from wiki.cases.lesson_telling import EvidenceTold, LessonTold, tell_lesson
from wiki.cases.queries import Entry, entries_by_key, is_withdrawn, pointing_at
from wiki.cases.references import LESSON_LINKS
from wiki.cases.service import key_of
from wiki.cases.standing import Link, standing
from wiki.cases.telling import FactValue, Teller, shown_partners
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.pages.models import Page
from wiki.pages.origins import authors_of
from wiki.pageview.drawing_phrases import flow_words
from wiki.policy import Viewer

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class CaseWords:
    """How the facts of a page are said: the reader's language and the wiki's lists."""

    language: str = "en"
    translate: Callable[[str], str] = str
    lists: Callable[[Session], Lists] = field(default=lambda session: SHIPPED)
    withheld: str = "a partner whose name is withheld"
    language_name: Callable[[str], str] = str

    def asked_once(self, session: Session) -> "CaseWords":
        """The same with the lists as they are now: several parts of a page ask for them once."""
        held: list[Lists] = []

        def lists(_: Session) -> Lists:
            if not held:
                held.append(self.lists(session))
            return held[0]

        return replace(self, lists=lists)


@dataclass(frozen=True)
class CaseShown:
    """The page of a case beside its story."""

    told: CaseTold
    money: MoneyMap
    lessons: list[Entry]
    lessons_by: str  # same, others, both: those who wrote the story; "": not told


@dataclass(frozen=True)
class EvidenceShown:
    """Evidence with the case and the source it is from, where the viewer may read them."""

    told: EvidenceTold
    case: Entry | None
    source: SourceTold | None


@dataclass(frozen=True)
class LinkShown:
    """Another lesson. relation: as this page says it (`outgoing`), or as the other says it."""

    relation: str
    outgoing: bool
    lesson: Entry
    why: str


@dataclass(frozen=True)
class LessonShown:
    """The page of a lesson beside its story."""

    told: LessonTold
    status: FactValue
    why: str  # it has this status
    breadth: int
    cases: list[Entry]
    evidence: list[EvidenceShown]
    links: list[LinkShown]


def show_case(
    session: Session,
    page: Page,
    fields: Fields,
    viewer: Viewer,
    words: CaseWords,
    ratings: Iterable[OwnRating] = (),
) -> CaseShown:
    """The facts of a case, its partners' own ratings as they are now, and its lessons. Three
    SELECTs beside that for the lists."""
    teller = teller_of(session, fields, words)
    named = entries_by_key(session, texts(fields.get("lessons")), viewer)
    pointing = pointing_at(session, key_of(page, fields), viewer)
    lessons = {**named, **{entry.key: entry for how, entry in pointing if how == "from"}}
    found = [entry for entry in lessons.values() if entry.kind == "lesson"]
    return CaseShown(
        told=tell_case(fields, teller, ratings),
        money=_money(fields, teller),
        lessons=found,
        lessons_by=_lessons_by(session, page, found),
    )


def _lessons_by(session: Session, page: Page, lessons: Sequence[Entry]) -> str:
    """Whether the lessons are drawn by those who tell the story. One SELECT if there are any."""
    if not lessons or page.state != "public":
        return ""
    pages = {page.id, *(lesson.page_id for lesson in lessons)}
    authors = authors_of(session, pages)
    if authors.keys() != pages:  # a hidden name somewhere
        return ""
    story = authors.pop(page.id)
    drew = set().union(*authors.values())
    if drew <= story:
        return "same"
    return "both" if drew & story else "others"


def show_lesson(
    session: Session, page: Page, fields: Fields, viewer: Viewer, words: CaseWords
) -> LessonShown:
    """The facts of a lesson, how it stands, its cases and the other lessons. Three SELECTs beside
    that for the lists.
    """
    teller = teller_of(session, fields, words)
    told = tell_lesson(fields, teller)
    keys = {*told.cases, *(link.key for link in told.links), *(e.case for e in told.evidence)}
    known = entries_by_key(session, keys - {""}, viewer)
    pointing = pointing_at(session, key_of(page, fields), viewer)
    links = _links(told, known, pointing)
    stands = standing(
        fields,
        [Link(each.relation, each.lesson.key) for each in links if not each.outgoing],
        [Link(each.relation, each.lesson.key) for each in links if each.outgoing],
        withdrawn=is_withdrawn(session, page.id),
    )
    why = words.translate(stands.why)
    return LessonShown(
        told=told,
        status=teller.found_at("lesson", "status", "lesson_status", [stands.status])[0],
        why=why % dict(stands.values) if stands.values else why,
        breadth=stands.breadth,
        cases=[known[key] for key in told.cases if key in known],
        evidence=[_evidence(each, told, known, teller) for each in told.evidence],
        links=links,
    )


def _money(fields: Fields, teller: Teller) -> MoneyMap:
    """The drawing and its sentences; neither for a case without any flow."""
    partners, edges = case_flows(fields, teller)
    return money_map(partners, edges, flow_words()) if edges else MoneyMap(Markup(), ())


def teller_of(session: Session, fields: Fields, words: CaseWords) -> Teller:
    """How this page's values are said to one reader."""
    return Teller(
        lists=words.lists(session),
        translate=words.translate,
        place=lambda code: territory_name(
            code[:2] if code[:2].isalpha() else code, words.language
        ),
        partners=shown_partners(fields, words.withheld),
    )


def _links(
    told: LessonTold, known: Mapping[str, Entry], pointing: Sequence[tuple[str, Entry]]
) -> list[LinkShown]:
    """Both directions; what both say of each other in the same way stands once."""
    own = [
        LinkShown(link.relation, True, known[link.key], link.why)
        for link in told.links
        if link.key in known
    ]
    mutual = {each.lesson.key for each in own if each.relation == "contradicts"}
    others = [
        LinkShown(relation, False, entry, _why(entry, relation))
        for relation, entry in pointing
        if relation in LESSON_LINKS and not (relation == "contradicts" and entry.key in mutual)
    ]
    return own + others


def _why(entry: Entry, relation: str) -> str:
    """What the other lesson says about its link; "" where it has several or says nothing."""
    found = [
        str(row.get("why") or "")
        for row in entry.fields.get("links") or []
        if isinstance(row, Mapping) and row.get("relation") == relation
    ]
    return found[0] if len(found) == 1 else ""


def _evidence(
    each: EvidenceTold, told: LessonTold, known: Mapping[str, Entry], teller: Teller
) -> EvidenceShown:
    key = each.case or (told.cases[0] if len(told.cases) == 1 else "")
    case = known.get(key)
    sources = tell_sources(case.fields, teller) if case else told.sources
    found = [source for source in sources if source.key and source.key == each.source]
    return EvidenceShown(each, case, found[0] if found else None)
