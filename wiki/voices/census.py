"""Whose voices the wiki holds: counts over all public pages, as they were when the day began.

Counting as of midnight makes the figures of a day the same in every process, whenever it counts;
what is written or taken back since waits for the next day. The figures of a day on which somebody
took back words are not shown at all: the difference would say who it was.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from wiki.cases.drawing.territories import territory, world
from wiki.cases.facets import COUNTRY
from wiki.cases.models import CasePage
from wiki.pages.models import Page
from wiki.voices.measures import NOT_SHOWN
from wiki.voices.models import Consent, Voice
from wiki.voices.privacy import VoiceFacts, reaches_everybody
from wiki.voices.queries import NEWEST, facts_of
from wiki.voices.suppression import FEW, Table, shown_table

SEVERAL, NOWHERE = "several", "nowhere"  # regions of a case
ALL = "all"  # the one column of a table that has rows only
NO_GAP = frozenset({"desk_author", "moderator", NOT_SHOWN})  # who need not be invited


@dataclass(frozen=True)
class Census:
    """Tables as everybody may see them, by values of lists and codes. A row or column FEW: all
    that are not told apart. gaps: positions that are not told apart, or that nobody has: a list of
    those that nobody has would say that there are a few of the others.

    A person with voices on two pages counts twice: nothing joins them.
    """

    positions: Table  # position by region of the case
    languages: Table  # one column
    accounts: Table  # of cases: account basis by the year in which the page was made
    gaps: tuple[str, ...]


def census(session: Session, day: datetime, positions: Sequence[str]) -> Census:
    """The figures of the day that begins at `day`, a midnight UTC. `positions`: all there are.

    Two SELECTs; linear in the voices and the cases of the wiki.
    """
    voices = list(_voices(session, day))
    by_position = Counter((_position(voice), region) for voice, region in voices)
    by_language = Counter((voice.language.partition("-")[0], ALL) for voice, _ in voices)
    shown = shown_table(by_position)
    told = {name for name, _ in shown.rows} - {FEW}
    return Census(
        positions=shown,
        languages=shown_table(by_language),
        accounts=shown_table(_accounts(session, day)),
        gaps=tuple(name for name in positions if name not in told | NO_GAP),
    )


def being_recomputed(session: Session, day: datetime) -> bool:
    """Whether somebody took back words since the day began. One SELECT."""
    taken_back = (
        select(Voice.id)
        .outerjoin(Consent, Consent.voice_id == Voice.id)
        .where(or_(Voice.withdrawn_at >= day, Consent.withdrawn_at >= day))
        .limit(1)
    )
    return session.scalar(taken_back) is not None


def _voices(session: Session, day: datetime) -> Iterable[tuple[VoiceFacts, str]]:
    """Those that speak to everybody, each with the region of its case."""
    found = session.execute(
        select(Voice, Consent, CasePage.facets)
        .join(Page, Page.id == Voice.page_id)
        .outerjoin(Consent, Consent.id == NEWEST)
        .outerjoin(CasePage, and_(CasePage.page_id == Page.id, CasePage.gone.is_(False)))
        .where(Page.state == "public", Voice.made_at < day)
    )
    for voice, consent, facets in found:
        facts = facts_of(voice, consent)
        if reaches_everybody(facts):
            yield facts, region_of((facets or {}).get(COUNTRY, ()))


def _position(voice: VoiceFacts) -> str:
    return voice.position if voice.position_public else NOT_SHOWN


def region_of(places: Iterable[str]) -> str:
    """The smallest region of UN M49 that all these places are in, as the map has them."""
    within = world().region_of
    codes = {territory(place) for place in places} - {""}
    regions = {within.get(code, code) for code in codes}
    return NOWHERE if not regions else regions.pop() if len(regions) == 1 else SEVERAL


def _accounts(session: Session, day: datetime) -> Counter[tuple[str, str]]:
    found = session.execute(
        select(CasePage.facets, Page.created_at)
        .join(Page, Page.id == CasePage.page_id)
        .where(
            CasePage.gone.is_(False),
            CasePage.kind == "case",
            Page.state == "public",
            Page.created_at < day,
        )
    )
    return Counter(
        (basis, str(made_at.year))
        for facets, made_at in found
        for basis in facets.get("account_basis", ())
    )
