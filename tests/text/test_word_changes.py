"""Two versions of a paragraph as one line that a reader can follow."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.word_changes import AROUND, Bit, word_changes

LONG = "many words that nobody touched " * 20


def test_what_went_stands_before_what_came_in_its_place():
    assert word_changes("The school asked once.", "The school asked twice.") == [
        Bit("same", "The school asked "),
        Bit("gone", "once"),
        Bit("came", "twice"),
        Bit("same", "."),
    ]


def test_far_from_a_change_nothing_is_shown():
    bits = word_changes(f"{LONG}end.", f"{LONG}new end.")

    assert [bit.kind for bit in bits] == ["gap", "same", "came", "same"]
    assert len(bits[1].text) <= AROUND


def test_both_sides_of_a_long_stretch_between_changes_are_shown():
    bits = word_changes(f"One {LONG}two.", f"Uno {LONG}due.")

    assert [bit.kind for bit in bits] == [
        "gone",
        "came",
        "same",
        "gap",
        "same",
        "gone",
        "came",
        "same",
    ]


def test_a_long_text_that_did_not_change_is_told_by_its_beginning():
    text = "the a a school school school school the the school the school, " * 3

    first, gap = word_changes(text, text)

    assert text.startswith(first.text) and first.text.split()
    assert (first.kind, gap.kind) == ("same", "gap")


WORDS = st.lists(st.sampled_from(["a", "b", "the", "school", ".", "\n"]), max_size=12).map(
    " ".join
)


@given(WORDS, WORDS)
def test_either_version_can_be_read_from_the_line(old, new):
    bits = word_changes(old, new)

    said_before = "".join(bit.text for bit in bits if bit.kind != "came")
    said_after = "".join(bit.text for bit in bits if bit.kind != "gone")
    assert said_before.split() == old.split()
    assert said_after.split() == new.split()
