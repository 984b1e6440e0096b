"""The panel "Whose voice is this?": shares of the surviving words, coarse enough to be safe; pure.

Rounding and small groups follow the privacy rules: shares to five points, "under 5 %" never exact;
a pool of one or two hidden authors forbids any breakdown, because what is left over would describe
them; fewer than four authors with one hidden forbid even the count. Where somebody keeps their
name back because they speak on the page unnamed, there is neither: a count of accounts would say
whether two of its voices are one person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wiki.pages.rules import Byline

MIN_HIDDEN = 3  # people who must share the pool of hidden names before shares are shown
MIN_COUNTED = 4  # people a page needs before their number is shown while a name is hidden
HUES = 8


@dataclass(frozen=True)
class Voice:
    """An author on the panel. share: 0–100 in steps of 5; 0 means under 5 %."""

    name: str
    hue: int
    share: int
    href: str | None = None


@dataclass(frozen=True)
class VoicesPanel:
    """What the panel says. authors 0: nobody, or not to be said (then a note says so)."""

    authors: int = 0
    half: int = 0
    voices: list[Voice] = field(default_factory=list)
    others: int = 0
    notes: list[str] = field(default_factory=list)
    pending: bool = False
    since: datetime | None = None  # when the oldest and the newest of the words were saved
    until: datetime | None = None


@dataclass(frozen=True)
class Counted:
    """Surviving words of each voice of a page. Hidden authors share one key; `hidden` counts them.

    words: by the byline's key; bylines: by the same key. spoken: (speaker, mode, words), never to
    be printed as it is: a speaker is the key of a voice of the page, or an account's row number
    behind ":w", or ":h" for all whose names are hidden.
    """

    words: Mapping[int, int]
    bylines: Mapping[int, Byline]
    hidden: int = 0
    kept_back: bool = False  # one of the hidden is somebody who speaks on the page unnamed
    since: datetime | None = None  # to be said to the month
    until: datetime | None = None
    spoken: Sequence[tuple[str, str, int]] = ()
    writers: Mapping[int, str] = field(default_factory=dict)  # the same names, by revision

    @property
    def total(self) -> int:
        """All words counted."""
        return sum(self.words.values())

    def by_share(self) -> list[int]:
        """Keys, most words first; ties by name, then key, so that the order is always the same."""
        return sorted(
            self.words, key=lambda k: (-self.words[k], self.bylines[k].name.casefold(), k)
        )


@dataclass(frozen=True)
class PanelWords:
    """Sentences and names in the reader's language."""

    former: str
    hidden: str
    protected: str


def hues(counted: Counted) -> dict[int, int]:
    """The hue of each voice, 1 to 8, by its place on the panel."""
    return {key: at % HUES + 1 for at, key in enumerate(counted.by_share())}


def name_of(byline: Byline, words: PanelWords) -> str:
    """The name as printed: hidden and deleted ones in the reader's language."""
    return {"hidden": words.hidden, "former": words.former}.get(byline.kind, byline.name)


def panel(
    counted: Counted, words: PanelWords, *, shown: int, hrefs: Mapping[int, str]
) -> VoicesPanel:
    """The panel for these counts, listing at most `shown` voices."""
    people = len(counted.words) - (1 if counted.hidden else 0) + counted.hidden
    if not counted.total:
        return VoicesPanel()
    if counted.kept_back:
        return VoicesPanel(notes=[words.protected])
    if 0 < counted.hidden < MIN_HIDDEN:
        return VoicesPanel(authors=people if people >= MIN_COUNTED else 0, notes=[words.protected])
    order, hue = counted.by_share(), hues(counted)
    voices = [
        Voice(
            name=name_of(counted.bylines[key], words),
            hue=hue[key],
            share=_rounded(counted.words[key] / counted.total),
            href=hrefs.get(key),
        )
        for key in order[:shown]
    ]
    return VoicesPanel(
        authors=people,
        half=_half(counted),
        voices=voices,
        others=max(0, people - len(voices)),
        since=counted.since,
        until=counted.until,
    )


def _rounded(share: float) -> int:
    """Per cent to the nearest five; 0 for anything under five."""
    return 0 if share < 0.05 else 5 * round(share * 20)


def _half(counted: Counted) -> int:
    """How many people it takes, most words first, to reach half of the words."""
    reached = people = 0
    for key in counted.by_share():
        if 2 * reached >= counted.total:
            break
        reached += counted.words[key]
        people += 1
    return people
