"""The marked passages of a page with the names their speakers chose, and without those that may
not be read; `voices.privacy` decides."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from wiki.cases.telling import Teller
from wiki.cases.vocabulary import Lists
from wiki.pages.models import Page
from wiki.pageview.case_page import CaseWords
from wiki.pageview.whose import Known
from wiki.rendering import voice_slots
from wiki.rendering.addresses import page_address
from wiki.rendering.voice_slots import Passage
from wiki.voices.marks import Mark, stands_for_others
from wiki.voices.modes import HELD_BACK, IN_PLACE, is_direct, keeps_language
from wiki.voices.privacy import (
    Shown,
    VoiceFacts,
    may_be_claimed,
    may_be_read,
    reaches_everybody,
    shown,
)
from wiki.voices.queries import voices_of
from wiki.web.i18n import gettext as _

_KEYS = re.compile(rf"^:::.*\bby=({voice_slots.KEY.pattern})\b")


def name_passages(
    html: str,
    known: Known,
    words: CaseWords,
    lists: Callable[[], Lists],
    slug: str,
    number: int,
) -> str:
    """The page with each marked passage named, and without those that may not be read.

    Each passage of the revision leads to its own address, one that came with an import also to
    where its speaker says so. Slots that no mark of the source stands behind (typed as HTML) name
    nobody.
    """
    if "voice-slot" not in html:
        return html
    if not _agree(html, known):
        return voice_slots.filled(html, lambda passage: "")
    html = voice_slots.without(
        html, lambda passage: not may_be_read(known.voices.get(passage.by), passage.mode)
    )
    html = voice_slots.spoken_in(html, lambda passage: _language(passage, known))
    teller = Teller(lists=lists(), translate=words.translate)
    places = _shown_places(known.marked, known)
    return voice_slots.filled(
        html,
        lambda passage: _line(
            passage, known, teller, words, slug, f"@{number}/passage/{next(places)}"
        ),
    )


def preview_passages(
    html: str,
    known: Known,
    why: Sequence[Sequence[str]],
    words: CaseWords,
    lists: Callable[[], Lists],
) -> str:
    """A text that is not saved yet, named as its page will be; what could not be saved stands in
    it all the same, with the reason. `why`: for each mark what keeps it from being saved.
    """
    if not _agree(html, known):
        return voice_slots.filled(html, lambda passage: "")
    html = voice_slots.without(html, lambda passage: not passage.by and passage.mode in IN_PLACE)
    html = voice_slots.spoken_in(html, lambda passage: _language(passage, known))
    teller = Teller(lists=lists(), translate=words.translate)
    reasons = _of_shown(known.marked, why)

    def say(passage: Passage) -> str:
        wrong = next(reasons)
        if not wrong:
            return _line(passage, known, teller, words)
        who = known.voices.get(passage.by)
        named = _named(shown(who, known.now), teller) if who and not who.withdrawn else passage.by
        return Markup('<p class="voice-line"><b><bdi>{}</bdi></b> {} <b>{}</b></p>').format(
            named, _("This passage would have to wait:"), " ".join(wrong)
        )

    return voice_slots.filled(html, say)


def _of_shown(marked: Sequence[Mark], why: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The reasons of the marks that are left when what stands for others is emptied."""
    until = 0
    for mark, wrong in zip(marked, why, strict=True):
        if mark.start < until:
            continue
        yield wrong
        if stands_for_others(mark):
            until = mark.end


def _agree(html: str, known: Known) -> bool:
    """Whether each slot has the mark that made it; one typed as HTML has none."""
    slots = [(passage.by, passage.mode) for passage in voice_slots.passages(html)]
    return slots == [(mark.by, mark.mode) for mark in known.marked]


def _named(told: Shown, teller: Teller) -> str:
    return told.name or teller.word("position", told.position) or _("somebody who is not named")


def voices_in(
    session: Session, page: Page, lines: Iterable[str], words: CaseWords, now: datetime
) -> list[tuple[str, str]]:
    """Who stands behind the keys in these lines of Markdown, as everybody may know it. Two SELECTs
    if there are any."""
    keys = dict.fromkeys(key for line in lines for key in _KEYS.findall(line))
    if not keys:
        return []
    voices, teller = voices_of(session, page.id), Teller(words.lists(session), words.translate)
    return [
        (key, _named(shown(voices[key], now), teller))
        for key in keys
        if key in voices and reaches_everybody(voices[key])
    ]


def _shown_places(marked: Sequence[Mark], known: Known) -> Iterator[int]:
    """The places of the marks whose slots are left when hidden passages are taken out."""
    until = 0
    for place, mark in enumerate(marked, 1):
        if mark.start < until:  # within one that is hidden
            continue
        yield place
        if not may_be_read(known.voices.get(mark.by), mark.mode):
            until = mark.end


def _line(
    passage: Passage,
    known: Known,
    teller: Teller,
    words: CaseWords,
    slug: str = "",
    place: str = "",
) -> str:
    voice = known.voices.get(passage.by)
    if voice is None or not may_be_read(voice, passage.mode):
        held = passage.mode == HELD_BACK
        return Markup('<p class="voice-line">{}</p>').format(
            _("A passage is held back at its speaker’s choice.")
            if held
            else _("A passage was taken back by the one who spoke it.")
        )
    told, other = shown(voice, known.now), _language(passage, known)
    position = teller.word("position", told.position)
    notes = [
        position if told.name else "",
        teller.word("voice_mode", passage.mode),
        _said_in(passage, other, words),
        _("translated by a machine; these words are nobody’s own")
        if passage.machine == "yes"
        else "",
        {"yes": _("the speaker has seen it"), "no": _("the speaker has not seen it")}.get(
            passage.reviewed, ""
        )
        if not is_direct(passage.mode)
        else "",
        _about(told, teller),
    ]
    said = Markup(" · ").join(escape(note) for note in notes if note)
    leads = _leads(voice, slug, place) if place else ""
    ours = Markup(' lang="{}"').format(words.language) if other else ""  # the line is not theirs
    return Markup('<p class="voice-line"{}><b><bdi>{}</bdi></b> <span>{}</span>{}</p>').format(
        ours, _named(told, teller), said, leads
    )


def _leads(voice: VoiceFacts, slug: str, place: str) -> str:
    """Where a passage leads: how it is cited, and where its speaker can say so."""
    cite = Markup(' <a href="{}">{}<span class="visually-hidden"> {}</span></a>').format(
        page_address(slug, None) + place, _("cite"), _("this passage")
    )
    if not may_be_claimed(voice):
        return cite
    mine = Markup(' · <a href="{}">{}</a>').format(
        claim_address(voice.key, slug), _("These are my words")
    )
    return cite + mine


def claim_address(key: str, slug: str) -> str:
    """Where somebody says that imported words are theirs."""
    return page_address(slug, None).replace("/w/", f"/my-words/{key}/", 1)


def _language(passage: Passage, known: Known) -> str:
    """In which language the words of a passage are, if it is another one than that of the page."""
    voice = known.voices.get(passage.by)
    if voice is None or not may_be_read(voice, passage.mode) or passage.machine == "yes":
        return ""
    same = voice.language.partition("-")[0] == known.language.partition("-")[0]
    return voice.language if known.language and not same and keeps_language(passage.mode) else ""


def _said_in(passage: Passage, other: str, words: CaseWords) -> str:
    if passage.language:
        return _("said in %(language)s", language=words.language_name(passage.language))
    return _("in %(language)s", language=words.language_name(other)) if other else ""


def _about(told: Shown, teller: Teller) -> str:
    if told.unconfirmed:
        return _("came with an import; nobody here has asked the speaker")
    return teller.word("capacity", told.capacity) if told.capacity == "about_others" else ""
