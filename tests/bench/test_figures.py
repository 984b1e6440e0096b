"""Percentiles, ratios, digits and tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import Figure, median, percentile, shown, table, table_of

NUMBERS = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1), (10, 1), (11, 2), (50, 5), (95, 10), (100, 10)]
)
def test_a_percentile_is_one_of_the_values(percent, value):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


@given(NUMBERS, st.floats(0, 100))
def test_at_least_that_share_of_the_values_do_not_exceed_a_percentile(values, percent):
    found = percentile(values, percent)

    assert found in values
    assert sum(value <= found for value in values) >= percent / 100 * len(values) - 1e-9


def test_the_median_of_two_values_is_the_smaller():
    assert median([3.0, 1.0]) == 1.0


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_a_ratio_is_the_value_over_its_baseline():
    assert Figure("page", 3.0, "ms", against="bare", baseline=1.5).ratio == 2.0


@pytest.mark.parametrize("baseline", [None, 0.0])
def test_without_a_baseline_there_is_no_ratio(baseline):
    assert Figure("page", 3.0, "ms", baseline=baseline).ratio is None


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.2613, "0.261"),
        (0.0123456, "0.0123"),
        (15.44, "15.4"),
        (781.4, "781"),
        (15_180.0, "15,180"),
        (0, "0"),
        (None, "–"),
    ],
)
def test_three_digits_are_shown(value, digits):
    assert shown(value) == digits


def test_columns_are_as_wide_as_their_longest_cell():
    lines = table(("what", "n"), [("a", "100"), ("longer", "1")]).splitlines()

    assert lines == ["what      n", "------  ---", "a       100", "longer    1"]


def test_a_figure_is_printed_with_its_baseline_and_ratio():
    printed = table_of([Figure("page", 3.0, "ms", against="bare", baseline=1.5)])

    assert printed.splitlines()[-1].split() == ["page", "3.00", "ms", "bare", "1.50", "2.00"]
