"""What the templates of the desk are given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wiki.moderation.queries import (
    BlockedAccount,
    DecisionLine,
    DeletedPage,
    ProtectedPage,
    SameText,
)
from wiki.pages.revisions import Change, RevisionView
from wiki.saving.rollback import Step
from wiki.voices.claims import OpenClaim


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """The first screen of the desk."""

    changes: list[Change]
    older: str
    protected: list[ProtectedPage]
    blocked: list[BlockedAccount]
    decisions: list[DecisionLine]
    deleted: int
    claims: int  # that wait for an answer
    name: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """Imported words that somebody says are theirs, and the form that answers."""

    claim: OpenClaim
    words: list[str]  # its passages
    language: str
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ProtectView:
    """The form that protects a page."""

    slug: str
    title: str
    present: str  # the level in force, "" if none
    present_until: datetime | None
    levels: list[tuple[str, str]]
    level: str
    until: str
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class HideView:
    """A revision with all its parts, and the form that hides them."""

    slug: str
    title: str
    language: str
    direction: str
    revision: RevisionView  # as the desk sees it
    text: str
    head: int
    hidden: dict[str, bool]  # text, summary, name: now, or as ticked
    same: Sequence[SameText]
    through: str
    everywhere: bool
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class BlockView:
    """An account and the form that blocks it."""

    name: str
    role: str
    blocked: bool
    blocked_until: datetime | None
    why_not: str
    until: str
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class RollbackView:
    """What rolling back an account would do, page by page."""

    name: str
    slug: str  # of one page only; "" for all
    span: str
    spans: list[tuple[str, str]]
    since: str
    steps: list[Step]
    ticked: set[str]
    problems: dict[str, str]
    most: int
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True)
class BinView:
    """The recycle bin."""

    pages: list[DeletedPage]


@dataclass(frozen=True)
class ListOfWords:
    """One vocabulary. words: (value, label, definition, whether a moderator added it)."""

    name: str
    label: str
    is_open: bool
    words: list[tuple[str, str, str, bool]]


@dataclass(frozen=True, kw_only=True)
class WordsView:
    """All lists of words, and the form that adds one."""

    lists: Sequence[ListOfWords]
    choices: Sequence[tuple[str, str]]
    list: str
    label: str
    definition: str
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class TakeOutView:
    """The form that takes out an answer of a partner."""

    slug: str
    title: str
    public_id: str
    reason: str
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class WithdrawView:
    """The form that withdraws a lesson or takes that back."""

    slug: str
    title: str
    withdrawn: bool
    reason: str
    errors: dict[str, str]
