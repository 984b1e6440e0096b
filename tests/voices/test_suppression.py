"""The attacker has a table with its sums, and finds no small number in it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.voices.suppression import FEW, LEAST, Table, possible, shown_table

NAMES = st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"))
LARGE = st.dictionaries(NAMES, st.integers(0, 60), max_size=12)
SMALL = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), st.integers(0, 5), max_size=6
)


def withheld(table: Table) -> set[tuple[str, str]]:
    return {cell for cell, count in (table.cells or {}).items() if count is None}


def consistent(table: Table) -> list[dict[tuple[str, str], int]]:
    """Every way to fill the withheld cells that fits all that is shown: by trying all."""
    cells, unknown = dict(table.cells or {}), sorted(withheld(table))
    found = []
    for tried in product(range(table.total + 1), repeat=len(unknown)):
        filled = {**cells, **dict(zip(unknown, tried, strict=True))}
        if all(_sum(filled, 0, name) == number for name, number in table.rows) and all(
            _sum(filled, 1, name) == number for name, number in table.columns
        ):
            found.append({cell: filled[cell] or 0 for cell in unknown})
    return found


def _sum(filled: dict[tuple[str, str], int | None], axis: int, name: str) -> int:
    return sum(count or 0 for cell, count in filled.items() if cell[axis] == name)


def grouped(counts: dict[tuple[str, str], int], table: Table) -> dict[tuple[str, str], int]:
    """The true numbers, in the rows and columns of the table."""
    rows, columns = ({name for name, _ in side} for side in (table.rows, table.columns))
    true = dict.fromkeys(product(rows, columns), 0)
    for (row, column), count in counts.items():
        at = (row if row in rows else FEW, column if column in columns else FEW)
        if count:
            true[at] += count
    return true


@given(LARGE)
def test_no_number_between_nothing_and_ten_is_shown_anywhere(counts) -> None:
    table = shown_table(counts)

    shown = [n for n in (table.cells or {}).values() if n is not None]
    sums = [number for _, number in (*table.rows, *table.columns)]
    assert not [n for n in (*shown, *sums, table.total) if 0 < n < LEAST]


@given(LARGE)
def test_what_is_shown_is_true(counts) -> None:
    table = shown_table(counts)

    if table.cells is not None:
        true = grouped(counts, table)
        assert all(true[cell] == n for cell, n in table.cells.items() if n is not None)
    assert table.total in (0, sum(counts.values()))
    assert sum(number for _, number in table.rows) == table.total


@given(SMALL)
def test_who_tries_every_table_finds_no_small_number_in_a_narrow_range(counts) -> None:
    least = 3
    table = shown_table(counts, least)
    if table.cells is None or len(withheld(table)) > 4 or table.total > 14:
        return
    true, ways = grouped(counts, table), consistent(table)

    for cell in withheld(table):
        if 0 < true[cell] < least:
            values = {way[cell] for way in ways}
            assert max(values) - min(values) >= least


@given(SMALL)
def test_the_range_that_is_computed_is_the_one_that_trying_finds(counts) -> None:
    table = shown_table(counts, 3)
    if table.cells is None or len(withheld(table)) > 4 or table.total > 14:
        return
    true, ways = grouped(counts, table), consistent(table)

    for cell in withheld(table):
        values = {way[cell] for way in ways}
        assert possible(true, withheld(table), cell) == (min(values), max(values))


def test_a_cell_that_its_row_would_tell_takes_others_with_it() -> None:
    counts = {("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 30, ("b", "y"): 50}

    table = shown_table(counts)

    assert withheld(table) == set(counts)
    assert table.rows == (("b", 80), ("a", 43)) and table.total == 123


def test_rows_of_a_few_are_put_together_and_not_named() -> None:
    table = shown_table({("a", "x"): 50, ("b", "x"): 6, ("c", "x"): 5})

    assert table.rows == (("a", 50), (FEW, 11))


def test_a_pool_of_a_few_takes_the_next_row_with_it() -> None:
    table = shown_table({("a", "x"): 50, ("b", "x"): 12, ("c", "x"): 2})

    assert table.rows == (("a", 50), (FEW, 14))


@pytest.mark.parametrize("counts", [{}, {("a", "x"): 9}, {("a", "x"): 4, ("b", "y"): 5}])
def test_of_fewer_than_ten_nothing_is_told(counts) -> None:
    assert shown_table(counts) == Table()
