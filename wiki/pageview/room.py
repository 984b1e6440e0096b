"""The partners' room of a page as one visitor sees it, put into words.

Who is not inside reads words of their own and nothing else. Of a draft only its members learn more
than what was said for partners.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.cases.telling import Teller, shown_partners
from wiki.cases.vocabulary import Lists
from wiki.pages.models import Page
from wiki.pages.queries import shown_number
from wiki.pages.service import text_of
from wiki.pageview.removed import Removed, removed_words
from wiki.pageview.told import fields_of
from wiki.rendering.phrases import is_right_to_left
from wiki.voices.answering import OUTCOMES
from wiki.voices.asking import QUESTIONS
from wiki.voices.privacy import Shown
from wiki.voices.queries import Answer, beside_of, voices_of
from wiki.voices.room import (
    OnThePage,
    Testimony,
    Visitor,
    for_partners,
    on_the_page,
    waiting_for_editors,
)
from wiki.voices.waiting import waiting_answers

Translate = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Testimony in words. passages: (what stands above, how the words came, the words); public:
    (scope, label) of how its speaker may let everybody read it."""

    public_id: str
    who: str
    about: Sequence[str]
    language: str
    direction: str
    standpoint: str
    passages: Sequence[tuple[str, str, str]]
    ratings: Sequence[tuple[str, str]]
    reply: str
    reply_words: str
    stands_behind: bool
    own: bool
    public: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Voiced:
    """A voice of the page: its key, how it is named, whether it is the visitor's."""

    key: str
    who: str
    about: Sequence[str]
    own: bool


@dataclass(frozen=True)
class Asked:
    """A partner: when and how it was asked, and what is known of its silence."""

    partner: str
    times: Sequence[tuple[str, str]]
    state: str


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """The room. code: with which the visitor came ("" for an account); mine: own answers that wait
    for an editor; waiting: partners whose answers wait."""

    slug: str
    title: str
    language: str
    direction: str
    is_public: bool
    code: str
    inside: bool
    may_let_in: bool
    spoken: Sequence[Spoken]
    mine: Sequence[Spoken]
    voices: Sequence[Voiced]
    removed: Sequence[Removed] = ()
    waiting: Sequence[str] = ()
    asked: Sequence[Asked] = ()
    notice: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Words:
    """What puts a room into words for one visitor."""

    teller: Teller
    partners: Mapping[str, str]
    plain: Callable[[str], str]

    def spoken(self, each: Testimony) -> Spoken:
        word, said = self.teller.word, each.said
        above = [
            (self.teller.translate(QUESTIONS.get(n, "")), "", w) for n, w in said.words.items()
        ]
        return Spoken(
            public_id=each.public_id,
            who=self.named(each.voice),
            about=self.about(each.voice, each.partner),
            language=each.voice.language,
            direction=_direction(each.voice.language),
            standpoint=each.voice.standpoint,
            passages=[
                *(("", self._mode(told.mark), self.plain(told.words)) for told in said.told),
                *above,
            ],
            ratings=[
                (self.teller.translate(label), word(name, getattr(said, name)))
                for name, label in zip(OUTCOMES, ("The relationship", "The purpose"), strict=True)
                if getattr(said, name)
            ],
            reply=word("reply_state", said.reply),
            reply_words=said.reply_words,
            stands_behind=said.stands_behind,
            own=each.own,
            public=[(scope, word("consent_scope", scope)) for scope in each.public],
        )

    def voiced(self, each: OnThePage) -> Voiced:
        voice = each.voice
        about = self.about(voice, voice.partner)
        return Voiced(voice.key, self.named(voice), about, each.own)

    def named(self, voice: Shown) -> str:
        return voice.name or self.teller.word("position", voice.position)

    def about(self, voice: Shown, partner: str) -> list[str]:
        told = [
            self.partners.get(partner, ""),
            self.teller.word("position", voice.position) if voice.name else "",
            self.teller.word("capacity", voice.capacity),
        ]
        return [each for each in told if each]

    def asked(self, partner: str, answer: Answer) -> Asked:
        state = self.teller.word("silence_reason", answer.silence)
        return Asked(self.partners.get(partner, partner), answer.asked, state)

    def _mode(self, mark: str) -> str:
        pairs = dict(part.partition("=")[::2] for part in mark.split())
        return self.teller.word("voice_mode", pairs.get("mode", ""))


def _direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


def room_view(
    session: Session,
    who: Visitor,
    *,
    code: str,
    may_let_in: bool,
    lists: Lists,
    translate: Translate,
    plain: Callable[[str], str],
    now: datetime,
) -> RoomView:
    """All that the room tells this visitor; `plain`: Markdown as words. Six SELECTs, and those of
    `removed_words`."""
    page = who.page
    fields = fields_of(text_of(session, page, shown_number(page)))
    withheld = translate("a partner whose name is withheld")
    teller = Teller(lists=lists, translate=translate)
    words = _Words(teller, shown_partners(fields, withheld), plain)
    more = who.inside and (page.state == "public" or who.user_id is not None)
    return RoomView(
        slug=page.slug,
        title=page.title,
        language=page.language,
        direction=_direction(page.language),
        is_public=page.state == "public",
        code=code,
        inside=who.inside,
        may_let_in=may_let_in and who.inside,
        spoken=[words.spoken(each) for each in for_partners(session, who, now)],
        mine=[words.spoken(each) for each in waiting_for_editors(session, who, now)],
        voices=[words.voiced(each) for each in on_the_page(session, who, now)],
        removed=_removed(session, page, now) if more else (),
        waiting=_waiting(session, page, words, now) if more else (),
        asked=_asked(session, page, words) if more else (),
    )


def _removed(session: Session, page: Page, now: datetime) -> list[Removed]:
    return removed_words(session, page, voices_of(session, page.id), now)


def _waiting(session: Session, page: Page, words: _Words, now: datetime) -> list[str]:
    waiting = waiting_answers(session, page, now)
    names = {words.partners.get(each.partner, "") for each in waiting if not each.is_open}
    return sorted(name for name in names if name)


def _asked(session: Session, page: Page, words: _Words) -> list[Asked]:
    answers = beside_of(session, page.id).answers
    return [words.asked(key, answers.get(key, Answer())) for key in words.partners]
