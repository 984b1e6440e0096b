"""Who could decide about a page: who changes it, who approves, who takes words back.

`policy` is asked what each role may do with this page as it is protected now, and what the account
behind a named voice may; of voices that are not named `privacy` says nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wiki import policy
from wiki.accounts.rules import is_blocked
from wiki.cases.telling import Teller
from wiki.policy import ANYBODY, PageFacts, Viewer
from wiki.voices.privacy import Account, VoiceFacts, control_told, shown

_RECEIPTS = {  # by whether some voice has a code, and whether some has none
    (True, True): "some",
    (True, False): "all",
    (False, True): "none",
    (False, False): "",
}
NOBODY = 0  # an account that is nobody's: what a role may do, whoever has it


@dataclass(frozen=True)
class Named:
    """A voice that stands under its name. label: its position and partner; its name if it shows no
    position."""

    label: str
    account: Account | None  # None: the words were taken down by somebody else


@dataclass(frozen=True)
class Speaking:
    """What of a page's voices decides who controls it; kept as long as they stay the same.

    unnamed: whether there are voices of which it is not told. receipts: all, some or none of the
    voices have a code to take their words back; "": nobody speaks here.
    """

    named: Sequence[Named] = ()
    unnamed: bool = False
    receipts: str = ""
    importers: frozenset[int] = frozenset()  # accounts that may give a missing code to its speaker


@dataclass(frozen=True)
class Control:
    """What the panel says. editors, moderators: the lowest role that may; "": no role alone.

    can_edit, can_moderate: labels of named voices whose accounts may.
    """

    draft: bool
    editors: str
    can_edit: Sequence[str]
    moderators: str
    can_moderate: Sequence[str]
    named: bool
    unnamed: bool
    receipts: str


def speaking(
    passages: Iterable[VoiceFacts],
    teller: Teller,
    now: datetime,
    writers: Iterable[VoiceFacts] = (),
) -> Speaking:
    """The voices that everybody can read on a page, as far as control is told of them. Pure.

    `passages`: whose words are marked; `writers`: named ones that stand in no mark, so that there
    is nothing for a code to take out.
    """
    marked = {voice.key: voice for voice in passages if not voice.withdrawn}
    here = {**marked, **{voice.key: voice for voice in writers}}.values()
    named = [
        Named(_label(voice, teller, now), voice.account)
        for voice in here
        if control_told(voice, now)
    ]
    codes = {voice.receipt for voice in marked.values()}
    return Speaking(
        named=named,
        unnamed=len(named) < len(here),
        receipts=_RECEIPTS[True in codes, False in codes],
        importers=frozenset(v.importer for v in marked.values() if v.importer and not v.receipt),
    )


def control(speaks: Speaking, page: PageFacts, now: datetime) -> Control:
    """Who could decide about the page now. `page`: with its protection; whose member does not
    matter. Pure."""
    members = PageFacts(page.state, True, page.protection, page.protected_until)
    strangers = PageFacts(page.state, False, page.protection, page.protected_until)
    draft = page.state == "draft"

    def may_edit(viewer: Viewer) -> bool:
        asked = members if draft else strangers
        return policy.may_edit(viewer, asked, now=now).allowed

    def may_moderate(viewer: Viewer) -> bool:
        return policy.may_moderate(viewer).allowed

    return Control(
        draft=draft,
        editors=_lowest(may_edit),
        can_edit=[] if draft else _labels(speaks.named, may_edit, now),
        moderators=_lowest(may_moderate),
        can_moderate=[] if draft else _labels(speaks.named, may_moderate, now),
        named=bool(speaks.named),
        unnamed=speaks.unnamed,
        receipts=speaks.receipts,
    )


def _lowest(may: Callable[[Viewer], bool]) -> str:
    return next((role for role in policy.ROLES if may(Viewer(NOBODY, role))), "")


def _labels(named: Iterable[Named], may: Callable[[Viewer], bool], now: datetime) -> list[str]:
    found = [each.label for each in named if may(_viewer(each.account, now))]
    return list(dict.fromkeys(found))


def _viewer(account: Account | None, now: datetime) -> Viewer:
    if account is None:
        return ANYBODY
    blocked = is_blocked(account.blocked_at, account.blocked_until, now)
    return Viewer(NOBODY, account.role, blocked=blocked)


def _label(voice: VoiceFacts, teller: Teller, now: datetime) -> str:
    told = shown(voice, now)
    position, partner = teller.word("position", told.position), teller.partner(told.partner)
    who = position or told.name
    return f"{who} ({partner})" if partner else who
