"""Whether a goal is reached, and where among the others we stand."""

import pytest

from bench.figures import Figure
from bench.goals import GOALS, PEERS, Goal, table_of_goals

TIME = Goal("page", "ms", "time", 2.0, "less", (24, 4.8, 3.2, None, None, 1.0))
RATE = Goal("pages", "1/s", "rate", 100, "more", (89, 408, None, None, None, None))


@pytest.mark.parametrize(
    ("goal", "value", "said"),
    [
        (TIME, 2.0, "reached"),
        (TIME, 3.0, "off by 1.50×"),
        (RATE, 100, "reached"),
        (RATE, 50, "off by 2.00×"),
        (TIME, None, "not measured"),
        (Goal("no goal", "ms", "x", None), 1.0, ""),
    ],
)
def test_a_goal_is_reached_or_its_distance_is_named(goal, value, said):
    assert goal.verdict(value) == said


@pytest.mark.parametrize(
    ("goal", "value", "place"),
    [(TIME, 3.0, "2 of 5"), (TIME, 0.5, "1 of 5"), (RATE, 100, "2 of 3"), (TIME, None, "")],
)
def test_our_place_counts_the_others_that_have_a_value(goal, value, place):
    assert goal.place(value) == place


def test_a_goal_for_a_ratio_looks_at_the_ratio():
    figure = Figure("page", 600.0, "1/s", "rate", "bare", 1_000.0)
    goal = Goal("over a bare one", "ratio", "rate", 0.5, "more", ratio=True)

    assert goal.measured({"rate": figure}) == 0.6


def test_what_was_not_measured_is_said_to_be_so():
    rows = table_of_goals([]).splitlines()[2:]

    assert len(rows) == len(GOALS)
    assert all("not measured" in row for row in rows)


def test_every_goal_has_a_value_or_a_gap_for_each_of_the_others():
    assert {len(goal.peers) for goal in GOALS} == {len(PEERS)}
