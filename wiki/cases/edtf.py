"""Dates as people know them: the part of EDTF (ISO 8601-2:2019, level 1) that cases use; pure.

`2016`, `2016-05`, `2016-05-14`; with ~ about, ? uncertain, % both; `201X` a decade, `20XX` a
century; `..` open; two of them with a slash between are an interval.
"""

import re
from dataclasses import dataclass
from datetime import date

from wiki.cases.schema import N_

MAX_YEAR, MIN_YEAR = 2200, 1000
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
OPEN = ".."


class DateProblem(ValueError):
    """A date that cannot be; `message` has a place %(value)s."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Span:
    """The years and days a date may mean: None: open or not known on that side."""

    first: date | None
    last: date | None
    about: bool = False  # ~, ? or %


def read(text: str) -> Span:
    """What the date says. DateProblem, whose message says what is wrong; an empty text too."""
    if "/" in text:
        start, _, end = text.partition("/")
        return between(_one(start), _one(end))
    return _one(text)


def between(start: Span, end: Span) -> Span:
    """From the first day of `start` to the last of `end`. DateProblem if that is backwards."""
    if start.first and end.last and start.first > end.last:
        raise DateProblem(N_("“%(value)s” ends before it begins."))
    return Span(start.first, end.last, start.about or end.about)


def _one(text: str) -> Span:
    if text == OPEN:
        return Span(None, None)
    found = _DATE.fullmatch(text)
    if found is None:
        raise DateProblem(
            N_("“%(value)s” is not a date such as 2016, 2016-05, 2016-05-14, 2016~ or “..”.")
        )
    year, month, day, mark = found.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not MIN_YEAR <= first <= last <= MAX_YEAR:
        raise DateProblem(N_("“%(value)s” lies too far away to be true."))
    if "X" in year and month:
        raise DateProblem(N_("“%(value)s” has a month in a year that is not known."))
    return Span(_day(first, month, day, 1), _day(last, month, day, 12), bool(mark))


def _day(year: int, month: str | None, day: str | None, usual: int) -> date:
    """The first (`usual` 1) or last (12) day that is meant."""
    try:
        if day:
            return date(year, int(month or 0), int(day))
        in_month = int(month) if month else usual
        if usual == 1:
            return date(year, in_month, 1)
        following = date(year + in_month // 12, in_month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError as problem:
        raise DateProblem(N_("There is no such day as “%(value)s”.")) from problem
