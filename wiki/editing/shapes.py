"""What the writing templates are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from wiki.editing.forms import Typed, apart
from wiki.editing.starters import Guide
from wiki.keeping.service import Kept
from wiki.pages.licences import Licence
from wiki.pages.revisions import RevisionView
from wiki.text.diff import Diff, compare

Choices = list[tuple[str, str, bool]]


@dataclass(frozen=True, kw_only=True)
class EditView:
    """The form, with what was typed and what is wrong with it."""

    new: bool
    action_url: str
    slug: str
    title: str
    text: str
    summary: str
    language: str
    direction: str
    minor: bool
    draft: bool
    base: int
    base_is_newest: bool
    newest_number: int
    kind: str
    starters: Choices
    licence: Licence
    licences: list[tuple[str, str]]
    preview: Markup | None
    preview_failed: bool
    errors: dict[str, str]
    restores: int | None
    section: str  # heading of the only section being edited; "" for the whole page
    section_id: str
    max_bytes: int
    for_whom: str = ""
    for_name: str = ""
    speakers: list[tuple[str, str]] = field(default_factory=list)  # voices of the page, by key
    all_fields_url: str = ""
    form_url: str = ""
    waits: Kept | None = None  # what the writer kept of this form another time
    goes_on: bool = False  # the form is, or was, kept
    guide: Guide = field(default_factory=list)

    @property
    def parts(self) -> tuple[str, str]:
        """The facts and the story of the text, for their two boxes."""
        return apart(self.text)


@dataclass(frozen=True, kw_only=True)
class OnNewest:
    """A form whose text is to be saved on top of a revision that its writer had not seen."""

    slug: str
    title: str
    language: str
    direction: str
    action_url: str
    head: RevisionView
    licence: Licence
    typed: Typed


@dataclass(frozen=True, kw_only=True)
class ConflictView(OnNewest):
    """Somebody saved first: both texts whole, and a box to put them together in."""

    base: int
    head_text: str
    text: str  # what stands in the box
    merged: bool
    yours: Diff
    theirs: Diff | None


@dataclass(frozen=True)
class Place:
    """Where two texts clash, with the text before it that is agreed; or only the agreed rest.

    `own`: what stands in the box to write in; `name`: the fact, or the heading above; `choice`:
    mine, theirs, own or "".
    """

    before: str
    mine: str = ""
    theirs: str = ""
    joined: str = ""  # what was proposed
    own: str = ""
    name: str = ""
    choice: str = ""
    error: str = ""

    @property
    def is_rest(self) -> bool:
        """Whether nothing is to be decided here."""
        return not (self.mine or self.theirs)

    @property
    def diff(self) -> Diff:
        """From the newest text to that of the writer."""
        return compare(self.theirs, self.mine)


@dataclass(frozen=True, kw_only=True)
class ClashesView(OnNewest):
    """Somebody saved first: the places where both changed the same."""

    places: list[Place]

    @property
    def to_decide(self) -> int:
        """How many places are to be decided."""
        return sum(not place.is_rest for place in self.places)

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by the control it is about."""
        return {
            f"choice.{number}": place.error
            for number, place in enumerate(self.places)
            if place.error
        }


@dataclass(frozen=True, kw_only=True)
class ConfirmView:
    """One question before an act."""

    heading: str
    lead: str
    action_url: str
    button: str
    cancel_url: str
    consequences: list[str] = field(default_factory=list)
    danger: bool = False
    hidden: dict[str, str] = field(default_factory=dict)
    ask_reason: bool = False
    reason: str = ""
    reason_hint: str = ""
    new_title: str | None = None
    keep_redirect: bool | None = None
    subject_url: str = ""
    subject: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VoiceForm:
    """The form for a passage in somebody's voice, as typed, and what is wrong with it."""

    slug: str
    title: str
    language: str
    typed: Mapping[str, str]
    scopes: list[str]
    errors: dict[str, str]
    speakers: list[tuple[str, str]]
    modes: list[tuple[str, str, str]]
    places: list[tuple[str, str]]
    partners: list[tuple[str, str]]
    sources: list[tuple[str, str]]
    positions: list[tuple[str, str]]
    capacities: list[tuple[str, str]]
    scope_choices: list[tuple[str, str]]
    hows: list[tuple[str, str]]
    preview: Markup | None = None  # empty: only partners would read it


@dataclass(frozen=True)
class VoiceDone:
    """A passage was added, to the page or `for_partners` only; `receipt` is shown this once (""
    if the voice had one before). `translated`: by a person, who may want to be named."""

    slug: str
    title: str
    receipt: str
    for_partners: bool = False
    translated: bool = False
