"""The goals, and what other wikis need for the same: one two-core machine, 1,000 pages of 5 to
30 kB, nginx in front, two workers, documented caches on, CPU over all of a system's processes.

Source of the figures and of the goals: PEERS.md of the shared material, "Their speed, measured
side by side on one two-core machine". Measured there once, not in this run: they say how far apart
the systems are, not which of two near ones is faster.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.figures import Better, Figure, shown, table

PEERS = ("MediaWiki", "its cache on", "DokuWiki", "Otter Wiki", "MoinMoin 2", "django-wiki")
Value = float | None


@dataclass(frozen=True)
class Goal:
    """A row: the figure's key, the goal, which way is better, and the peers' values in order.

    `ratio`: the goal is for the figure's ratio to its baseline, not for its value.
    """

    what: str
    unit: str
    key: str
    goal: Value
    better: Better = "less"
    peers: tuple[Value, ...] = (None,) * len(PEERS)
    ratio: bool = False

    def measured(self, figures: Mapping[str, Figure]) -> Value:
        """Our value, or None where this run did not measure it."""
        figure = figures.get(self.key)
        if figure is None:
            return None
        return figure.ratio if self.ratio else figure.value

    def verdict(self, value: Value) -> str:
        """ "reached", or how many times too slow, too large or too few."""
        if value is None:
            return "not measured"
        if self.goal is None:
            return ""
        short = value / self.goal if self.better == "less" else self.goal / max(value, 1e-9)
        return "reached" if short <= 1 else f"off by {shown(short)}×"

    def place(self, value: Value) -> str:
        """Our place among the peers that have a value, ourselves counted; "" without one."""
        others = [each for each in self.peers if each is not None]
        if value is None or not others:
            return ""
        ahead = [o for o in others if (o < value if self.better == "less" else o > value)]
        return f"{len(ahead) + 1} of {len(others) + 1}"


GOALS = (
    Goal("anonymous page, CPU", "ms", "anonymous_cpu", 0.6, "less", (24, 4.8, 3.2, 215, 87, 42)),
    Goal(
        "anonymous pages, 8 connections",
        "1/s",
        "anonymous_rate",
        None,
        "more",
        (89, 408, 781, 9, 25, 152),
    ),
    Goal("the same over a bare Flask", "ratio", "anonymous_rate", 0.5, "more", ratio=True),
    Goal("signed-in page, CPU", "ms", "signed_in_cpu", 2.5, "less", (30, None, 2.9, 209, 78, 54)),
    Goal(
        "one page in a browser",
        "kB",
        "page_weight",
        None,
        "less",
        (113, None, 180, 286, 1_036, 199),
    ),
    Goal("requests of it", "", "page_requests", 5, "less", (12, None, 16, 30, 31, 17)),
    Goal("first view of a page", "kB", "first_view", 14),
    Goal("panel of a case made anew, CPU", "ms", "panel_cpu", 3),
    Goal("form and save, CPU", "ms", "save_cpu", 8, "less", (82, None, 15, 800, 1_118, 44)),
    Goal("save, p50", "ms", "save_p50", 6, "less", (29, None, 7, 99, 645, 21)),
    Goal("save, p95", "ms", "save_p95", None, "less", (35, None, 10, 585, 2_751, 26)),
    Goal("edits, 4 clients", "1/s", "edits_rate", 100, "more", (18, None, 78, 2, 0.4, 24)),
    Goal("found by search at 10 saves/s", "s", "found_max", 2),
    Goal(
        "history of 1,000 revisions, p50",
        "ms",
        "history_many",
        3,
        "less",
        (77, None, 3, 312, 180, 46),
    ),
    Goal("newest diff there, p50", "ms", "diff_many", 3, "less", (35, None, 4, 227, 247, 3)),
    Goal("search, p50", "ms", "search_p50", 12, "less", (70, None, 47, 282, 807, 48)),
    Goal("search, p95", "ms", "search_p95", None, "less", (89, None, 83, 398, 976, 1_406)),
    Goal("memory under load", "MB", "memory", 150, "less", (330, None, 108, 320, 736, 167)),
    Goal("cold start", "s", "cold_start", None, "less", (0.6, None, 0.08, 0.9, 0.8, 0.6)),
    Goal("import, stored per revision", "bytes", "stored", 700),
    Goal("import, memory", "MB", "import_memory", 400),
)


def table_of_goals(figures: Sequence[Figure]) -> str:
    """Every goal with our value, whether it is reached, and the peers."""
    known = {figure.key: figure for figure in figures if figure.key}
    rows = []
    for goal in GOALS:
        value = goal.measured(known)
        rows.append(
            (
                goal.what,
                goal.unit,
                shown(value),
                shown(goal.goal),
                goal.verdict(value),
                goal.place(value),
                *(shown(each) for each in goal.peers),
            )
        )
    return table(("", "unit", "here", "goal", "", "place", *PEERS), rows)
