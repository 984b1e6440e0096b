"""What may be said about who speaks, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.voices.measures import (
    MIN_COUNTED,
    MIN_HIDDEN,
    NONE,
    NOT_SHOWN,
    OWN,
    OWN_WORDS,
    TOLD,
    Spoken,
    effective_number,
    measure,
)

FUNDER = Spoken("f", "direct_written", 820, "funder_staff", "p-fund")
NGO = Spoken("n", "direct_written", 540, "ngo_practitioner", "p-ngo")
MINISTRY = Spoken("g", "reported_paraphrase", 90, "government_official", "p-ministry")
TEACHER = Spoken("t", "direct_spoken", 60, "frontline_educator")
PARTNERS = ["p-fund", "p-ngo", "p-ministry", "p-union"]


def hidden(name: str, words: int = 50) -> Spoken:
    return Spoken(name, "direct_spoken", words)


def test_the_worked_example_of_the_specification():
    found = measure([FUNDER, NGO, MINISTRY, TEACHER], PARTNERS)

    assert (found.direct, found.speakers, found.equal_voices) == (95, 4, 2.3)
    assert found.positions == [
        ("funder_staff", 55),
        ("ngo_practitioner", 35),
        ("government_official", 5),
        ("frontline_educator", 0),  # under five per cent is never told exactly
    ]
    assert [each.state for each in found.heard] == [OWN, OWN, TOLD, NONE]


def test_one_hidden_position_forbids_the_breakdown():
    found = measure([FUNDER, NGO, MINISTRY, hidden("t", 60)], PARTNERS)

    assert found.positions is None
    assert (found.speakers, found.equal_voices) == (4, 2.3)


def test_three_hidden_positions_may_be_told_together():
    found = measure([FUNDER, NGO, *map(hidden, "xyz")], PARTNERS)

    assert dict(found.positions or [])[NOT_SHOWN] == 10


def test_among_fewer_than_four_a_hidden_position_forbids_even_the_number():
    found = measure([FUNDER, NGO, hidden("t")], PARTNERS)

    assert (found.positions, found.speakers, found.equal_voices) == (None, None, None)


def test_words_that_were_taken_back_leave_every_measure_at_once():
    gone = Spoken("t", "direct_spoken", 60, "frontline_educator", "p-union", consented=False)

    assert measure([FUNDER, gone], PARTNERS) == measure([FUNDER], PARTNERS)


def test_one_quoted_sentence_does_not_make_a_partner_heard():
    few = Spoken("t", "direct_spoken", OWN_WORDS - 1, "frontline_educator", "p-union")
    enough = Spoken("t", "direct_spoken", OWN_WORDS, "frontline_educator", "p-union")

    assert measure([few], ["p-union"]).heard[0].state == TOLD
    assert measure([enough], ["p-union"]).heard[0].state == OWN


def test_padding_with_quotes_from_print_does_not_make_a_partner_heard():
    quoted = Spoken("u", "quoted_from_published", 5_000, "community_member", "p-union")

    assert measure([quoted], ["p-union"]).heard[0].state == TOLD
    assert measure([quoted], []).direct == 0


def test_a_page_without_words_says_nothing_of_shares():
    found = measure([], PARTNERS)

    assert not found.words and found.direct is None
    assert {each.state for each in found.heard} == {NONE}


@pytest.mark.parametrize(("weights", "number"), [([5], 1.0), ([3, 3, 3], 3.0), ([], 0.0)])
def test_n_equal_voices_are_n(weights, number):
    assert effective_number(weights) == number


SPOKEN = st.builds(
    Spoken,
    speaker=st.sampled_from("abcdefg"),
    mode=st.sampled_from(["direct_written", "direct_spoken", "reported_paraphrase"]),
    words=st.integers(1, 400),
    position=st.sampled_from(["", "researcher", "funder_staff"]),
)


@given(st.lists(SPOKEN, max_size=12))
def test_nothing_is_told_that_describes_one_or_two_hidden_people(spoken):
    found = measure(spoken, [])
    unseen = {each.speaker for each in spoken if not each.position}
    speakers = {each.speaker for each in spoken}

    if 0 < len(unseen) < MIN_HIDDEN:
        assert found.positions is None
    if unseen and len(speakers) < MIN_COUNTED:
        assert found.speakers is None and found.equal_voices is None


@given(st.lists(SPOKEN, min_size=1, max_size=12))
def test_every_share_is_a_step_of_five(spoken):
    found = measure(spoken, [])

    assert all(share % 5 == 0 and 0 <= share <= 100 for _, share in found.positions or [])
    assert found.direct is not None and found.direct % 5 == 0


@given(st.lists(SPOKEN, max_size=12), st.randoms())
def test_the_order_in_which_words_come_tells_nothing(spoken, random):
    shuffled = list(spoken)
    random.shuffle(shuffled)

    assert measure(shuffled, []) == measure(spoken, [])
