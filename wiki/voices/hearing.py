"""Who is heard on a case: what its facets take from the voices, the replies and open answers.

It is a copy (`CasePage.computed`), made anew whenever one of them changes, and by `wiki rebuild
cases`. Positions that are not shown and words that may not be read count for nothing in it, so
that no list tells what the page keeps back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.attribution.queries import origins_of
from wiki.attribution.voice import voice_mask
from wiki.cases.facets import own_ratings, rows, texts
from wiki.cases.heard import Heard
from wiki.pages.models import Page
from wiki.pages.origins import credits_of_origins
from wiki.pages.rules import byline
from wiki.text.tokens import is_word, tokens
from wiki.voices.counting import WRITTEN, count
from wiki.voices.measures import OWN_WORDS, Spoken
from wiki.voices.modes import is_direct
from wiki.voices.privacy import VoiceFacts
from wiki.voices.queries import beside_of, voices_of
from wiki.voices.side_by_side import Said, newest_round
from wiki.voices.speaking import has_writers, speakers, writer

COMMUNITY_KINDS = frozenset({"community_group", "learner_or_parent_body", "indigenous_authority"})
COMMUNITY_POSITIONS = frozenset(
    {"community_member", "learner_or_family", "community_leader_or_authority"}
)
Fields = Mapping[str, Any]


def heard_on(
    session: Session, page: Page, number: int, source: str, fields: Fields, now: datetime
) -> Heard:
    """Who is heard in this revision, and beside it.

    Cost: two SELECTs; two more where partners were asked side by side; where somebody has a voice,
    a walk over the text, and three SELECTs if words outside of marks may be theirs.
    """
    answers = beside_of(session, page.id).answers
    voices = voices_of(session, page.id)
    keys = _keys(fields)
    found = [answers[key] for key in keys if key in answers]
    spoken = _in_text(session, page, number, source, fields, voices, now)
    if any(answer.round_id for answer in found):
        beside = newest_round(session, page, keys, now)
        spoken += map(_beside, beside.answers if beside is not None else ())
    ratings = own_ratings(fields, (each.rating for each in found if each.rating is not None))
    return Heard(
        ratings=tuple(ratings),
        dissent=any(answer.dissents for answer in found),
        community=_community(spoken, _communities(fields)),
        partner=any(_own_words(spoken, key) >= OWN_WORDS for key in keys),
    )


def _keys(fields: Fields) -> list[str]:
    return [key for row in rows(fields.get("partners")) for key in texts(row.get("id"))]


def _in_text(
    session: Session,
    page: Page,
    number: int,
    source: str,
    fields: Fields,
    voices: Mapping[str, VoiceFacts],
    now: datetime,
) -> list[Spoken]:
    by_writers = has_writers(voices)
    if not voices or not (by_writers or ".voice" in source):
        return []
    mask, desk = voice_mask(source), fields.get("account_basis") == "desk_summary"
    writers = _writers(session, page, number) if by_writers else [writer(None)] * len(mask)
    return speakers(count(source, mask, writers, desk=desk), voices, now, desk=desk)


def _writers(session: Session, page: Page, number: int) -> list[str]:
    origins = origins_of(session, page.id, number)
    found = credits_of_origins(session, page, list(set(origins)))
    names = {
        origin: writer((byline(parts, credit), credit.user_id))
        for origin, (parts, credit) in found.items()
    }
    return [names.get(origin, writer(None)) for origin in origins]


def _beside(said: Said) -> Spoken:
    """The words of an open answer."""
    words = sum(is_word(token) for text in said.words.values() for token in tokens(text))
    return Spoken("", WRITTEN, words, said.voice.position, said.partner)


def _own_words(spoken: Iterable[Spoken], partner: str) -> int:
    return sum(x.words for x in _direct(spoken) if x.partner == partner)


def _community(spoken: Sequence[Spoken], communities: frozenset[str]) -> bool:
    """Whether enough words are a community's own: of one of its bodies, or of somebody who chose
    to show that they are of it."""
    theirs = (
        x.words
        for x in _direct(spoken)
        if x.partner in communities or x.position in COMMUNITY_POSITIONS
    )
    return sum(theirs) >= OWN_WORDS


def _communities(fields: Fields) -> frozenset[str]:
    return frozenset(
        key
        for row in rows(fields.get("partners"))
        if not COMMUNITY_KINDS.isdisjoint(texts(row.get("org_type")))
        for key in texts(row.get("id"))
    )


def _direct(spoken: Iterable[Spoken]) -> Iterable[Spoken]:
    return (each for each in spoken if each.consented and is_direct(each.mode))
