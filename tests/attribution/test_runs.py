"""The credits of a text as records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.credit import mended
from wiki.attribution.runs import RECORD, Credits, from_records, runs_of, to_records


@pytest.fixture(scope="module", params=[3, 256], autouse=True)
def block(request):
    """Few records a block and as many as there are: a block's edge is nothing special."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wiki.attribution.runs._BLOCK", request.param)
        yield


FIXERS = st.one_of(st.just(0), st.just(0), st.integers(1, 9))
CREDITS = st.lists(
    st.tuples(st.builds(mended, st.integers(1, 5), FIXERS), st.sampled_from([1, 2, 7, 254, 600])),
    max_size=12,
).map(lambda runs: [credit for credit, length in runs for _ in range(length)])


@given(CREDITS)
def test_records_lose_nothing(credits):
    assert from_records(to_records(credits)) == credits
    assert list(Credits.of(credits)) == credits
    assert len(Credits.of(credits)) == len(credits)


@given(CREDITS, st.data())
def test_the_credits_of_any_stretch_are_those_of_its_tokens(credits, data):
    start = data.draw(st.integers(0, len(credits)))
    stop = data.draw(st.integers(start, len(credits)))

    assert Credits.of(credits).between(start, stop) == credits[start:stop]


@given(CREDITS, CREDITS, st.data())
def test_any_stretch_can_be_replaced_by_any_other(credits, middle, data):
    head = data.draw(st.integers(0, len(credits)))
    tail = data.draw(st.integers(0, len(credits) - head))

    replaced = Credits.of(credits).replaced(head, tail, middle)

    assert list(replaced) == [*credits[:head], *middle, *credits[len(credits) - tail :]]
    assert list(Credits(replaced.records)) == list(replaced)


def test_equal_neighbours_become_one_run_where_a_stretch_is_replaced():
    known = Credits.of([1, 1, 2, 2, 1, 1])

    assert known.replaced(2, 2, []).records == Credits.of([1, 1, 1, 1]).records
    assert known.replaced(2, 2, [1, 1]).records == Credits.of([1] * 6).records
    assert known.replaced(3, 3, []).records == known.records


def test_a_record_holds_the_tokens_and_the_revision_of_a_run():
    assert to_records([513, 513]) == bytes([2, 1, 2, 0])
    assert len(to_records([7] * 600)) == 3 * RECORD
    assert to_records([mended(3, 5)]) == bytes([0, 5, 0, 0, 1, 3, 0, 0])


def test_a_page_may_have_as_many_revisions_as_three_bytes_count():
    assert from_records(to_records([2**24 - 1])) == [2**24 - 1]
    with pytest.raises(OverflowError):
        to_records([2**24])


def test_records_that_are_cut_off_are_refused():
    with pytest.raises(ValueError):
        from_records(b"\1\1\0")


@given(st.lists(st.integers(1, 3)))
def test_runs_are_as_long_as_can_be(numbers):
    runs = runs_of(numbers)

    assert [number for length, number in runs for _ in range(length)] == numbers
    assert all(one[1] != other[1] for one, other in zip(runs, runs[1:], strict=False))
