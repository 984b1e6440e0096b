"""Blocks of text of a drawing: lines broken to a width, with their height; and boxes of them."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from wiki.cases.drawing.flows import (
    FlowWords,
    MoneyEdge,
    PartnerNode,
    decisions,
    notes,
    stopping,
)
from wiki.cases.drawing.lettering import width_of, wrapped
from wiki.cases.drawing.svg import letters, path

NAME, SMALL = 14.0, 12.5  # sizes of letters
LEADING = 1.3  # of a line to its letters
PADDING = 9.0
MOST_NAME, MOST_SMALL = 8, 8  # lines
SPACE = 4.0  # above a new thought
VALVE = 13.0  # room of the mark of those who could stop it


@dataclass(frozen=True)
class Line:
    """One line: its words, the class of their letters, and whether the valve stands before it."""

    said: str
    kind: str
    size: float
    valve: bool = False
    space: float = 0.0  # above it

    @property
    def height(self) -> float:
        return self.space + self.size * LEADING

    @property
    def width(self) -> float:
        wide = width_of(self.said, self.size, bold=self.kind == "d-name")
        return wide + (VALVE if self.valve else 0)


Lines = tuple[Line, ...]


def height_of(lines: Lines) -> float:
    """The height of a block without padding."""
    return sum(line.height for line in lines)


def width_of_block(lines: Lines) -> float:
    """The width of its widest line."""
    return max((line.width for line in lines), default=0.0)


def partner_lines(partner: PartnerNode, words: FlowWords, width: float) -> Lines:
    """The name, the kind, and what this partner decided or could stop."""
    found = _lines(partner.name, "d-name", NAME, width, MOST_NAME)
    found += _lines(partner.kind, "d-soft", SMALL, width, MOST_NAME)
    if partner.can_stop:
        found += _spaced(_stopping(words.could_stop, width))
    for said in decisions(partner, words):
        found += _spaced(_lines(said, "d-small", SMALL, width, MOST_SMALL))
    return found


def caption_lines(said: str, width: float) -> Lines:
    """What stands above a group of boxes."""
    return _lines(said, "d-soft", SMALL, width, MOST_SMALL)


def flow_lines(edge: MoneyEdge, words: FlowWords, width: float, first: str = "") -> Lines:
    """What flows, or `first`, and what is to be noted about it."""
    found = _lines(
        first or edge.instrument or words.form_unknown, "d-what", SMALL, width, MOST_SMALL
    )
    for note in notes(edge, words):
        if note == stopping(edge, words):
            found += _stopping(note, width)
        elif note != edge.instrument:
            found += _lines(note, "d-soft", SMALL, width, MOST_NAME)
    return found


def _stopping(said: str, width: float) -> Lines:
    lines = wrapped(said, SMALL, width - VALVE, most=MOST_SMALL)
    return tuple(Line(line, "d-small", SMALL, valve=not at) for at, line in enumerate(lines))


def _spaced(lines: Lines) -> Lines:
    """The lines with a little room above the first."""
    return (replace(lines[0], space=SPACE), *lines[1:]) if lines else lines


def _lines(said: str, kind: str, size: float, width: float, most: int) -> Lines:
    bold = kind == "d-name"
    return tuple(
        Line(line, kind, size) for line in wrapped(said, size, width, most=most, bold=bold)
    )


def printed(lines: Lines, x: float, top: float, *, anchor: str = "middle") -> list[Markup]:
    """The lines below each other from `top` on, their middle, start or end at x."""
    found = []
    for line in lines:
        base = top + line.space + line.size * LEADING * 0.74
        top += line.height
        place = x
        if line.valve:
            left = {"middle": x - line.width / 2, "start": x, "end": x - 9}[anchor]
            found.append(valve(left + 4.5, base - line.size * 0.34))
            place += {"middle": VALVE / 2, "start": VALVE, "end": -VALVE}[anchor]
        found.append(letters(place, base, line.said, line.kind, anchor=anchor))
    return found


def valve(x: float, y: float) -> Markup:
    """The mark of a valve: here somebody could stop it. The words beside it say who."""
    return path(f"M{x - 4.5:.1f} {y - 4:.1f}v8l9-8v8z", "d-valve")
