"""The made-up case of the demonstration: four voices, two that disagree, one partner silent, and
three that answered side by side."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.cases.service import hold_clock
from wiki.cases.vocabulary import SHIPPED
from wiki.pages.models import Page
from wiki.pages.queries import find_page
from wiki.paths import resource
from wiki.saving.curation import publish_draft
from wiki.saving.hearing import reveal
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.text import front_matter
from wiki.voices.answering import TypedAnswer
from wiki.voices.asking import INVITED_FOR
from wiki.voices.invitations import hand_in, invitation_of, open_round
from wiki.voices.privacy import NAME
from wiki.voices.rules import NewConsent, NewVoice
from wiki.voices.service import add_voice, set_reply, set_silence

SLUG = "a-reading-club-made-up"
FILE = "reading-club"
OF_A_VOICE = (
    "display_kind",
    "display",
    "position",
    "capacity",
    "partner",
    "language",
    "standpoint",
)
OF_A_CONSENT = ("how", "explained_in", "read_back", "saw_final")


def bring_case(session: Session, *, by: Actor, means: Means, now: datetime) -> None:
    """Make the case, as its writers would: a draft, the voices with their consents, the text with
    its passages, then for all to read. Nothing if it is there. Flushes; the caller commits."""
    if find_page(session, SLUG) is not None:
        return
    folder = resource("content") / "demo"
    source = (folder / f"{FILE}.md").read_text(encoding="utf-8")
    told: Any = json.loads((folder / f"{FILE}.json").read_text(encoding="utf-8"))
    facts = front_matter.write(front_matter.read(source).fields, "\n")
    title = str(front_matter.read(source).fields["title"])
    hold_clock(session)
    new = NewPage(title=title, source=facts, slug=SLUG, draft=True)
    page = create(session, new, by=by, means=means, now=now)
    _voices(session, page, told, by=by, now=now)
    save(session, Edit(slug=SLUG, base_number=1, source=source), by=by, means=means, now=now)
    publish_draft(session, SLUG, by=by, means=means, now=now)
    _answers(session, page, told["answers"], by=by, now=now)


def _answers(session: Session, page: Page, answers: Any, *, by: Actor, now: datetime) -> None:
    """Partners that were asked side by side; all have answered, so that everybody can read it."""
    asker = (by.importer or by.user).id
    until = now + INVITED_FOR
    partners = [each["partner"] for each in answers]
    asked = open_round(session, page, partners, until, when_all=True, by=asker, now=now)
    for each, invited in zip(answers, asked, strict=True):
        invitation, _ = invitation_of(session, invited.code, now)
        said = TypedAnswer(each, each["scopes"]).handed(invited.partner, SHIPPED)
        hand_in(session, invitation, page, said, now=now)
    reveal(session, page, now)


def _voices(session: Session, page: Page, told: Any, *, by: Actor, now: datetime) -> None:
    taken_by = (by.importer or by.user).id
    for each in [*told["voices"], told["editor"]]:  # who tells the rest, for themselves
        speaker = by.user.id if each["display_kind"] == NAME else None
        voice = NewVoice(position_public=True, **{name: each[name] for name in OF_A_VOICE})
        consent = NewConsent(
            scopes=tuple(each["scopes"]), **{name: each[name] for name in OF_A_CONSENT}
        )
        add_voice(session, page, voice, consent, taken_by=taken_by, speaker=speaker, now=now)
    for each in told["silences"]:
        for day, how in each["asked"]:
            set_silence(session, page, each["partner"], each["reason"], (day, how))
    for each in told["replies"]:
        set_reply(session, page, **each, now=now)
