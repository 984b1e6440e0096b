"""Whose voice a page is in: who speaks and how, which partners are silent, and the marked passages
with the names their speakers chose. What may be told of a voice, `voices.privacy` decides.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from wiki.cases.facets import rows, texts
from wiki.cases.telling import Teller
from wiki.cases.vocabulary import Lists
from wiki.pages.models import Page
from wiki.pageview.case_page import CaseWords
from wiki.rendering import voice_slots
from wiki.rendering.voice_slots import Passage
from wiki.voices.contributions import Given, contributions_of
from wiki.voices.marks import Mark, marks
from wiki.voices.measures import OWN, Measures, Spoken, measure
from wiki.voices.modes import HELD_BACK, is_direct
from wiki.voices.privacy import NAME, Shown, VoiceFacts, may_be_read, shown
from wiki.voices.queries import Answer, answers_of, voices_of
from wiki.web.i18n import gettext as _

DESK = "desk_author"
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Silent:
    """A partner in the ledger. state: own_words, told_by_others, no_words."""

    key: str
    name: str
    state: str
    why: str  # it has no words of its own; "" if it has
    asked: Sequence[tuple[str, str]]  # day, how
    reply: str  # "" if none was offered
    words: str
    stands_behind: bool
    replied_at: datetime | None
    own_reply: bool  # they gave it themselves; else an editor wrote it down


@dataclass(frozen=True)
class Whose:
    """What the panel tells beside who wrote the words."""

    measures: Measures
    positions: Sequence[tuple[str, int]]  # label, share in steps of five; 0: under 5 %
    protected: bool  # positions are not told, to protect somebody
    languages: Sequence[str]
    ledger: Sequence[Silent]
    dissent: Sequence[str]  # names of partners
    voices: int
    saw_it: int  # of the voices, before publication
    has_round: bool = False  # partners were asked side by side
    gave: Sequence[tuple[str, Sequence[str]]] = ()  # what was done beside writing, and by whom


@dataclass(frozen=True)
class Known:
    """The voices of a page and what its partners answered."""

    voices: Mapping[str, VoiceFacts]
    answers: Mapping[str, Answer]
    now: datetime
    gave: Sequence[Given] = ()

    @property
    def changes_at(self) -> datetime | None:
        """When a consent next has to be asked again: what is told of its voice changes then."""
        ahead = [v.ask_again_at for v in self.voices.values() if v.ask_again_at]
        return min((at for at in ahead if at > self.now), default=None)


def known_of(session: Session, page: Page, source: str, now: datetime) -> Known:
    """Three SELECTs for a case or a page with marked passages, none for other pages."""
    if page.kind != "case" and ".voice" not in source:
        return Known({}, {}, now)
    voices = voices_of(session, page.id)
    gave = contributions_of(session, page.id, voices, now)
    return Known(voices, answers_of(session, page.id), now, gave)


def whose(
    known: Known,
    fields: Fields,
    spoken: Sequence[tuple[str, str, int]],
    teller: Teller,
    language_name: Callable[[str], str] = str,
) -> Whose:
    """The panel's figures and the ledger. Pure; linear."""
    desk = fields.get("account_basis") == "desk_summary"
    listed = [_spoken(*each, known, desk=desk) for each in spoken]
    partners = [key for row in rows(fields.get("partners")) for key in texts(row.get("id"))]
    found = measure(listed, partners)
    placed = any(each.position for each in listed)
    ledger = [_silent(each.partner, each.state, known, teller) for each in found.heard]
    return Whose(
        measures=found,
        positions=[(teller.word("position", name), share) for name, share in found.positions or ()]
        if placed
        else [],
        protected=placed and found.positions is None,
        languages=[language_name(tag) for tag in found.languages],
        ledger=ledger,
        dissent=[
            each.name
            for each in ledger
            if known.answers.get(each.key, Answer()).reply == "dissents" or not each.stands_behind
        ],
        voices=len(known.voices),
        saw_it=sum(1 for voice in known.voices.values() if voice.saw_final),
        has_round=any(answer.round_id for answer in known.answers.values()),
        gave=_gave(known.gave, teller),
    )


def _gave(given: Sequence[Given], teller: Teller) -> list[tuple[str, list[str]]]:
    """By what was done, in the order of the list: who did it."""
    told: dict[str, list[str]] = {}
    for each in given:
        who = each.name or teller.word("position", each.position) or _("somebody who is not named")
        told.setdefault(each.kind, []).append(who)
    order = list(teller.words("contribution").labels)
    return [
        (teller.word("contribution", kind), names)
        for kind, names in sorted(
            told.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99
        )
    ]


def _spoken(speaker: str, mode: str, words: int, known: Known, *, desk: bool) -> Spoken:
    voice = known.voices.get(speaker) or _of_account(speaker, known)
    if voice is None:
        return Spoken(speaker, mode, words, DESK if desk else "")
    told = shown(voice, known.now)
    return Spoken(
        speaker=voice.key,
        mode=mode,
        words=words,
        position=told.position,
        partner=voice.partner,
        language=voice.language,
        consented=speaker[:1] == "w" or may_be_read(voice, mode),
    )


def _of_account(speaker: str, known: Known) -> VoiceFacts | None:
    """The named voice on this page of the account that wrote words outside of any mark. An unnamed
    one is never joined to its account's words: their sum would say whose it is."""
    for voice in known.voices.values():
        if voice.display_kind != NAME or voice.user_id is None:
            continue
        if speaker == f"w{voice.user_id}":
            return voice
    return None


def _silent(key: str, state: str, known: Known, teller: Teller) -> Silent:
    answer = known.answers.get(key, Answer())
    why = teller.word("silence_reason", answer.silence) if state != OWN else ""
    return Silent(
        key=key,
        name=teller.partner(key),
        state=state,
        why=why,
        asked=answer.asked,
        reply="" if answer.reply == "not_offered" else teller.word("reply_state", answer.reply),
        words=answer.words,
        stands_behind=answer.stands_behind,
        replied_at=answer.replied_at,
        own_reply=answer.own_reply,
    )


def name_passages(
    html: str,
    source: str,
    known: Known,
    words: CaseWords,
    lists: Callable[[], Lists],
    address: str,
) -> str:
    """The page with each marked passage named, and without those that may not be read.

    `address`: of the revision; each passage leads to its own below it.

    Slots that no mark of the source stands behind (typed as HTML) name nobody.
    """
    found = voice_slots.passages(html)
    if not found:
        return html
    marked = marks(source)
    if [(p.by, p.mode) for p in found] != [(m.by, m.mode) for m in marked]:
        return voice_slots.filled(html, lambda passage: "")
    html = voice_slots.without(
        html, lambda passage: not may_be_read(known.voices.get(passage.by), passage.mode)
    )
    teller = Teller(lists=lists(), translate=words.translate)
    places = _shown_places(marked, known)
    return voice_slots.filled(
        html,
        lambda passage: _line(passage, known, teller, words, f"{address}/passage/{next(places)}"),
    )


def _shown_places(marked: Sequence[Mark], known: Known) -> Iterator[int]:
    """The places of the marks whose slots are left when hidden passages are taken out."""
    until = 0
    for place, mark in enumerate(marked, 1):
        if mark.start < until:  # within one that is hidden
            continue
        yield place
        if not may_be_read(known.voices.get(mark.by), mark.mode):
            until = mark.end


def _line(passage: Passage, known: Known, teller: Teller, words: CaseWords, address: str) -> str:
    voice = known.voices.get(passage.by)
    if voice is None or not may_be_read(voice, passage.mode):
        held = passage.mode == HELD_BACK
        return Markup('<p class="voice-line">{}</p>').format(
            _("A passage is held back at its speaker’s choice.")
            if held
            else _("A passage was taken back by the one who spoke it.")
        )
    told = shown(voice, known.now)
    position = teller.word("position", told.position)
    name = told.name or position or _("somebody who is not named")
    notes = [
        position if told.name else "",
        teller.word("voice_mode", passage.mode),
        _said_in(passage, words),
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
    return Markup(
        '<p class="voice-line"><b><bdi>{}</bdi></b> <span>{}</span>'
        ' <a href="{}">{}<span class="visually-hidden"> {}</span></a></p>'
    ).format(name, said, address, _("cite"), _("this passage"))


def _said_in(passage: Passage, words: CaseWords) -> str:
    if not passage.language:
        return ""
    return _("said in %(language)s", language=words.language_name(passage.language))


def _about(told: Shown, teller: Teller) -> str:
    if told.unconfirmed:
        return _("came with an import; nobody here has asked the speaker")
    return teller.word("capacity", told.capacity) if told.capacity == "about_others" else ""
