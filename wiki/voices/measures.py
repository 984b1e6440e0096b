"""What may be said about who speaks on a page; pure.

The measures and their privacy rules: shares in steps of five, "under 5 %" never exact; the
effective number of voices is the inverse of Simpson's index (Hill, Diversity and evenness,
Ecology 54, 1973, of order 2); positions that people did not choose to show are pooled, and a pool
of one or two forbids any breakdown, because what is left over would describe them; with a hidden
position among fewer than four speakers not even their number is told. No share is ever a score.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wiki.voices.modes import is_direct

OWN_WORDS = 25  # words of its own that make a partner heard
MIN_HIDDEN = 3  # people who must share the pool before shares are told
MIN_COUNTED = 4  # speakers a page needs before their number is told while one is hidden
NOT_SHOWN = "position_not_shown"
OWN, TOLD, NONE = "own_words", "told_by_others", "no_words"


@dataclass(frozen=True)
class Spoken:
    """Words of one speaker in one mode. `position` is what they chose to show; "" if nothing.

    `consented`: False takes the words out of every measure.
    """

    speaker: str
    mode: str
    words: int
    position: str = ""
    partner: str = ""
    language: str = ""
    consented: bool = True


@dataclass(frozen=True)
class Heard:
    """How a partner is heard on a page: own_words, told_by_others or no_words."""

    partner: str
    state: str


@dataclass(frozen=True)
class Measures:
    """What may be printed. None: not told, to protect somebody on the page."""

    words: bool = False  # whether there are any
    spoken: bool = False  # whether anybody speaks for themselves
    direct: int | None = None  # per cent in steps of 5; 0: under 5 %
    speakers: int | None = None
    equal_voices: float | None = None
    positions: Sequence[tuple[str, int]] | None = None  # share as `direct`, the largest first
    languages: Sequence[str] = ()
    heard: Sequence[Heard] = field(default_factory=list)


def measure(spoken: Iterable[Spoken], partners: Sequence[str]) -> Measures:
    """The measures of a page. `partners`: keys, in the page's order. Linear."""
    counted = [each for each in spoken if each.consented and each.words > 0]
    heard = [Heard(key, _heard(counted, key)) for key in partners]
    total = sum(each.words for each in counted)
    if not total:
        return Measures(heard=heard)
    by_speaker = _sums((each.speaker, each.words) for each in counted)
    hidden = {each.speaker for each in counted if not each.position}
    told = not (hidden and len(by_speaker) < MIN_COUNTED)
    direct = sum(each.words for each in counted if is_direct(each.mode))
    return Measures(
        words=True,
        spoken=direct > 0,
        direct=_share(direct, total),
        speakers=len(by_speaker) if told else None,
        equal_voices=effective_number(by_speaker.values()) if told else None,
        positions=_positions(counted, total, len(hidden)),
        languages=sorted({each.language for each in counted if each.language}),
        heard=heard,
    )


def effective_number(weights: Iterable[int]) -> float:
    """How many equal voices the words are equal to, to one decimal; 0 without words."""
    listed = list(weights)
    total = sum(listed)
    return round(total**2 / sum(weight**2 for weight in listed), 1) if total else 0.0


def _positions(counted: Sequence[Spoken], total: int, hidden: int) -> list[tuple[str, int]] | None:
    if 0 < hidden < MIN_HIDDEN:
        return None
    words = _sums((each.position or NOT_SHOWN, each.words) for each in counted)
    order = sorted(words, key=lambda name: (-words[name], name))
    return [(name, _share(words[name], total)) for name in order]


def _heard(counted: Sequence[Spoken], partner: str) -> str:
    own = sum(x.words for x in counted if x.partner == partner and is_direct(x.mode))
    if own >= OWN_WORDS:
        return OWN
    return TOLD if any(x.partner == partner for x in counted) else NONE


def _sums(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    sums: Counter[str] = Counter()
    for name, words in pairs:
        sums[name] += words
    return sums


def _share(part: int, total: int) -> int:
    """Per cent to the nearest five; 0 for anything under five."""
    share = part / total
    return 0 if share < 0.05 else 5 * round(share * 20)
