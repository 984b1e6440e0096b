"""What the templates of the guided form are given."""

from dataclasses import dataclass, field

from wiki.editing.controls import Control


@dataclass(frozen=True)
class StepLink:
    """A step in the list of steps. `href`: "" while there is no page yet."""

    title: str
    href: str
    is_here: bool
    is_filled: bool
    is_quick: bool


@dataclass(frozen=True, kw_only=True)
class GuidedView:
    """One step of the form."""

    slug: str  # "" while there is no page yet
    page_title: str
    kind: str
    is_draft: bool
    title: str
    prompt: str
    place: int  # from 1
    count: int
    quick_count: int
    action_url: str
    base: int
    controls: tuple[Control, ...]
    steps: list[StepLink]
    next_title: str
    skip_url: str
    text_url: str
    errors: list[tuple[str, str]] = field(default_factory=list)  # control ("": none), sentence
    clash: bool = False
    unsaved: bool = False
    needs_partners: str = ""  # address of the step that names them, where this one needs them
    countries: list[str] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class StillOpen:
    """Something that is not said yet, and where to say it."""

    label: str
    href: str


@dataclass(frozen=True, kw_only=True)
class FinishView:
    """The end of the form: what is missing, what a reader would miss, and what to do now."""

    slug: str
    page_title: str
    kind: str
    is_draft: bool
    steps: list[StepLink]
    missing: list[StillOpen]
    missed: list[StillOpen]
    unknown: list[str]
    publish_url: str
    text_url: str
    lesson_url: str
