"""When silence may be called "no reply", and what may be told of a round before it opens."""

import pytest

from wiki.voices.asking import all_in, asked_twice, count_told


@pytest.mark.parametrize(
    ("asked", "twice"),
    [
        ([], False),
        ([("2026-01-01", "by letter")], False),
        ([("2026-01-01", "by letter"), ("2026-02-01", "by letter")], False),
        ([("2026-01-01", "by letter"), ("2026-02-01", " By  Letter")], False),
        ([("2026-01-01", "by letter"), ("2026-01-21", "by telephone")], False),
        ([("2026-01-01", "by letter"), ("2026-01-22", "by telephone")], True),
        ([("2026-01-22", "by telephone"), ("2026-01-01", "by letter")], True),
        ([("soon", "by letter"), ("2026-01-22", "by telephone")], False),
    ],
)
def test_silence_is_no_reply_only_after_two_routes_three_weeks_apart(asked, twice) -> None:
    assert asked_twice(asked) is twice


def test_a_middle_time_does_not_hide_two_that_lie_far_apart() -> None:
    asked = [("2026-01-01", "letter"), ("2026-01-10", "visit"), ("2026-01-25", "visit")]

    assert asked_twice(asked)
    assert not asked_twice(asked, apart=30)


def test_how_many_are_in_is_told_only_where_it_does_not_say_who() -> None:
    assert count_told(1, 2) is None
    assert count_told(0, 2) is None
    assert count_told(2, 4) == (2, 4)


def test_a_round_is_complete_when_each_invited_partner_has_answered() -> None:
    assert all_in(["a", "b"], ["b", "a", "c"])
    assert not all_in(["a", "b"], ["a", "a"])
