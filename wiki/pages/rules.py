"""Pure decisions about pages: what of a revision may be seen, and how its author is printed."""

from dataclasses import dataclass
from typing import Protocol

from wiki.policy import Viewer

SUMMARY_LENGTH = 500  # characters


class Hideable(Protocol):
    """What carries the three independent hide flags. kept_back: the name is hidden because its
    owner speaks on the page unnamed, so that nobody shows it, moderators included."""

    @property
    def hide_text(self) -> bool: ...
    @property
    def hide_summary(self) -> bool: ...
    @property
    def hide_name(self) -> bool: ...
    @property
    def kept_back(self) -> bool: ...


@dataclass(frozen=True)
class Parts:
    """Which parts of a revision a viewer may see."""

    text: bool
    summary: bool
    name: bool
    kept_back: bool = False  # the name, by its owner


def parts(revision: Hideable, viewer: Viewer, *, on_desk: bool = False) -> Parts:
    """The one function that decides what of a revision is shown, to anybody, anywhere.

    What is hidden is hidden from everybody on every ordinary page, so that a moderator reads what
    readers read; only the desk, where hiding is decided, shows it to moderators; a name
    that was kept back by its owner not even there.
    """
    seen = on_desk and viewer.at_least("moderator") and not viewer.blocked
    return Parts(
        text=seen or not revision.hide_text,
        summary=seen or not revision.hide_summary,
        name=(seen and not revision.kept_back) or not revision.hide_name,
        kept_back=revision.kept_back,
    )


@dataclass(frozen=True)
class Credit:
    """The rows a byline is made of: the account as it is now, and its display on this page."""

    user_id: int
    name: str
    display: str | None = None
    imported: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class Byline:
    """How an author is printed. kind: account, imported, former, hidden; no name for the last two.

    `key` tells voices of one page apart without naming an account: hidden authors share one.
    """

    kind: str
    name: str
    key: int
    profile: str = ""  # the account's name for its profile's address; "" if there is none to show


HIDDEN_KEY = 0


def byline(shows: Parts, credit: Credit) -> Byline:
    """The one function that prints a person, from what `parts` lets this viewer see.

    Hidden names stay hidden; a deleted account is "a former contributor" (words intact); a display
    chosen for this page stands instead of the account's name and never leads to the account.
    """
    if not shows.name:
        return Byline("hidden", "", HIDDEN_KEY)
    if credit.deleted:
        return Byline("former", "", credit.user_id)
    if credit.display is not None:
        return Byline("account", credit.display, credit.user_id)
    if credit.imported:
        return Byline("imported", credit.name, credit.user_id)
    return Byline("account", credit.name, credit.user_id, profile=credit.name)
