"""What people did for a page beside writing words of it: asked, listened, translated, hosted.

Half of them are in CRediT (ANSI/NISO Z39.104-2022); for a witness, an interpreter or a host it has
no word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import InvalidInput
from wiki.pages.models import Page
from wiki.pages.service import bump
from wiki.voices.models import Contribution
from wiki.voices.privacy import VoiceFacts, shown
from wiki.voices.queries import Did

NAME_LENGTH = 80  # characters
MOST = 100  # of a page


@dataclass(frozen=True)
class Given:
    """One contribution, as it may be told: name "" where only the position may be. voice: its key;
    "": somebody who has no voice here."""

    kind: str
    name: str
    position: str = ""
    voice: str = ""


def credited(did: Sequence[Did], voices: Mapping[str, VoiceFacts], now: datetime) -> list[Given]:
    """What was done, with who did it; none of a voice that was taken back. Pure."""
    given = []
    for each in did:
        if not each.voice:
            given.append(Given(each.kind, each.name))
            continue
        voice = voices.get(each.voice)
        if voice is not None and not voice.withdrawn:
            known = shown(voice, now)
            given.append(Given(each.kind, known.name, known.position, each.voice))
    return given


def contribute(
    session: Session,
    page: Page,
    kind: str,
    *,
    voice_key: str = "",
    name: str = "",
    voices: Mapping[str, VoiceFacts],
    lists: Lists = SHIPPED,
) -> None:
    """Say what a voice of the page, or somebody named, did for it. Flushes.

    InvalidInput("kind" | "who" | "name").
    """
    if kind not in lists["contribution"]:
        raise InvalidInput("kind", "Please choose one of these.")
    name = " ".join(name.split())
    if voice_key and voice_key not in voices:
        raise InvalidInput("who", "This page has no such voice.")
    if not voice_key and not name:
        raise InvalidInput("name", "Please say who it was, as they want to be named.")
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise InvalidInput(
            "name", "Please keep it under %(limit)s characters.", {"limit": NAME_LENGTH}
        )
    there = session.scalars(select(Contribution).where(Contribution.page_id == page.id)).all()
    if len(there) >= MOST:
        raise InvalidInput("name", "There are %(limit)s already.", {"limit": MOST})
    row = Contribution(
        page_id=page.id, voice_key=voice_key or None, name="" if voice_key else name, kind=kind
    )
    if not any((r.voice_key, r.name, r.kind) == (row.voice_key, row.name, kind) for r in there):
        session.add(row)
        bump(page)
    session.flush()


def take_out(session: Session, page: Page, kind: str, *, voice_key: str, name: str) -> None:
    """Take one contribution of the page out again. Flushes.

    It is known by what it says: the number of its row would say between which others it was added.
    """
    row = session.scalar(
        select(Contribution).where(
            Contribution.page_id == page.id,
            Contribution.kind == kind,
            func.coalesce(Contribution.voice_key, "") == voice_key,
            Contribution.name == ("" if voice_key else name),
        )
    )
    if row is not None:
        session.delete(row)
        bump(page)
        session.flush()
