"""One marked passage at an address that never changes, and how it is cited in plain words.

Only what somebody said themselves is cited as theirs, and only where they agreed to be cited; what
was told by somebody else is cited as told by its writer. `voices.privacy` decides both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.attribution.queries import origins_of
from wiki.cases.telling import Teller
from wiki.errors import RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.origins import credits_of_origins
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.revisions import revision_view
from wiki.pages.rules import byline
from wiki.pages.storage import load_text
from wiki.pageview.copies import copy_of
from wiki.pageview.naming import claim_address
from wiki.pageview.panel import name_of
from wiki.pageview.told import Means
from wiki.policy import Viewer
from wiki.rendering import voice_slots
from wiki.rendering.phrases import is_right_to_left
from wiki.text import tokens
from wiki.voices.marks import Mark, marks
from wiki.voices.modes import is_direct
from wiki.voices.privacy import (
    IMPORTED,
    VoiceFacts,
    citable,
    may_be_claimed,
    may_be_read,
    shown,
)
from wiki.voices.queries import voices_of
from wiki.web.i18n import gettext as _


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A passage of a revision. gone: taken back, or not to be read any more; nothing is told of it
    then. as_speaker: it may be cited as its speaker's."""

    slug: str
    title: str
    language: str
    direction: str
    number: int
    newest: bool
    gone: bool = False
    words: str = ""
    name: str = ""
    mode: str = ""
    said_in: str = ""
    as_speaker: bool = False
    why_not: str = ""
    citation: str = ""  # without its address
    mine: str = ""  # where its speaker can say so, who was not asked here; "": not needed


def cite_passage(
    session: Session,
    slug: str,
    number: int,
    place: int,
    viewer: Viewer,
    *,
    means: Means,
    now: datetime,
) -> Cited:
    """The passage of the `place`-th mark of a revision, counted from 1.

    PageNotFound, PageGone, RevisionNotFound, also for a mark that is not there. Cost: about six
    SELECTs and a walk over the HTML.
    """
    page = readable_page(session, slug, viewer)
    newest = shown_number(page)
    if number > newest:
        raise RevisionNotFound()
    revision = revision_view(session, page, number, viewer)
    about = _about(page, number, newest)
    if revision.text_hidden:
        return Cited(**about, gone=True)
    source = load_text(session, revision.text_id, revision.sha256)
    found = marks(source)
    if not 1 <= place <= len(found):
        raise RevisionNotFound(_("This revision has no such passage."))
    voices, mark = voices_of(session, page.id), found[place - 1]
    hidden = [not may_be_read(voices.get(each.by), each.mode) for each in found]
    voice = voices.get(mark.by)
    around = any(
        gone and each.start <= mark.start and mark.end <= each.end
        for each, gone in zip(found, hidden, strict=True)
    )
    if voice is None or around:
        return Cited(**about, gone=True)
    html = copy_of(
        session,
        revision.text_id,
        revision.sha256,
        renderer=means.renderer,
        language=page.language,
    ).html
    writer = _writer(session, page, number, source, mark, means)
    said = _said(voice, mark, writer, means, session, now, page.slug)
    said["citation"] = _cite(page, number, said)
    return Cited(**about, **said, words=_words(html, found, hidden, place))


def _about(page: Page, number: int, newest: int) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "title": page.title,
        "language": page.language,
        "direction": "rtl" if is_right_to_left(page.language) else "ltr",
        "number": number,
        "newest": number == newest,
    }


def _said(
    voice: VoiceFacts,
    mark: Mark,
    writer: str,
    means: Means,
    session: Session,
    now: datetime,
    slug: str,
) -> dict[str, Any]:
    words = means.words.cases
    teller = Teller(lists=words.lists(session), translate=words.translate)
    told = shown(voice, now)
    position = teller.word("position", told.position)
    name = told.name or position or _("somebody who is not named")
    as_speaker = citable(voice, mark.mode) and mark.attributes.get("machine") != "yes"
    if not is_direct(mark.mode):
        who = _("%(speaker)s, as told by %(writer)s", speaker=position or name, writer=writer)
        why = _("These are not the speaker’s own words, so they are not cited as theirs.")
    elif as_speaker:
        who, why = f"{name} ({position})" if told.name and position else name, ""
    elif mark.attributes.get("machine") == "yes":
        who = _("a machine’s translation, in a page written by %(writer)s", writer=writer)
        why = _("A machine translated these words; they are nobody’s own.")
    elif voice.how == IMPORTED:
        who = ""
        why = _(
            "They came with an import, and nobody here has asked their speaker. Cite the page."
        )
    else:
        who, why = "", _("The speaker did not agree to be cited. Cite the page, not the speaker.")
    language = voice_slots.LANGUAGE.fullmatch(mark.attributes.get("from", ""))
    return {
        "name": name if is_direct(mark.mode) else who,
        "mode": teller.word("voice_mode", mark.mode),
        "said_in": words.language_name(language[0] if language else voice.language),
        "as_speaker": as_speaker,
        "why_not": why,
        "citation": who,
        "mine": claim_address(voice.key, slug) if may_be_claimed(voice) else "",
    }


def _cite(page: Page, number: int, said: dict[str, Any]) -> str:
    who, mode = str(said["citation"]), str(said["mode"]).lower()
    about = _("“%(title)s”, revision %(number)s", title=page.title, number=number)
    return f"{who}, {mode}. {about}." if who else f"{about}."


def _writer(
    session: Session, page: Page, number: int, source: str, mark: Mark, means: Means
) -> str:
    """Who wrote the first word of the passage, as the page names them."""
    origins = origins_of(session, page.id, number)
    spans = tokens.token_spans(source)
    inside = [at for at, (start, _end) in enumerate(spans) if mark.start <= start < mark.end]
    if not inside:
        return means.words.panel.hidden
    origin = origins[inside[0]]
    if origin < (page.public_from_number or 1) and page.state == "public":
        return means.words.panel.hidden
    found = credits_of_origins(session, page, [origin])
    return name_of(byline(*found[origin]), means.words.panel)


def _words(html: str, found: Sequence[Mark], hidden: Sequence[bool], place: int) -> str:
    """The passage as plain words; "" where the page could not be rendered as it is marked."""
    if [(p.by, p.mode) for p in voice_slots.passages(html)] != [(m.by, m.mode) for m in found]:
        return ""
    return voice_slots.words_of(html, place, hidden)
