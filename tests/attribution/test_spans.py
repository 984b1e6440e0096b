"""The stored form of spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.credit import mended
from wiki.attribution.runs import Credits
from wiki.attribution.spans import HeadForm, from_plain, pack, pack_best, to_plain, unpack

ORIGINS = st.lists(st.integers(1, 20_000), max_size=300)
CREDITS = st.lists(
    st.builds(mended, st.integers(1, 9), st.one_of(st.just(0), st.integers(1, 9))), max_size=60
)


def plain_of(origins):
    """The plain form of one origin a token."""
    return to_plain(Credits.of(origins))


PLAIN = ORIGINS.map(plain_of)
LONG = plain_of([place % 1000 + 1 for place in range(5000)])


@given(CREDITS, ORIGINS)
def test_fixers_and_fields_come_back_from_the_plain_form(credits, setters):
    found, fields = from_plain(to_plain(Credits.of(credits), setters))

    assert (list(found), fields) == (credits, setters)


def test_a_text_without_fixers_and_fields_takes_no_byte_for_them():
    assert plain_of([1, 1, 1, 5, 5]) == bytes([3, 1, 0, 0, 2, 5, 0, 0])


@given(PLAIN, PLAIN)
def test_a_form_beside_any_base_is_read_again(plain, base):
    assert unpack(pack(plain, base), base) == plain
    assert unpack(pack(plain)) == plain


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.lists(st.integers(1, 300)), PLAIN)
def test_the_heads_form_carries_its_numbers_and_spans(number, first, aside, plain):
    form = HeadForm(number, first, aside, plain)

    assert HeadForm.from_bytes(form.to_bytes()) == form


def test_the_heads_form_of_another_version_is_refused():
    stored = HeadForm(3, 3, [], plain_of([1])).to_bytes()

    with pytest.raises(ValueError):
        HeadForm.from_bytes(bytes([stored[0] - 1]) + stored[1:])


def test_a_small_change_in_a_long_text_takes_a_few_bytes():
    origins = [place // 7 % 900 + 1 for place in range(20_000)]
    changed = [*origins[:9000], 1000, 1000, 1000, *origins[9000:]]

    assert len(pack(plain_of(changed), plain_of(origins))) < 20


def test_the_best_of_several_bases_is_taken():
    number, stored = pack_best(LONG + plain_of([1]), [(7, plain_of([2])), (4, LONG)])

    assert number == 4
    assert len(stored) < 20


def test_other_bases_are_not_even_loaded_when_the_first_is_good():
    def bases():
        yield 9, LONG
        raise AssertionError("the second base was asked for")

    assert pack_best(LONG, bases())[0] == 9


def test_spans_without_a_base_stand_alone():
    assert pack_best(plain_of([1]), [])[0] is None


@pytest.mark.parametrize(
    "damaged", [b"", b"\7x", b"\0not zstd", b"\1\1", b"\1\7\7", b"\1\0\0\1", b"\1\0\0\x81"]
)
def test_damaged_forms_are_refused(damaged):
    with pytest.raises(ValueError):
        unpack(damaged, plain_of([1, 2]))


def test_a_form_that_needs_a_base_is_refused_without_one():
    with pytest.raises(ValueError):
        unpack(pack(plain_of([1, 2]), plain_of([1])))


def test_a_plain_form_that_ends_within_a_record_is_refused():
    with pytest.raises(ValueError):
        from_plain(plain_of([1])[:-1])
