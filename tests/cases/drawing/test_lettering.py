from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.drawing.lettering import (
    clusters,
    is_right_to_left,
    width_of,
    wrapped,
)

ANY = st.text(max_size=200)


@given(ANY, st.integers(20, 300))
def test_no_line_is_wider_than_it_may_be(text, width):
    assert all(width_of(line, 12.0) <= width for line in wrapped(text, 12.0, width))


@given(ANY, st.integers(20, 300))
def test_breaking_loses_no_letter_and_keeps_their_order(text, width):
    lines = wrapped(text, 12.0, width, most=10_000)

    assert "".join("".join(lines).split()) == "".join(text.split())


@given(ANY, st.integers(20, 300), st.integers(1, 4))
def test_what_is_cut_says_so(text, width, most):
    whole, cut = wrapped(text, 12.0, width, most=10_000), wrapped(text, 12.0, width, most=most)

    assert len(cut) <= most
    if len(whole) > most:
        assert cut[-1].endswith("…")


def test_words_break_at_spaces_and_after_hyphens():
    assert wrapped("public-private body", 10.0, 60.0) == ("public-", "private", "body")


def test_ideographs_break_anywhere():
    assert wrapped("教育支援機構", 10.0, 32.0) == ("教育支", "援機構")


def test_a_letter_keeps_its_accents_and_a_joined_sign_stays_whole():
    assert clusters("e\u0301a") == ["e\u0301", "a"]
    assert clusters("👩\u200d🏫x") == ["👩\u200d🏫", "x"]


def test_joined_signs_are_taken_apart_only_where_a_line_cannot_hold_them():
    family = "👩\u200d👩\u200d👧"

    assert wrapped(family, 10.0, 40.0) == (family,)
    assert len(wrapped(family, 10.0, 20.0)) == 3


def test_marks_above_a_letter_take_no_room():
    assert width_of("e\u0301", 10.0) == width_of("e", 10.0)


def test_the_first_letter_decides_the_direction():
    assert is_right_to_left("1. وزارة (MoE)")
    assert not is_right_to_left("MoE (وزارة)")
    assert not is_right_to_left("2021")


def test_blank_text_has_no_line():
    assert wrapped(" \n ", 10.0, 50.0) == ()
