"""When cases took place: a bar for each along the years, its ends as certain as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wiki.cases.drawing.bars import Bar, bars
from wiki.cases.drawing.svg import element, link, path
from wiki.cases.drawing.years import Years, YearWords, years_said

MOST_ROWS = 60
MOST_BARS = 24
TICKS = 6  # years that are named above the bars, at most
DRAWN = {"aria-hidden": "true", "direction": "ltr"}  # the words beside it say the same
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Took:
    """A case and its years; `href`: where it is read, "" nowhere."""

    title: str
    years: Years
    href: str = ""


@dataclass(frozen=True)
class TimelineRow:
    """One case in words."""

    title: str
    when: str
    href: str


@dataclass(frozen=True)
class TimelineWords:
    """What a timeline says; %(…)s is filled in here."""

    years: YearWords
    began: str  # What is counted when there are too many for rows: Cases by the year they began
    unknown: str  # Beginning not known


@dataclass(frozen=True)
class Timeline:
    """The drawing, which holds all its words itself, and its rows in order of time."""

    html: Markup
    rows: tuple[TimelineRow, ...]
    counted: bool  # it counts the cases by years, since there are too many for a row each


def timeline(
    cases: Sequence[Took],
    words: TimelineWords,
    *,
    this_year: int,
    mirrored: bool = False,
    most: int = MOST_ROWS,
    number: Callable[[int], str] = str,
) -> Timeline:
    """The cases from the earliest on; those without a year come last and have no bar.

    What has not ended reaches to `this_year`. More than `most` cases are counted by the year in
    which they began. Cost: 30 µs a case.
    """
    order = sorted(cases, key=_begin)
    rows = tuple(
        TimelineRow(case.title, years_said(case.years, words.years), case.href) for case in order
    )
    if len(order) > most:
        counted = bars(_counted(order, words), mirrored=mirrored, number=number)
        heading = element("p", {"class": "timeline-what"}, words.began)
        return Timeline(heading + counted, rows, counted=True)
    if not order:
        return Timeline(Markup(), (), counted=False)
    scale = _Scale(order, this_year, mirrored)
    drawn = [
        element(
            "li",
            {},
            link(case.href, case.title, kind="timeline-title"),
            element("span", {"class": "timeline-when"}, row.when),
            scale.bar(case.years),
        )
        for case, row in zip(order, rows, strict=True)
    ]
    listed = element("ol", {"class": "timeline-rows"}, *drawn)
    return Timeline(
        element("div", {"class": "timeline"}, scale.axis(), listed), rows, counted=False
    )


def _begin(case: Took) -> tuple[int, int, str]:
    start, end = case.years.start, case.years.end
    first = start.earliest if start.earliest is not None else end.earliest
    last = end.latest if end.latest is not None else 9_999
    return (first if first is not None else 9_999, last, case.title)


def _counted(order: Sequence[Took], words: TimelineWords) -> list[Bar]:
    """How many began in each year, or in each span of years if there are many."""
    began = [case.years.start.earliest for case in order]
    known = [year for year in began if year is not None]
    first, last = min(known, default=0), max(known, default=0)
    step = next((s for s in STEPS if (last // s - first // s) < MOST_BARS), STEPS[-1])
    found = []
    for low in range(first - first % step, last + 1, step) if known else ():
        high = low + step - 1
        label = str(low) if step == 1 else words.years.span % {"start": low, "end": high}
        found.append(Bar(label, sum(low <= year <= high for year in known)))
    if len(known) < len(began):
        found.append(Bar(words.unknown, len(began) - len(known)))
    return found


class _Scale:
    """Years to percent of the width: text keeps its shape whatever the width is."""

    def __init__(self, cases: Sequence[Took], this_year: int, mirrored: bool) -> None:
        found = [
            year
            for case in cases
            for end in (case.years.start, case.years.end)
            for year in (end.earliest, end.latest)
            if year is not None
        ]
        open_now = any(case.years.end.open for case in cases)
        self.first = min(found, default=this_year)
        last = max(found, default=this_year)
        self.last = max(last, this_year) if open_now else last
        self.mirrored = mirrored
        self.step = next((s for s in STEPS if (self.last - self.first) / s < TICKS), STEPS[-1])

    def at(self, year: float) -> float:
        """The place of the beginning of a year, 0 to 100."""
        return (year - self.first) / (self.last + 1 - self.first) * 100

    def ticks(self) -> range:
        """The years that are named."""
        return range(self.first + -self.first % self.step, self.last + 1, self.step)

    def axis(self) -> Markup:
        """The named years, each above its line."""
        names = []
        for year in self.ticks():
            place = self.at(year)
            outer = "middle"
            if place < 4 or place > 96:  # not to leave the picture
                outer = "start" if (place < 4) != self.mirrored else "end"
            names.append(
                element("text", {"x": self._x(place), "y": "75%", "text-anchor": outer}, str(year))
            )
        return element("svg", {"class": "timeline-axis", **DRAWN}, *names)

    def bar(self, years: Years) -> Markup:
        """One case: solid where it surely was, dashed where that is not sure."""
        parts = [self._tick(self.at(year)) for year in self.ticks()]
        start, end = years.start, years.end
        if start.known or end.known or end.open:
            low = start.earliest if start.earliest is not None else self.first
            high = end.latest if end.latest is not None else self.last
            parts.append(self._line(self.at(low), self.at(high + 1)))
            sure = _surely(years, self.last)
            if sure is not None:
                parts.append(self._block(self.at(sure[0]), self.at(sure[1] + 1)))
        if end.open:
            parts.append(self._goes_on())
        return element("svg", {"class": "timeline-bar", **DRAWN}, *parts)

    def _x(self, place: float) -> str:
        return f"{100 - place if self.mirrored else place:.1f}%"

    def _tick(self, place: float) -> Markup:
        x = self._x(place)
        return element("line", {"class": "tick", "x1": x, "x2": x, "y1": "0", "y2": "100%"})

    def _line(self, start: float, end: float) -> Markup:
        return element(
            "line",
            {
                "class": "perhaps",
                "x1": self._x(start),
                "x2": self._x(end),
                "y1": "50%",
                "y2": "50%",
            },
        )

    def _block(self, start: float, end: float) -> Markup:
        return element(
            "rect",
            {
                "class": "surely",
                "x": self._x(end if self.mirrored else start),
                "width": f"{end - start:.1f}%",
                "y": "25%",
                "height": "50%",
            },
        )

    def _goes_on(self) -> Markup:
        """A mark at the end of the scale: not ended."""
        head = path("M-3-4l-7 4 7 4z" if self.mirrored else "M3-4l7 4-7 4z", "goes-on")
        return element("svg", {"x": self._x(100), "y": "50%", "overflow": "visible"}, head)


def _surely(years: Years, end_of_scale: int) -> tuple[int, int] | None:
    """The years in which it surely took place; an "about" is unsure by a year."""
    start, end = years.start, years.end
    low = start.latest
    high = end_of_scale if end.open else end.earliest
    if low is None or high is None:
        only = start if start.known else end
        return None if only.about or only.earliest is None else (only.earliest, only.earliest)
    low += start.about and start.earliest == low
    high -= end.about and end.latest == high
    return (low, high) if low <= high else None
