"""What a partner wrote into the form of an invitation, as it was typed and as it is kept; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from wiki.cases.schema import N_
from wiki.cases.vocabulary import Lists
from wiki.errors import InvalidInput
from wiki.voices.asking import ANSWERS, FOR_ONESELF, QUESTIONS
from wiki.voices.privacy import NOBODY, PARTNERS_ONLY, VoiceFacts, reach
from wiki.voices.rules import (
    REPLY_LENGTH,
    NewConsent,
    NewVoice,
    check_consent,
    check_reply,
    check_voice,
)

OUTCOMES = ("partnership_outcome", "purpose_outcome")
GROUP = "for_a_group_with_mandate"
CAPACITIES = (FOR_ONESELF, "for_my_organisation_claimed", GROUP)
SCOPES = (
    "public_deidentified",
    "public_pseudonym",
    "public_named",
    PARTNERS_ONLY,
    "translation",
    "export_and_citation",
)


@dataclass(frozen=True)
class Told:
    """A passage that somebody took down. mark: what its mark says beside the voice."""

    mark: str
    words: str  # Markdown


@dataclass(frozen=True)
class Handed:
    """An answer that may be kept. words: by question, only those that were answered; told: what
    answers no question."""

    voice: NewVoice
    consent: NewConsent
    words: Mapping[str, str]
    partnership_outcome: str = ""
    purpose_outcome: str = ""
    reply: str = ""
    reply_words: str = ""
    stands_behind: bool = True
    told: tuple[Told, ...] = ()

    @property
    def is_for_others(self) -> bool:
        """Whether it speaks for the partner, not for one person of it."""
        return self.voice.capacity != FOR_ONESELF

    def packed(self) -> dict[str, Any]:
        """As JSON keeps it."""
        packed = asdict(self)
        again = packed["consent"].pop("ask_again_at")
        if again is not None:
            packed["consent"]["ask_again_at"] = again.isoformat()
        return packed


def unpacked(kept: Mapping[str, Any]) -> Handed | None:
    """What `packed` made; None if it was emptied."""
    if not kept:
        return None
    consent = {**kept["consent"], "scopes": tuple(kept["consent"]["scopes"])}
    if "ask_again_at" in consent:
        consent["ask_again_at"] = datetime.fromisoformat(consent["ask_again_at"])
    parts = {
        "voice": NewVoice(**kept["voice"]),
        "consent": NewConsent(**consent),
        "told": tuple(Told(**each) for each in kept.get("told", ())),
    }
    return Handed(**{**kept, **parts})


def voice_facts(said: Handed) -> VoiceFacts:
    """The voice of an answer as `privacy` judges it; it has no key yet."""
    voice, consent = said.voice, said.consent
    return VoiceFacts(
        key="",
        display_kind=voice.display_kind,
        display=voice.display,
        position=voice.position,
        position_public=voice.position_public,
        capacity=voice.capacity,
        partner=voice.partner,
        language=voice.language,
        standpoint=voice.standpoint,
        how=consent.how,
        scopes=consent.scopes,
        ask_again_at=consent.ask_again_at,
    )


@dataclass(frozen=True)
class TypedAnswer:
    """The form as it was sent; shown again as it came if something is wrong."""

    fields: Mapping[str, str]
    scopes: Sequence[str]

    def get(self, name: str) -> str:
        """What stood in a field."""
        return self.fields.get(name, "").replace("\r\n", "\n").strip()

    def handed(self, partner: str, lists: Lists) -> Handed:
        """The answer of this partner. InvalidInput names the first field that must change."""
        words = {name: said for name in QUESTIONS if (said := self._words(name))}
        found = Handed(
            voice=self._voice(partner),
            consent=self._consent(),
            words=words,
            partnership_outcome=self._outcome(OUTCOMES[0], lists),
            purpose_outcome=self._outcome(OUTCOMES[1], lists),
            reply=self.get("reply"),
            reply_words=self._words("reply_words"),
            stands_behind=self.get("not_behind") != "1",
        )
        self._check_reply(found, lists)
        check_voice(found.voice, lists)
        if found.voice.capacity not in CAPACITIES:
            raise InvalidInput("capacity", N_("Please choose one of these."))
        check_consent(found.consent, lists)
        self._check_scopes()
        return found

    def _words(self, name: str) -> str:
        said = self.get(name)
        if len(said) > REPLY_LENGTH:
            raise InvalidInput(
                name, N_("Please keep it under %(limit)s characters."), {"limit": REPLY_LENGTH}
            )
        if any(not (sign.isprintable() or sign in "\n\t") for sign in said):
            raise InvalidInput(name, N_("It holds characters that cannot be shown."))
        return said

    def _outcome(self, name: str, lists: Lists) -> str:
        chosen = self.get(name)
        if chosen and chosen not in lists[name].labels:
            raise InvalidInput(name, N_("Please choose one of these."))
        return chosen

    def _check_reply(self, found: Handed, lists: Lists) -> None:
        if not (found.words or found.reply) and found.stands_behind:
            raise InvalidInput(
                "meant", N_("Please answer one of the questions, or choose a reply.")
            )
        if found.reply and found.reply not in ANSWERS:
            raise InvalidInput("reply", N_("Please choose one of these."))
        if found.reply_words and not found.reply:
            raise InvalidInput("reply", N_("Please choose one of these."))
        check_reply(found.reply or "replied_no_position", "", found.stands_behind, lists)
        if not found.stands_behind and not found.is_for_others:
            raise InvalidInput(
                "capacity",
                N_("That “we” do not stand behind a page is said for an organisation or a group."),
            )

    def _check_scopes(self) -> None:
        if any(scope not in SCOPES for scope in self.scopes):
            raise InvalidInput("scopes", N_("Please choose one of these."))
        if reach(self.scopes) == NOBODY:
            raise InvalidInput(
                "scopes",
                N_("Without one of the first four nobody could ever read it here."),
            )

    def _voice(self, partner: str) -> NewVoice:
        return NewVoice(
            display_kind=self.get("display_kind"),
            display=self.get("display"),
            position=self.get("position"),
            position_public=self.get("position_public") == "1",
            capacity=self.get("capacity"),
            partner=partner,
            language=self._words("language"),
            standpoint=self._words("standpoint"),
        )

    def _consent(self) -> NewConsent:
        return NewConsent(
            how="collective" if self.get("capacity") == GROUP else "written",
            explained_in=self.get("language"),
            scopes=tuple(self.scopes),
            note=self._words("note"),
        )
