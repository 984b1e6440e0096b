"""From when to when, in years, with honest ends; pure.

Reads what `when` of a case holds (see `wiki.cases.edtf`) as far as years matter. What is no date
counts as not known: a drawing has no place to complain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki.cases import edtf


@dataclass(frozen=True)
class Bound:
    """One end: the years between which it lies, both None if nothing is known.

    `open`: it is known that there is no such end (it still goes on).
    """

    earliest: int | None = None
    latest: int | None = None
    about: bool = False
    open: bool = False

    @property
    def known(self) -> bool:
        return self.earliest is not None


@dataclass(frozen=True)
class Years:
    """From the one bound to the other."""

    start: Bound
    end: Bound


def bound(said: str) -> Bound:
    """One date; `..` is open; what is no date, or an empty text, is unknown. `202X` is a year
    about which the decade is known. Never fails.
    """
    text = said.strip()
    if text == edtf.OPEN:
        return Bound(open=True)
    try:
        span = edtf.read(text)
    except edtf.DateProblem:
        return Bound()
    if span.first is None or span.last is None:
        return Bound()
    first, last = span.first.year, span.last.year
    return Bound(first, last, about=span.about or first != last)


def years(start: str, end: str) -> Years:
    """From `start` to `end`; an interval `2016/2019` in `start` alone says both."""
    first, slash, last = start.partition("/")
    if slash and not end.strip():
        end = last
    found = Years(bound(first if slash else start), bound(end.rpartition("/")[2]))
    backwards = found.start.known and found.end.known and _last(found.end) < _first(found.start)
    return Years(found.end, found.start) if backwards else found


def years_of(when: object) -> Years:
    """The years of a case's field `when`, whatever stands there."""
    if isinstance(when, str):
        return years(when, "")
    if not isinstance(when, Mapping):
        return Years(Bound(), Bound())
    start, end = (when.get(key) for key in ("start", "end"))
    return years(start if isinstance(start, str) else "", end if isinstance(end, str) else "")


def _first(bound: Bound) -> int:
    return bound.earliest or 0


def _last(bound: Bound) -> int:
    return bound.latest or 0


@dataclass(frozen=True)
class YearWords:
    """How years are said; %(…)s is filled in here."""

    about: str  # about %(year)s
    between: str  # between %(first)s and %(last)s
    span: str  # %(start)s – %(end)s
    since: str  # since %(start)s, not ended
    end_unknown: str  # from %(start)s, end not known
    until: str  # until %(end)s, beginning not known
    ongoing: str  # not ended, beginning not known
    unknown: str  # time not known


def year_said(bound: Bound, words: YearWords) -> str:
    """One end in words; "" if it is not known."""
    if not bound.known:
        return ""
    if bound.earliest != bound.latest:
        return words.between % {"first": bound.earliest, "last": bound.latest}
    return words.about % {"year": bound.earliest} if bound.about else str(bound.earliest)


def years_said(years: Years, words: YearWords) -> str:
    """The whole in words."""
    start, end = year_said(years.start, words), year_said(years.end, words)
    if start and end:
        return start if start == end else words.span % {"start": start, "end": end}
    if start:
        return (words.since if years.end.open else words.end_unknown) % {"start": start}
    if end:
        return words.until % {"end": end}
    return words.ongoing if years.end.open else words.unknown
