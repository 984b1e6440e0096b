"""Whose voice a page is in: who speaks and how, and which partners are silent. What may be told of
a voice, `voices.privacy` decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.cases.facets import rows, texts
from wiki.cases.heard import OwnRating
from wiki.cases.telling import Teller
from wiki.pages.models import Page
from wiki.pageview.control import Speaking, speaking
from wiki.voices.contributions import Given, credited
from wiki.voices.counting import nobodys
from wiki.voices.marks import Mark, marks
from wiki.voices.measures import OWN, Measures, Spoken, measure
from wiki.voices.modes import TRANSLATED
from wiki.voices.privacy import VoiceFacts, control_told, may_be_read, number_told
from wiki.voices.queries import Answer, beside_of, voices_of
from wiki.voices.speaking import speakers, voice_of_writer
from wiki.web.i18n import gettext as _

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

    measures: Measures  # none while `recomputed`
    positions: Sequence[tuple[str, int]]  # label, share in steps of five; 0: under 5 %
    protected: bool  # positions are not told, to protect somebody
    languages: Sequence[str]
    ledger: Sequence[Silent]
    dissent: Sequence[str]  # names of partners
    voices: int  # 0: none, or not to be told
    saw_it: int  # of the voices, before publication
    speaking: Speaking  # what decides who controls the page
    recomputed: bool = False  # words were taken back: no figures until the next day
    figures_of: datetime | None = None  # the day they are of, where the text is newer
    has_round: bool = False  # partners were asked side by side
    gave: Sequence[tuple[str, Sequence[str]]] = ()  # what was done beside writing, and by whom
    translator_missing: bool = False  # people translated words here, and none is named


@dataclass(frozen=True)
class Known:
    """The voices of a page and what its partners answered."""

    voices: Mapping[str, VoiceFacts]
    answers: Mapping[str, Answer]
    now: datetime
    gave: Sequence[Given] = ()
    marked: Sequence[Mark] = ()  # the passages of the text
    language: str = ""  # of the page, as a tag; "" if that is not known

    @property
    def here(self) -> dict[str, VoiceFacts]:
        """The voices that everybody can read in this text, and no others: a page may have some
        whose words are for few, and nothing may tell that it has."""
        read = {
            mark.by for mark in self.marked if may_be_read(self.voices.get(mark.by), mark.mode)
        }
        return {key: voice for key, voice in self.voices.items() if key in read}

    @property
    def ratings(self) -> list[OwnRating]:
        """How partners rate the outcomes themselves."""
        return [each.rating for each in self.answers.values() if each.rating is not None]

    @property
    def changes_at(self) -> datetime | None:
        """When a consent next has to be asked again, or the block of a named one's account ends:
        what is told of a voice changes then."""
        here = self.here.values()
        ends = [v.ask_again_at for v in here]
        ends += [
            v.account.blocked_until
            for v in here
            if v.account is not None and control_told(v, self.now)
        ]
        return min((at for at in ends if at is not None and at > self.now), default=None)


def known_of(session: Session, page: Page, source: str, now: datetime) -> Known:
    """Two SELECTs for a case or a page with marked passages, none for other pages."""
    if page.kind != "case" and ".voice" not in source:
        return Known({}, {}, now)
    return replace(known_in(session, page.id, source, now), language=page.language)


def known_in(session: Session, page_id: int | None, source: str, now: datetime) -> Known:
    """The same for any text of this page, or of one that is not there yet."""
    if page_id is None:
        return Known({}, {}, now, marked=marks(source))
    voices = voices_of(session, page_id)
    beside = beside_of(session, page_id)
    gave = credited(beside.did, voices, now)
    return Known(voices, beside.answers, now, gave, marks(source))


@dataclass(frozen=True)
class Words:
    """Who speaks how many words of a text. day: of which it is the text; None: of now."""

    spoken: Sequence[tuple[str, str, int]]
    desk: bool
    day: datetime | None = None

    def listed(self, known: Known) -> list[Spoken]:
        """As `measure` takes them."""
        return speakers(self.spoken, known.voices, known.now, desk=self.desk)


def whose(
    known: Known,
    fields: Fields,
    present: Words,
    counted: Words | None,
    teller: Teller,
    language_name: Callable[[str], str] = str,
) -> Whose:
    """The panel's figures and the ledger. Pure; linear.

    The ledger is that of the `present` text; the figures are of what is `counted` (see
    `voices.daily`), None: being recomputed.
    """
    partners = [key for row in rows(fields.get("partners")) for key in texts(row.get("id"))]
    listed = counted.listed(known) if counted is not None else []
    found = measure(listed, ())
    placed = any(each.position for each in listed)
    here, counted_here = known.here, _speaking(listed, known)
    found_writers = [voice_of_writer(each[0], known.voices) for each in present.spoken]
    writers = [v for v in found_writers if v is not None and not v.withdrawn]
    heard = measure(present.listed(known), partners).heard
    ledger = [_silent(each.partner, each.state, known, teller) for each in heard]
    return Whose(
        measures=found,
        positions=[(teller.word("position", name), share) for name, share in found.positions or ()]
        if placed
        else [],
        protected=placed and found.positions is None,
        languages=[language_name(tag) for tag in found.languages],
        ledger=ledger,
        dissent=[each.name for each in ledger if known.answers.get(each.key, Answer()).dissents],
        voices=len(counted_here) if number_told(counted_here, known.now) else 0,
        saw_it=sum(1 for voice in counted_here if voice.saw_final),
        speaking=speaking(here.values(), teller, known.now, writers),
        recomputed=counted is None,
        figures_of=counted.day if counted is not None else None,
        has_round=any(answer.round_id for answer in known.answers.values()),
        gave=_gave(known.gave, teller),
        translator_missing=_lacks_translator(known),
    )


def _speaking(listed: Sequence[Spoken], known: Known) -> list[VoiceFacts]:
    """The voices that have words among these, in the page's order."""
    keys = {each.speaker for each in listed if each.consented}
    return [voice for key, voice in known.voices.items() if key in keys]


def _lacks_translator(known: Known) -> bool:
    """Whether words that a person translated can be read here without a word of who did."""
    translated = any(
        mark.mode == TRANSLATED and not nobodys(mark) and mark.by in known.here
        for mark in known.marked
    )
    return translated and not any(given.kind == "translated" for given in known.gave)


def _gave(given: Sequence[Given], teller: Teller) -> list[tuple[str, list[str]]]:
    """By what was done, in the order of the list: who did it."""
    by_kind: dict[str, list[str]] = {}
    for each in given:
        who = each.name or teller.word("position", each.position) or _("somebody who is not named")
        by_kind.setdefault(each.kind, []).append(who)
    order = list(teller.words("contribution").labels)
    return [
        (teller.word("contribution", kind), names)
        for kind, names in sorted(
            by_kind.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99
        )
    ]


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
