"""The lines of a map of flows, and what a drawing of one is."""

from dataclasses import dataclass, field

from markupsafe import Markup

from wiki.cases.drawing.svg import element, number, path

Point = tuple[float, float]
HEAD = 7.0  # length of an arrow's head


@dataclass(frozen=True)
class Rect:
    """A box or block of text: upper corner with the smaller x, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Arrow:
    """Where a flow runs: from its giver's box over all points to its receiver's."""

    points: tuple[Point, ...]
    at: int  # which flow


@dataclass
class Drawn:
    """The parts of a drawing; where boxes, words and arrows are, by partner and by flow."""

    width: float
    height: float
    parts: list[Markup] = field(default_factory=list)
    boxes: dict[str, Rect] = field(default_factory=dict)
    labels: dict[int, Rect] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)


def box(rect: Rect, kind: str) -> Markup:
    """A rectangle of this class."""
    return element(
        "rect",
        {
            "x": rect.x,
            "y": rect.y,
            "width": rect.width,
            "height": rect.height,
            "rx": 2,
            "class": kind,
        },
    )


def wave(start: Point, end: Point) -> str:
    """From start to end, leaving and arriving level, without turning back between."""
    (x1, y1), (x2, y2) = start, end
    if abs(y1 - y2) < 0.5:
        return f"M{number(x1)} {number(y1)}H{number(x2)}"
    middle = number((x1 + x2) / 2)
    return (
        f"M{number(x1)} {number(y1)}C{middle} {number(y1)} {middle} {number(y2)}"
        f" {number(x2)} {number(y2)}"
    )


def head(tip: Point, towards: int) -> Markup:
    """The head of an arrow that points to larger x (1) or to smaller (-1)."""
    x, y = tip
    back = number(-towards * HEAD)
    return path(f"M{number(x)} {number(y)}l{back}-4v8z", "d-head")


def line(d: str, *, unpaid: bool) -> Markup:
    """The line of a flow; dashed where the work was unpaid."""
    return path(d, "d-flow d-unpaid" if unpaid else "d-flow")
