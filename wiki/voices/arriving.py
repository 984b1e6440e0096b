"""Voices that come with an import: without a name, not confirmed here, and shown to all.

Who they are stays where they came from. That the page was public there is taken as consent to show
the words without a name, and to nothing more but what their line in the file says: whether they
may go into files again. The consent says that it came with an import.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.vocabulary import SHIPPED
from wiki.errors import WikiError
from wiki.pages.models import Page
from wiki.rendering.voice_slots import KEY, LANGUAGE
from wiki.voices.marks import Allowed
from wiki.voices.measures import NOT_SHOWN
from wiki.voices.models import Consent, Voice
from wiki.voices.privacy import CITATION, IMPORTED, ROLE, SCOPE_OF

MOST = 500  # voices of one page
NOTE = "Came with an import."
CLAIMED = {  # what nobody here can confirm is a claim
    "for_my_organisation_confirmed": "for_my_organisation_claimed",
    "for_a_group_with_mandate": "for_my_organisation_claimed",
}
ANSWERED = Allowed(consented=True, read_back=True, mandate=True)  # there, not here


@dataclass(frozen=True)
class Arriving:
    """What is kept of a voice. position "": not shown."""

    key: str
    position: str
    capacity: str
    partner: str
    language: str
    leaves: bool = False  # its speaker agreed that the words go into files


def read_voices(text: str) -> list[Arriving]:
    """The voices of a `voices.jsonl`; names are not read. WikiError for a line that is none."""
    found: dict[str, Arriving] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            voice = _read(number, line)
            found[voice.key] = voice
    if len(found) > MOST:
        raise WikiError("voices.jsonl has more than %(most)s voices.", {"most": MOST})
    return list(found.values())


def _read(number: int, line: str) -> Arriving:
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    key = said.get("key") if isinstance(said, dict) else None
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise WikiError("Line %(number)s of voices.jsonl is no voice.", {"number": number})
    capacity = _word(said, "capacity", "about_others")
    language = str(said.get("language") or "")
    return Arriving(
        key=key,
        position=_word(said, "position", ""),
        capacity=CLAIMED.get(capacity, capacity),
        partner=" ".join(str(said.get("partner") or "").split())[:100],
        language=language[:20] if LANGUAGE.fullmatch(language) else "und",
        leaves=said.get(CITATION) == "yes",
    )


def _word(said: Mapping[str, Any], name: str, otherwise: str) -> str:
    value = said.get(name)
    known = isinstance(value, str) and value in SHIPPED[name].labels
    return str(value) if known else otherwise


def allowed(arriving: Sequence[Arriving]) -> dict[str, Allowed]:
    """What `marks.problems` asks: all that a mark needs was answered where they came from."""
    return {voice.key: ANSWERED for voice in arriving}


def arrive(
    session: Session, page: Page, arriving: Sequence[Arriving], *, by: int, now: datetime
) -> None:
    """Add those whose key the page does not know yet. `by`: who answers for the import."""
    if not arriving:
        return
    held = set(session.scalars(select(Voice.key).where(Voice.page_id == page.id)))
    for new in arriving:
        if new.key in held:
            continue
        voice = Voice(
            page_id=page.id,
            key=new.key,
            display_kind=ROLE,
            position=new.position or NOT_SHOWN,
            position_public=bool(new.position),
            capacity=new.capacity,
            partner_key=new.partner or None,
            language=new.language,
            made_at=now,
        )
        session.add(voice)
        session.flush()
        session.add(
            Consent(
                voice_id=voice.id,
                how=IMPORTED,
                explained_in=new.language,
                scopes=[SCOPE_OF[ROLE], *([CITATION] if new.leaves else [])],
                note=NOTE,
                given_at=now,
                taken_by=by,
            )
        )
    session.flush()
