"""Finds free places for marks and their names, so that none covers another; pure."""

import math
from dataclasses import dataclass

STEP = 5.0  # about the distance of neighbouring places that are tried
FAR = 300.0  # the farthest
GOLDEN = math.pi * (3 - math.sqrt(5))
# Evenly around a point, the nearest first: Vogel, "A better way to construct the sunflower head",
# Mathematical Biosciences 44, 1979, doi:10.1016/0025-5564(79)90080-4
TRIED = [
    (math.cos(at * GOLDEN) * math.sqrt(at) * STEP, math.sin(at * GOLDEN) * math.sqrt(at) * STEP)
    for at in range(int((FAR / STEP) ** 2))
]


@dataclass(frozen=True)
class Circle:
    """A mark."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """The rectangle of a text: its middle and its sides."""

    x: float
    y: float
    width: float
    height: float


class Ground:
    """A picture with what stands in it; made for some sixty marks: all are looked at."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._circles: list[Circle] = []
        self._labels: list[Label] = []

    def place(self, x: float, y: float, radius: float, *, gap: float = 1.5) -> Circle:
        """The free place nearest to x, y inside the picture, now taken; where all that is tried
        is taken, the nearest inside. Cost: 0.5 µs for each place tried: few where there is room,
        3,600 at most.
        """
        edge = radius + 1
        right, bottom = self.width - edge, self.height - edge
        x, y = min(max(x, edge), right), min(max(y, edge), bottom)
        taken = sorted(
            (math.hypot(x - each.x, y - each.y) - each.radius, each.x, each.y, each.radius)
            for each in self._circles
        )
        near = [
            (at_x, at_y, (radius + gap + other) ** 2)
            for away, at_x, at_y, other in taken
            if away < FAR + radius + gap
        ]
        found = Circle(x, y, radius)
        for dx, dy in TRIED:
            to_x, to_y = x + dx, y + dy
            if edge <= to_x <= right and edge <= to_y <= bottom:
                for at, (other_x, other_y, apart) in enumerate(near):
                    if (to_x - other_x) ** 2 + (to_y - other_y) ** 2 < apart:
                        near.insert(0, near.pop(at))  # it will be in the way again
                        break
                else:
                    found = Circle(to_x, to_y, radius)
                    break
        self._circles.append(found)
        return found

    def name(self, mark: Circle, width: float, height: float) -> Label | None:
        """A free place for the mark's name, beside or below or above it, now taken; or none."""
        right, below = mark.radius + 3 + width / 2, mark.radius + 1 + height / 2
        for dx, dy in ((right, 0), (-right, 0), (0, below), (0, -below)):
            label = Label(mark.x + dx, mark.y + dy, width, height)
            if self._is_clear(label):
                self._labels.append(label)
                return label
        return None

    def _is_clear(self, label: Label) -> bool:
        left, right = label.x - label.width / 2, label.x + label.width / 2
        top, bottom = label.y - label.height / 2, label.y + label.height / 2
        if left < 0 or right > self.width or top < 0 or bottom > self.height:
            return False
        for mark in self._circles:
            dx = max(left - mark.x, 0, mark.x - right)
            dy = max(top - mark.y, 0, mark.y - bottom)
            if dx * dx + dy * dy < (mark.radius + 1) ** 2:
                return False
        return all(
            abs(label.x - other.x) >= (label.width + other.width) / 2
            or abs(label.y - other.y) >= (label.height + other.height) / 2
            for other in self._labels
        )
