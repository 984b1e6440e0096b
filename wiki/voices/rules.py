"""What may be recorded of a voice, of its consent and of a reply; pure."""

from dataclasses import dataclass
from datetime import datetime

from wiki.cases.vocabulary import Lists
from wiki.errors import InvalidInput
from wiki.voices.asking import WITHOUT_WORDS
from wiki.voices.privacy import NAME, PARTNERS, PARTNERS_ONLY, PSEUDONYM, ROLE, reach

DISPLAY_LENGTH = 80  # characters
STANDPOINT_WORDS = 120
REPLY_LENGTH = 1_500  # characters, the same for all
NOTE_LENGTH = 400
HOW = ("written", "spoken", "witnessed", "collective")


@dataclass(frozen=True, kw_only=True)
class NewVoice:
    """A voice as somebody described it."""

    display_kind: str
    display: str
    position: str
    position_public: bool
    capacity: str
    partner: str = ""
    language: str
    standpoint: str = ""


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """What the speaker agreed to."""

    how: str
    explained_in: str
    scopes: tuple[str, ...]
    read_back: str = "unknown"
    saw_final: bool = False
    note: str = ""
    ask_again_at: datetime | None = None


def check_voice(new: NewVoice, lists: Lists) -> None:
    """InvalidInput for the first field that cannot be."""
    one_of("display_kind", new.display_kind, (NAME, ROLE, PSEUDONYM))
    display = " ".join(new.display.split())
    if new.display_kind != ROLE and not display:
        raise InvalidInput("display", "Please say how this voice is to be called here.")
    if len(display) > DISPLAY_LENGTH or not display.isprintable():
        raise InvalidInput(
            "display", "Please keep it under %(limit)s characters.", {"limit": DISPLAY_LENGTH}
        )
    one_of("position", new.position, tuple(lists["position"].labels))
    one_of("capacity", new.capacity, tuple(lists["capacity"].labels))
    if not new.language.strip() or len(new.language) > 20:
        raise InvalidInput("language", "Please name the language, such as en or sw.")
    if len(new.standpoint.split()) > STANDPOINT_WORDS or len(new.standpoint) > 1_200:
        raise InvalidInput(
            "standpoint", "Please keep it under %(limit)s words.", {"limit": STANDPOINT_WORDS}
        )


def check_consent(consent: NewConsent, lists: Lists) -> None:
    """InvalidInput for the first field that cannot be."""
    one_of("how", consent.how, HOW)
    for scope in consent.scopes:
        one_of("scopes", scope, tuple(lists["consent_scope"].labels))
    if PARTNERS_ONLY in consent.scopes and reach(consent.scopes) != PARTNERS:
        raise InvalidInput(
            "scopes", "For partners only, or for everybody: please choose one of the two."
        )
    if len(consent.explained_in) > 20:
        raise InvalidInput("explained_in", "Please name the language, such as en or sw.")
    one_of("read_back", consent.read_back, ("yes", "no", "unknown"))
    if consent.how == "collective" and not consent.note.strip():
        raise InvalidInput("note", "Please say who agreed to the statement, and how.")
    if len(consent.note) > NOTE_LENGTH:
        raise InvalidInput(
            "note", "Please keep it under %(limit)s characters.", {"limit": NOTE_LENGTH}
        )


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """InvalidInput for a value that is not allowed."""
    if value not in allowed:
        raise InvalidInput(name, "Please choose one of these.")


def check_reply(state: str, words: str, stands_behind: bool, lists: Lists) -> None:
    """InvalidInput for a reply that contradicts itself, or is too long."""
    one_of("state", state, tuple(lists["reply_state"].labels))
    if len(words) > REPLY_LENGTH:
        raise InvalidInput(
            "words", "Please keep it under %(limit)s characters.", {"limit": REPLY_LENGTH}
        )
    if state in WITHOUT_WORDS and (words.strip() or not stands_behind):
        raise InvalidInput("state", "If they said something, please choose what they answered.")
    if state == "agrees" and not stands_behind:
        raise InvalidInput("state", "Who agrees with a page stands behind it. Please choose one.")
