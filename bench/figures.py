"""What was measured, beside what it is measured against, and how a table of it looks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Better = Literal["less", "more"]


@dataclass(frozen=True)
class Figure:
    """One measured value. `key` is the name under which the goals look for it ("" for none).

    `against` names the baseline and `baseline` is its value in the same unit, from the same run.
    """

    what: str
    value: float
    unit: str
    key: str = ""
    against: str = ""
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value over the baseline; None without one, or where the baseline is 0."""
        return self.value / self.baseline if self.baseline else None


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` (0 to 100) of the values do not exceed.

    ValueError if there is none. Cost: sorts a copy.
    """
    if not values:
        raise ValueError("a percentile of nothing")
    ordered = sorted(values)
    return ordered[max(math.ceil(percent / 100 * len(ordered)), 1) - 1]


def median(values: Sequence[float]) -> float:
    """The 50th percentile: always one of the values."""
    return percentile(values, 50)


def shown(value: float | None) -> str:
    """Three digits that count, thousands apart: 0.261, 15.4, 781, 15,180. "–" for None."""
    if value is None:
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{2 - math.floor(math.log10(abs(value)))}f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest cell: the first to the left, the others to the right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def table_of(figures: Sequence[Figure]) -> str:
    """The figures of one part."""
    return table(
        ("figure", "measured", "unit", "baseline", "its value", "ratio"),
        [
            (f.what, shown(f.value), f.unit, f.against, shown(f.baseline), shown(f.ratio))
            for f in figures
        ],
    )
