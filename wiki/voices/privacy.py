"""What may be known of a voice, and by whom: the one place that decides; pure.

Every page, list, feed, export and figure asks here. Absence of a scope is a no; a consent that was
to be asked again and was not turns the passage de-identified; one that was taken back hides it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from wiki.voices.measures import MIN_COUNTED
from wiki.voices.modes import NEEDS, is_direct

NAME, ROLE, PSEUDONYM = "name", "role", "pseudonym"
SCOPE_OF = {NAME: "public_named", PSEUDONYM: "public_pseudonym", ROLE: "public_deidentified"}
IMPORTED = "imported"  # how a consent came that nobody here has asked for
CITATION = "export_and_citation"
PUBLIC = frozenset(SCOPE_OF.values())
PARTNERS_ONLY = "partners_only"
EVERYBODY, PARTNERS, NOBODY = "everybody", "partners", "nobody"  # whom words reach


@dataclass(frozen=True)
class Account:
    """What policy asks of the account behind a voice."""

    role: str
    blocked_at: datetime | None = None
    blocked_until: datetime | None = None


@dataclass(frozen=True)
class VoiceFacts:
    """A voice with the newest of its consents, as the database has them."""

    key: str
    display_kind: str
    display: str
    position: str
    position_public: bool
    capacity: str
    partner: str
    language: str
    standpoint: str = ""
    user_id: int | None = None
    withdrawn: bool = False
    how: str = ""  # "": no consent is recorded
    scopes: Collection[str] = ()
    read_back: str = ""
    mandate: bool = False
    saw_final: bool = False
    ask_again_at: datetime | None = None
    importer: int | None = None  # who answers for the import it came with
    receipt: bool = False  # a code was given with which the speaker takes the words back
    account: Account | None = None  # of somebody who can sign in; only where it was asked for


@dataclass(frozen=True)
class Shown:
    """What everybody may know of a voice. name "": not to be told; position "": not shown."""

    key: str
    name: str
    position: str
    capacity: str
    partner: str
    language: str
    standpoint: str
    unconfirmed: bool = False  # came with an import; nobody here has asked


def shown(voice: VoiceFacts, now: datetime) -> Shown:
    """The voice for everybody."""
    told = name_told(voice, now)
    return Shown(
        key=voice.key,
        name=voice.display if told else "",
        position=voice.position if voice.position_public and not voice.withdrawn else "",
        capacity=voice.capacity,
        partner=voice.partner,
        language=voice.language,
        standpoint=voice.standpoint if told or _role_stands(voice, now) else "",
        unconfirmed=voice.how == IMPORTED,
    )


def exported(voice: VoiceFacts, now: datetime) -> dict[str, str]:
    """What a file may carry away, where it cannot be called back: a name and a standpoint only of
    a speaker who agreed to that."""
    told, agreed = shown(voice, now), agreed_to_files(voice, now)
    return {
        "key": told.key,
        "name": told.name if agreed else "",
        "position": told.position,
        "capacity": told.capacity,
        "partner": told.partner,
        "language": told.language,
        "standpoint": told.standpoint if agreed else "",
        CITATION: "yes" if agreed else "no",
    }


def _role_stands(voice: VoiceFacts, now: datetime) -> bool:
    """Whether what the speaker of a role said of themselves may still be told."""
    return voice.display_kind == ROLE and not voice.withdrawn and not expired(voice, now)


def agreed_to_files(voice: VoiceFacts, now: datetime) -> bool:
    """Whether the speaker agreed that their words leave, and nobody has to ask again first: what a
    file holds stays in it."""
    return CITATION in voice.scopes and not voice.withdrawn and not expired(voice, now)


def may_leave(voice: VoiceFacts | None, mode: str, now: datetime) -> bool:
    """Whether the words of a passage may go into a file: what everybody may read, and of a
    speaker's own words those that they agreed to let go."""
    if voice is None or not may_be_read(voice, mode):
        return False
    return not NEEDS[mode].consent or agreed_to_files(voice, now)


def name_told(voice: VoiceFacts, now: datetime) -> bool:
    """Whether its name or pseudonym may be printed: chosen, agreed to, and still in force."""
    if voice.withdrawn or voice.display_kind == ROLE or expired(voice, now):
        return False
    return not voice.how or SCOPE_OF[voice.display_kind] in voice.scopes


def may_be_claimed(voice: VoiceFacts) -> bool:
    """Whether somebody may say that its words are theirs: nobody here has asked its speaker."""
    return voice.how == IMPORTED and not voice.withdrawn


def control_told(voice: VoiceFacts, now: datetime) -> bool:
    """Whether it may be said what the account behind a voice can do with the page: only of one
    that speaks under its name. Of all others nothing is said, not even of how many: blocks and
    roles are known, and a figure that moves with one of them says whose account it is."""
    return voice.display_kind == NAME and name_told(voice, now)


def keeps_name_back(voice: VoiceFacts, now: datetime) -> bool:
    """Whether nobody may learn who speaks: chosen so, or never agreed to, or not any more. A voice
    that was taken back keeps back what it kept back."""
    if voice.display_kind != NAME or expired(voice, now):
        return True
    return bool(voice.how) and SCOPE_OF[NAME] not in voice.scopes


def keeps_something_back(voice: VoiceFacts, now: datetime) -> bool:
    """Whether the page does not tell who speaks, or from which position."""
    return keeps_name_back(voice, now) or not voice.position_public


def was_public(voice: VoiceFacts) -> bool:
    """Whether the voice speaks to everybody, or did before it was taken back: of one that speaks
    to partners only, nothing that everybody sees may tell that it is there."""
    return not voice.how or bool(PUBLIC.intersection(voice.scopes))


def number_told(voices: Collection[VoiceFacts], now: datetime) -> bool:
    """Whether it may be said how many voices a page has, and of how many of them something holds:
    not of a few, with one that keeps something back."""
    here = [voice for voice in voices if not voice.withdrawn]
    if len(here) >= MIN_COUNTED:
        return True
    return not any(keeps_something_back(voice, now) for voice in here)


def expired(voice: VoiceFacts, now: datetime) -> bool:
    """Whether the consent was to be asked again and was not."""
    return voice.ask_again_at is not None and voice.ask_again_at <= now


def reaches_everybody(voice: VoiceFacts) -> bool:
    """Whether words of the speaker's own may stand on a public page."""
    return not voice.withdrawn and bool(PUBLIC.intersection(voice.scopes))


def reach(scopes: Collection[str]) -> str:
    """Whom words reach with this consent: everybody, the partners of the page, or nobody."""
    if PUBLIC.intersection(scopes):
        return EVERYBODY
    return PARTNERS if PARTNERS_ONLY in scopes else NOBODY


def shown_to_partners(voice: VoiceFacts, now: datetime) -> Shown:
    """The voice for those who read the partners' room: with the name it chose for this page, as
    long as its consent is in force. A position that is not to be seen is not seen there either."""
    told = not (voice.withdrawn or voice.display_kind == ROLE or expired(voice, now))
    return replace(
        shown(voice, now),
        name=voice.display if told else "",
        standpoint=voice.standpoint if told or _role_stands(voice, now) else "",
    )


def widest(voice: VoiceFacts) -> tuple[str, ...]:
    """The public scopes among which a speaker chooses who wants to be read by everybody: without
    a name, or with the one that was chosen."""
    return tuple(dict.fromkeys((SCOPE_OF[ROLE], SCOPE_OF[voice.display_kind])))


def widened(scopes: Collection[str], public: str) -> tuple[str, ...]:
    """What a speaker agrees to whose words may be read by everybody from now on."""
    return (*(scope for scope in scopes if scope != PARTNERS_ONLY), public)


def narrowed(scopes: Collection[str]) -> tuple[str, ...]:
    """What a speaker agrees to whose words are for partners only from now on."""
    return (*(scope for scope in scopes if scope not in {*PUBLIC, PARTNERS_ONLY}), PARTNERS_ONLY)


def citable(voice: VoiceFacts, mode: str) -> bool:
    """Whether a passage may be cited as the speaker's: their own words, and they agreed to it, to
    somebody here."""
    agreed = CITATION in voice.scopes and voice.how != IMPORTED
    return is_direct(mode) and may_be_read(voice, mode) and agreed


def may_be_read(voice: VoiceFacts | None, mode: str) -> bool:
    """Whether a passage of this voice may be shown to everybody."""
    if voice is None or voice.withdrawn:
        return False
    needs = NEEDS.get(mode)
    return needs is not None and (not needs.consent or reaches_everybody(voice))
