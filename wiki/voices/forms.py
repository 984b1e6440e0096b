"""What was sent about a voice and a passage, as typed values; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wiki.cases.schema import N_
from wiki.errors import InvalidInput
from wiki.voices.discretion import start_of_day
from wiki.voices.rules import NewConsent, NewVoice

MONTH = timedelta(days=30.44)
WORDS_LENGTH = 20_000  # characters of a passage


@dataclass(frozen=True)
class TypedPassage:
    """A passage as it was typed; `fields` are shown again as they came."""

    fields: Mapping[str, str]
    scopes: Sequence[str]

    def get(self, name: str) -> str:
        """What stood in a field."""
        return self.fields.get(name, "").strip()

    @property
    def own(self) -> bool:
        """Whether the one who types speaks."""
        return self.get("own") == "1"

    def voice(self) -> NewVoice:
        """The voice that is described."""
        return NewVoice(
            display_kind=self.get("display_kind"),
            display=self.get("display"),
            position=self.get("position"),
            position_public=self.get("position_public") == "1",
            capacity=self.get("capacity"),
            partner=self.get("partner"),
            language=self.get("language"),
            standpoint=self.get("standpoint"),
        )

    def consent(self, now: datetime) -> NewConsent:
        """What its speaker agreed to. It ends with a day: else all could see, when the name goes,
        at what hour it was given."""
        months = self.get("ask_again")
        ends = start_of_day(now + int(months) * MONTH) if months in ("12", "24", "60") else None
        return NewConsent(
            how=self.get("how"),
            explained_in=self.get("explained_in") or self.get("language"),
            scopes=tuple(self.scopes),
            read_back=self.get("read_back") or "unknown",
            saw_final=self.get("saw_final") == "1",
            note=self.get("note"),
            ask_again_at=ends,
        )

    def words(self) -> str:
        """The words. InvalidInput("words") for none, too many, or marks within them."""
        typed = self.fields.get("words", "").replace("\r\n", "\n").strip("\n")
        if not typed.strip():
            raise InvalidInput("words", N_("Please write down what was said."))
        if len(typed) > WORDS_LENGTH:
            raise InvalidInput(
                "words",
                N_("Please keep it under %(limit)s characters."),
                {"limit": WORDS_LENGTH},
            )
        if any(line.startswith(":::") for line in typed.split("\n")):
            raise InvalidInput("words", N_("A line may not begin with three colons."))
        return typed

    def attributes(self) -> str:
        """What the mark says beside the voice and the mode."""
        said = {
            "from": self.get("said_in"),
            "source": self.get("source"),
            "reviewed": self.get("reviewed"),
            "people": self.get("people"),
            "machine": "yes" if self.get("machine") == "1" else "",
        }
        for name, value in said.items():
            if value and not value.replace("-", "").replace("_", "").isalnum():
                raise InvalidInput(
                    "said_in" if name == "from" else name,
                    N_("Please use letters, digits, - and _ only."),
                )
        return "".join(f" {name}={value}" for name, value in said.items() if value)


def with_passage(body: str, heading: str, passage: str) -> str:
    """The body with the passage at the end of the part under this heading; "": at its end."""
    lines = body.rstrip("\n").split("\n")
    place = len(lines)
    if heading and heading in lines:
        start = lines.index(heading) + 1
        later = (at for at in range(start, len(lines)) if lines[at].startswith("#"))
        place = next(later, len(lines))
    before = "\n".join(lines[:place]).rstrip("\n")
    after = "\n".join(lines[place:]).strip("\n")
    return "\n\n".join(part for part in (before, passage, after) if part) + "\n"


def headings(body: str) -> list[str]:
    """The lines of a body that are headings, as they stand."""
    return [line for line in body.split("\n") if line.startswith("#") and line.strip("# ")]
