"""The marks in a text that say whose account a passage is; pure.

`::: {.voice by=v3 mode=direct_spoken}` … `:::`. What stands outside of marks is its writer's own.
Of marks within marks the inner one counts for its words.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wiki.cases.facets import rows, texts
from wiki.cases.schema import N_
from wiki.errors import WrongField
from wiki.rendering import fences
from wiki.text import front_matter
from wiki.text.code_spans import block_code_spans, masked
from wiki.voices.modes import IN_PLACE, LEAST_PEOPLE, NEEDS

CLASS = "voice"


@dataclass(frozen=True)
class Mark:
    """A passage. `line`: of its opening in the source, from 1; `start`, `end`: what stands between
    the fences, in characters of the source."""

    by: str
    mode: str
    attributes: Mapping[str, str]
    line: int
    start: int
    end: int


def marks(source: str) -> list[Mark]:
    """The passages of a text that are marked, outer ones before inner ones. Linear."""
    if ":::" not in source:
        return []
    body = front_matter.split(source)[1]
    offset = len(source) - len(body)
    lines = masked(body, block_code_spans(body)).split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for each in fences.find(lines, {CLASS}):
        pairs = dict(reversed(each.fence.pairs))  # the first of a name counts
        found.append(
            Mark(
                by=pairs.get("by", ""),
                mode=pairs.get("mode", ""),
                attributes=pairs,
                line=source.count("\n", 0, offset + starts[each.first]) + 1,
                start=offset + starts[each.first + 1],
                end=offset + starts[each.last],
            )
        )
    return found


def whole(source: str, mark: Mark) -> tuple[int, int]:
    """A passage with its two fences, in characters of the source; without its last line end."""
    end = source.find("\n", mark.end)
    return source.rfind("\n", 0, mark.start - 1) + 1, end if end >= 0 else len(source)


def stands_for_others(mark: Mark) -> bool:
    """Whether it is nobody's passage: a line in the place of words that are not here."""
    return mark.mode in IN_PLACE and not mark.by


@dataclass(frozen=True)
class Allowed:
    """What the page knows of a voice: whether its consent allows a mode to be shown to all."""

    consented: bool
    read_back: bool  # whether that was answered
    mandate: bool


def problems(
    found: Sequence[Mark], known: Mapping[str, Allowed], fields: Mapping[str, Any], *, public: bool
) -> list[WrongField]:
    """What keeps a text with these marks from being saved, or from being `public`."""
    sources = frozenset(key for row in rows(fields.get("sources")) for key in texts(row.get("id")))
    wrong = []
    for mark in found:
        for message, values in _wrong(mark, known, sources, public=public):
            wrong.append(WrongField(("voice", mark.by or "?"), message, values, mark.line))
    return wrong


Problem = tuple[str, dict[str, object]]


def _wrong(
    mark: Mark, known: Mapping[str, Allowed], sources: Collection[str], *, public: bool
) -> list[Problem]:
    if stands_for_others(mark):
        return []
    voice, needs = known.get(mark.by), NEEDS.get(mark.mode)
    if voice is None:
        return [
            (
                N_("This page has no voice “%(key)s”. Choose “Give somebody’s words” first."),
                {"key": mark.by},
            )
        ]
    if needs is None:
        return [
            (
                N_("“%(value)s” is no way of speaking; it may be: %(allowed)s."),
                {"value": mark.mode, "allowed": ", ".join(NEEDS)},
            )
        ]
    found = [_ATTRIBUTES[name](mark, sources) for name in needs.attributes]
    if needs.consent and public and not voice.consented:
        found.append(
            (N_("The consent of this voice does not reach everybody. The passage must wait."), {})
        )
    if needs.read_back and not voice.read_back:
        found.append((N_("It is not recorded whether the words were read back."), {}))
    if needs.mandate and not voice.mandate:
        found.append((N_("It is not recorded who agreed to this statement, and how."), {}))
    return [problem for problem in found if problem is not None]


def _source(mark: Mark, sources: Collection[str]) -> Problem | None:
    if mark.attributes.get("source") in sources:
        return None
    return N_("It must name one of the sources of this page (source=s1)."), {}


def _from(mark: Mark, sources: Collection[str]) -> Problem | None:
    if mark.attributes.get("from"):
        return None
    return N_("It must name the language it was said in (from=sw)."), {}


def _reviewed(mark: Mark, sources: Collection[str]) -> Problem | None:
    if mark.attributes.get("reviewed") in ("yes", "no"):
        return None
    return N_("It must say whether the speaker has seen it (reviewed=yes or reviewed=no)."), {}


def _people(mark: Mark, sources: Collection[str]) -> Problem | None:
    number = mark.attributes.get("people", "")
    if number.isascii() and number.isdigit() and int(number) >= LEAST_PEOPLE:
        return None
    return (
        N_("It must say how many people it is made of (people=%(least)s or more)."),
        {"least": LEAST_PEOPLE},
    )


_ATTRIBUTES: Mapping[str, Callable[[Mark, Collection[str]], Problem | None]] = {
    "source": _source,
    "from": _from,
    "reviewed": _reviewed,
    "people": _people,
}
