"""Two texts side by side: what became of each word, and whose words went."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.tracing import places_before, removed_places, removed_words
from wiki.text.tokens import fold, tokens


def test_a_moved_sentence_is_found_where_it_was():
    old = "The school opened in May. The fund paid late every quarter."
    new = "The fund paid late every quarter. The school opened in May."

    assert places_before(old, new) == [6, 7, 8, 9, 10, 11, 12, 0, 1, 2, 3, 4, 5]


def test_new_words_have_no_place_and_removed_ones_are_told_by_their_owners():
    old = "The fund paid late every quarter."
    before = places_before(old, "The fund paid four months late.")

    assert before == [0, 1, 2, -1, -1, 3, 6]
    assert removed_places(7, before) == [4, 5]
    assert removed_words(tokens(old), [1, 1, 1, 2, 3, 4, 1], before) == {3: 1, 4: 1}


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_a_place_is_named_once_and_holds_the_same_word(old, new):
    before = places_before(old, new)
    places = [place for place in before if place >= 0]

    assert len(before) == len(tokens(new))
    assert len(places) == len(set(places))
    for at, place in enumerate(before):
        if place >= 0:
            assert fold(tokens(new)[at]) == fold(tokens(old)[place])
