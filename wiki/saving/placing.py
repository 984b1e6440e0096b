"""An answer that came in goes into the page: its words as passages in the voice of the one who
gave it, in one revision of the editor who puts it there; its reply into the ledger.

How they rate the outcomes is a passage too, not a field of the case: so it goes with their words
when they take them back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import policy
from wiki.cases.service import hold_clock
from wiki.errors import InvalidInput, PageNotFound
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.service import text_of
from wiki.saving.hearing import follow_voices
from wiki.saving.service import Actor, Edit, Means, page_facts, save
from wiki.text import front_matter
from wiki.voices.answering import OUTCOMES, Handed, unpacked, voice_facts
from wiki.voices.forms import with_passage
from wiki.voices.invitations import take_reply
from wiki.voices.marks import marks
from wiki.voices.models import AnswerRound, VoiceAnswer
from wiki.voices.plain_words import as_markdown
from wiki.voices.privacy import EVERYBODY, VoiceFacts
from wiki.voices.service import add_voice

VIA = "answer"
ANY = "v0"  # a key for words that are not in the text


@dataclass(frozen=True)
class PlacingWords:
    """What stands around an answer in the text, in the language of the one who puts it in."""

    heading: str
    questions: Mapping[str, str]
    reply: str  # above the reply of one person, which is not the partner's
    outcomes: str  # above the ratings
    ratings: Mapping[str, Mapping[str, str]]  # outcome: value: as it is said
    summary: str


@dataclass(frozen=True)
class Placeable:
    """An answer that waits. source, voice: what it would add to the text and who speaks there, of
    one that everybody can read already; "" and None else: who puts it in does not read it before
    all others can."""

    partner: str
    is_open: bool
    source: str = ""
    voice: VoiceFacts | None = None


def placeable(
    session: Session, page: Page, public_id: str, words: PlacingWords, now: datetime
) -> Placeable:
    """The answer that waits under this name. PageNotFound if none does."""
    row, said = _waiting(session, page, public_id, now)
    if row.round_id is None:
        return Placeable(row.partner_key, is_open=False)
    source, voice = as_passages(said, words)
    return Placeable(row.partner_key, True, source, voice)


def as_passages(said: Handed, words: PlacingWords) -> tuple[str, VoiceFacts]:
    """What an answer would add to the text ("": it has no words for it), and its voice."""
    passages = _passages(said, words)
    source = _with_passages("", ANY, passages, words) if passages else ""
    return source, replace(voice_facts(said), key=ANY)


def place(
    session: Session,
    slug: str,
    public_id: str,
    words: PlacingWords,
    *,
    by: Actor,
    means: Means,
    now: datetime,
) -> None:
    """Put an answer into its page. PageNotFound if none waits under this name; as `save` else."""
    hold_clock(session)
    page = readable_page(session, slug, by.viewer)
    policy.require(policy.may_edit(by.viewer, page_facts(session, page, by.viewer, now), now=now))
    row, said = _waiting(session, page, public_id, now)
    source = text_of(session, page, page.head_number)
    passages = _passages(said, words)
    if passages:
        key = _voice(session, page, row, said, means, now)
        edit = Edit(
            slug=slug,
            base_number=page.head_number,
            source=_checked(source, _with_passages(source, key, passages, words), len(passages)),
            summary=words.summary,
            via=VIA,
        )
        save(session, edit, by=by, means=means, now=now)
    if row.opened_at is None:
        take_reply(session, page, row, said, now=now, lists=means.lists)
    row.opened_at, row.placed_at = row.opened_at or now, now
    if row.round_id is None:
        row.said = {}  # it stands in the page now
    session.flush()
    follow_voices(session, page, now)


def _waiting(
    session: Session, page: Page, public_id: str, now: datetime
) -> tuple[VoiceAnswer, Handed]:
    row = session.scalar(
        select(VoiceAnswer).where(
            VoiceAnswer.page_id == page.id,
            VoiceAnswer.public_id == public_id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.placed_at.is_(None),
        )
    )
    said = unpacked(row.said) if row is not None else None
    if row is None or said is None:
        raise PageNotFound()
    if row.round_id is not None and session.get_one(AnswerRound, row.round_id).opens_at > now:
        raise PageNotFound()
    return row, said


def _voice(
    session: Session, page: Page, row: VoiceAnswer, said: Handed, means: Means, now: datetime
) -> str:
    made = add_voice(
        session,
        page,
        said.voice,
        said.consent,
        taken_by=None,
        speaker=row.user_id,
        let_in=row.let_in,
        now=now,
        lists=means.lists,
        receipt=row.receipt,
    )
    return made.key


def _passages(said: Handed, words: PlacingWords) -> list[tuple[str, str, str]]:
    """(what stands above, what the mark says, Markdown) of each."""
    found = [(words.questions[name], text) for name, text in said.words.items()]
    if said.reply_words and not said.is_for_others:
        found.append((words.reply, said.reply_words))
    rated = [words.ratings[name][value] for name in OUTCOMES if (value := getattr(said, name))]
    if rated:
        found.append((words.outcomes, "\n\n".join(rated)))
    plain = [(above, "mode=direct_written", as_markdown(text)) for above, text in found]
    return [*(("", told.mark, told.words) for told in said.told), *plain]


def _checked(source: str, longer: str, passages: int) -> str:
    """The longer text, if each passage stays within its mark: code that one of them leaves open
    would swallow what follows it."""
    if len(marks(longer)) != len(marks(source)) + passages:
        raise InvalidInput(
            "", "These words would not stay within their passage. Is some code not closed?"
        )
    return longer


def _with_passages(
    source: str, key: str, passages: Sequence[tuple[str, str, str]], words: PlacingWords
) -> str:
    body = front_matter.split(source)[1]
    head = source[: len(source) - len(body)]
    parts = [f"## {as_markdown(words.heading)}"]
    for above, mark, said in passages:
        title = f"**{as_markdown(above)}**\n\n" if above else ""
        parts.append(f"{title}::: {{.voice by={key} {mark}}}\n{said}\n:::")
    return head + with_passage(body, "", "\n\n".join(parts))
