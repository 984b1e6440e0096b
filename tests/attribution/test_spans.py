"""The stored form of spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.credit import mended
from wiki.attribution.spans import (
    HeadForm,
    from_bytes,
    pack,
    pack_best,
    runs_of,
    to_bytes,
    unpack,
    unroll,
)

ORIGINS = st.lists(st.integers(1, 20_000), max_size=300)
CREDITS = st.lists(
    st.builds(mended, st.integers(1, 9), st.one_of(st.just(0), st.integers(1, 9))), max_size=60
)
PLAIN = ORIGINS.map(runs_of).map(to_bytes)


@given(ORIGINS)
def test_runs_and_their_plain_form_lose_nothing(origins):
    assert unroll(from_bytes(to_bytes(runs_of(origins)))[0]) == origins


@given(CREDITS, ORIGINS)
def test_fixers_and_fields_come_back_from_the_plain_form(credits, setters):
    runs, fields = runs_of(credits), runs_of(setters)

    assert from_bytes(to_bytes(runs, fields)) == (runs, fields)


def test_a_text_without_fixers_and_fields_takes_no_byte_for_them():
    assert to_bytes([(3, 1), (2, 5)]) == bytes([3, 1, 2, 5])


@given(PLAIN, PLAIN)
def test_a_form_beside_any_base_is_read_again(plain, base):
    assert unpack(pack(plain, base), base) == plain
    assert unpack(pack(plain)) == plain


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.lists(st.integers(1, 300)), CREDITS)
def test_the_heads_form_carries_its_numbers_and_runs(number, first, aside, credits):
    runs = runs_of(credits)
    form = HeadForm(number, first, aside, runs, [(2, 1)])

    assert HeadForm.from_bytes(form.to_bytes()) == form


def test_a_small_change_in_a_long_text_takes_a_few_bytes():
    origins = [place // 7 % 900 + 1 for place in range(20_000)]
    changed = [*origins[:9000], 1000, 1000, 1000, *origins[9000:]]
    base = to_bytes(runs_of(origins))

    assert len(pack(to_bytes(runs_of(changed)), base)) < 20


def test_the_best_of_several_bases_is_taken():
    good = to_bytes(runs_of([place % 1000 + 1 for place in range(5000)]))
    number, stored = pack_best(good + b"\1\1", [(7, b"\1\2"), (4, good)])

    assert number == 4
    assert len(stored) < 20


def test_other_bases_are_not_even_loaded_when_the_first_is_good():
    plain = to_bytes(runs_of([place % 1000 + 1 for place in range(5000)]))

    def bases():
        yield 9, plain
        raise AssertionError("the second base was asked for")

    assert pack_best(plain, bases())[0] == 9


def test_spans_without_a_base_stand_alone():
    assert pack_best(b"\3\1", [])[0] is None


@pytest.mark.parametrize("damaged", [b"", b"\7x", b"\0not zstd", b"\1\1"])
def test_damaged_forms_are_refused(damaged):
    with pytest.raises(ValueError):
        unpack(damaged, b"\1\1")


def test_a_form_that_needs_a_base_is_refused_without_one():
    with pytest.raises(ValueError):
        unpack(pack(b"\3\1\2\2", b"\3\1"))


def test_a_plain_form_that_ends_within_a_number_is_refused():
    with pytest.raises(ValueError):
        from_bytes(b"\3\1\x80")
