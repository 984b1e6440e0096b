"""Who may do what: pure functions over plain values; reads as a table.

Every rule answers a `Verdict`: allowed, or the sentence that says why not. `require` turns a
refusal into PermissionDenied. Web, API, commands and search ask here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from wiki.errors import PermissionDenied

ROLES = ("reader", "editor", "moderator", "admin")


@dataclass(frozen=True)
class Viewer:
    """Who is looking: account row number (None: nobody signed in), role, and whether blocked."""

    user_id: int | None = None
    role: str = "reader"
    name: str = ""
    blocked: bool = False
    scheme: str = ""  # light or dark, as chosen; "": as the system says
    voices_on: bool = False  # pages open with voices unless the address says otherwise

    @property
    def may_moderate(self) -> bool:
        """Whether moderators' links are shown; the rules below decide what they may do."""
        return self.at_least("moderator") and not self.blocked

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.user_id is not None

    def at_least(self, role: str) -> bool:
        """Whether the role is `role` or above; nobody signed in is below every role."""
        return self.signed_in and ROLES.index(self.role) >= ROLES.index(role)


ANYBODY = Viewer()


@dataclass(frozen=True)
class PageFacts:
    """What the rules need to know of a page."""

    state: str  # public | draft | deleted
    member: bool = False  # the viewer may see and write this draft
    protection: str = ""  # lowest role that may edit; empty: any editor
    protected_until: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """Allowed, or why not."""

    allowed: bool
    why: str = ""


YES = Verdict(True)
SIGN_IN = Verdict(False, "Please sign in first.")
BLOCKED = Verdict(False, "This account is blocked from changing anything.")
NO_EDITOR = Verdict(
    False, "Your account may read but not write yet. Please ask the people who run this wiki."
)
NO_SUCH_ROOM = Verdict(False, "There is no page with this address.")  # as for any other
NOT_YOURS = Verdict(False, "Only the members of this draft may see it.")
MODERATORS = Verdict(False, "Only moderators may do this.")
ADMINS = Verdict(False, "Only an administrator may set or lift this protection.")
NOT_ONESELF = Verdict(False, "You cannot block your own account.")
NOT_ADMINS = Verdict(False, "A moderator cannot block an administrator.")
PROTECTED = Verdict(False, "This page is protected: only some people may change it at the moment.")
NOT_BROUGHT_IN = Verdict(
    False, "Only who answers for the import, or a moderator, can give a speaker a code."
)
IN_THE_BIN = Verdict(False, "This page was deleted. A moderator can bring it back.")


def require(verdict: Verdict) -> None:
    """PermissionDenied with the verdict's reason unless allowed."""
    if not verdict.allowed:
        raise PermissionDenied(verdict.why)


def may_read(viewer: Viewer, page: PageFacts) -> Verdict:
    """Public pages: everybody. Drafts: members only, administrators are none by being one."""
    if page.state == "public":
        return YES
    if page.state == "draft":
        return YES if page.member else NOT_YOURS
    return YES if viewer.at_least("moderator") else IN_THE_BIN


@dataclass(frozen=True)
class AtTheDoor:
    """What the rules need to know of somebody who asks for the partners' room of a page.

    member: of the page. let_in: their voice, answer or invitation was let in by somebody who may
    read the room. own: something in it is theirs.
    """

    page_state: str
    member: bool = False
    let_in: bool = False
    own: bool = False


def may_read_room(who: AtTheDoor) -> Verdict:
    """Members of the page, and whom those who may read the room have let in; no role opens it."""
    inside = who.member or who.let_in
    return YES if inside and who.page_state in ("public", "draft") else NO_SUCH_ROOM


def may_open_room(who: AtTheDoor) -> Verdict:
    """Who may read the room, and who has words of their own in it: those, and nothing else."""
    if who.own and who.page_state in ("public", "draft"):
        return YES
    return may_read_room(who)


def may_write(viewer: Viewer) -> Verdict:
    """Whether the viewer may write anything at all: create, edit, preview."""
    if not viewer.signed_in:
        return SIGN_IN
    if viewer.blocked:
        return BLOCKED
    return YES if viewer.at_least("editor") else NO_EDITOR


def may_edit(viewer: Viewer, page: PageFacts, *, now: datetime) -> Verdict:
    """Whether the viewer may append a revision to this page."""
    general = may_write(viewer)
    if not general.allowed:
        return general
    if page.state != "public":
        return may_read(viewer, page) if page.state == "draft" else IN_THE_BIN
    over = page.protected_until is not None and page.protected_until <= now
    if page.protection and not over and not viewer.at_least(page.protection):
        return PROTECTED
    return YES


def may_moderate(viewer: Viewer) -> Verdict:
    """Whether the viewer may hide, protect, block, delete, restore and roll back."""
    if not viewer.signed_in:
        return SIGN_IN
    if viewer.blocked:
        return BLOCKED
    return YES if viewer.at_least("moderator") else MODERATORS


def may_protect(viewer: Viewer, level: str, present: str = "") -> Verdict:
    """Moderators protect up to their own role and lift nothing above it; `present`: in force."""
    general = may_moderate(viewer)
    if not general.allowed:
        return general
    return YES if all(viewer.at_least(x) for x in (level, present) if x) else ADMINS


def may_block(viewer: Viewer, account_id: int, role: str) -> Verdict:
    """Moderators block readers, editors and moderators, admins everybody; nobody themselves."""
    general = may_moderate(viewer)
    if not general.allowed:
        return general
    if viewer.user_id == account_id:
        return NOT_ONESELF
    return YES if role != "admin" or viewer.at_least("admin") else NOT_ADMINS


def may_delete(viewer: Viewer, page: PageFacts) -> Verdict:
    """Moderators delete public pages; a draft is its members' to delete."""
    if page.state == "draft":
        return YES if page.member and not viewer.blocked else NOT_YOURS
    return may_moderate(viewer)


def may_hand_receipt(viewer: Viewer, *, brought_in: bool) -> Verdict:
    """Whether the viewer may give the speaker of an imported voice a code to take it back with."""
    general = may_write(viewer)
    if not general.allowed:
        return general
    return YES if brought_in or viewer.at_least("moderator") else NOT_BROUGHT_IN


def may_see_hidden(viewer: Viewer) -> Verdict:
    """Hidden text, summaries and names: moderators, on the desk only."""
    return may_moderate(viewer)
