"""Who speaks the words of a page, as its measures take them; pure.

Words are counted by marks and by writers (`counting`). Here a writer who has a named voice on the
page becomes that voice, and each is given what may be told of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from wiki.pages.rules import Byline
from wiki.voices.measures import Spoken
from wiki.voices.privacy import NAME, VoiceFacts, may_be_read, shown

DESK = "desk_author"
NO_KEY = ":"  # what no key of a voice has
Counted = tuple[str, str, int]  # speaker, mode, words


def writer(found: tuple[Byline, int] | None) -> str:
    """How a writer is told from others, from byline and account: a hidden one is never the same as
    a named one, so that no sum says who it is; and all hidden ones are one, so that none says how
    many they are. None is the same as a key of a voice."""
    if found is None:
        return NO_KEY
    who, account = found
    return f"{NO_KEY}h" if who.kind == "hidden" else f"{NO_KEY}w{account}"


def from_revision(number: int) -> str:
    """Whoever wrote this revision: stands for a writer where words are kept for later."""
    return f"{NO_KEY}{number}"


def revision_of(speaker: str) -> int | None:
    """The revision that it stands for; None for a voice."""
    number = speaker.removeprefix(NO_KEY)
    return int(number) if speaker != number and number.isdecimal() else None


def written(counted: Iterable[Counted], writers: Mapping[int, str]) -> list[Counted]:
    """Kept words by who wrote them, as `writers` has it now."""
    words: Counter[tuple[str, str]] = Counter()
    for speaker, mode, number in counted:
        origin = revision_of(speaker)
        who = speaker if origin is None else writers.get(origin, NO_KEY)
        words[who, mode] += number
    return [(who, mode, number) for (who, mode), number in sorted(words.items())]


def speakers(
    counted: Iterable[Counted], voices: Mapping[str, VoiceFacts], now: datetime, *, desk: bool
) -> list[Spoken]:
    """The words of each. `desk`: the page is a desk summary. Linear."""
    return [_spoken(*each, voices, now, desk=desk) for each in counted]


def _spoken(
    speaker: str,
    mode: str,
    words: int,
    voices: Mapping[str, VoiceFacts],
    now: datetime,
    *,
    desk: bool,
) -> Spoken:
    writes = speaker.startswith(NO_KEY)
    voice = voice_of_writer(speaker, voices) if writes else voices.get(speaker)
    if voice is None:  # a mark of a voice that is not here is shown to nobody, and not counted
        return Spoken(speaker, mode, words, DESK if desk else "", consented=writes)
    told = shown(voice, now)
    return Spoken(
        speaker=voice.key,
        mode=mode,
        words=words,
        position=told.position,
        partner=voice.partner,
        language=voice.language,
        consented=writes or may_be_read(voice, mode),
    )


def has_writers(voices: Mapping[str, VoiceFacts]) -> bool:
    """Whether words outside of any mark may be a voice's: only then does it matter who typed."""
    return any(v.display_kind == NAME and v.user_id is not None for v in voices.values())


def voice_of_writer(speaker: str, voices: Mapping[str, VoiceFacts]) -> VoiceFacts | None:
    """The named voice on this page of the account that wrote words outside of any mark. An unnamed
    one is never joined to its account's words: their sum would say whose it is."""
    for voice in voices.values():
        if voice.display_kind != NAME or voice.user_id is None:
            continue
        if speaker == f"{NO_KEY}w{voice.user_id}":
            return voice
    return None
