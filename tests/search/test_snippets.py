"""Extracts show where the words are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.search.query import parse
from wiki.search.snippets import ELLIPSIS, KEPT, WIDTH, Wanted, extract
from wiki.search.whoosh_index import stem


def pieces(text, typed):
    return extract(text, Wanted(parse(typed), stem))


def marked(text, typed):
    return [piece.text for piece in pieces(text, typed) if piece.marked]


def whole(text, typed):
    return "".join(piece.text for piece in pieces(text, typed))


def test_every_form_of_the_word_is_marked_as_it_stands():
    assert marked("Running, he RUNS; they ran.", "run") == ["Running", "RUNS"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("happy", "happiness happily happier HAPPY"),
        ("die", "dying dies died DIE"),
        ("hope", "hoping hoped hopes"),
        ("sky", "skies sky"),
        ("ability", "abilities ability"),
    ],
)
def test_forms_that_do_not_begin_like_their_stem_are_marked(typed, text):
    same = [word for word in text.split() if stem(word.lower()) == stem(typed)]

    assert len(same) > 1
    assert marked(text, typed) == same


@pytest.mark.parametrize("beside", ["", "Ω “é” ", "ß ", "ﬁ ", "e\u0301 ", "\u00ad ", "İ "])
def test_words_are_marked_where_they_stand_whatever_stands_beside_them(beside):
    text = f"{beside}donors, Donor {beside}undonor donor2"

    assert marked(text, "donor") == ["donors", "Donor"]
    assert whole(text, "donor") == " ".join(text.split(" "))


def test_accents_are_marked_with_the_letters_they_stand_on():
    assert marked("Une école, des écoles.", "ecole") == ["école", "écoles"]


def test_pairs_of_an_unspaced_script_are_marked_as_one_run():
    assert "".join(marked("关于伙伴关系的研究", "伙伴关系")) == "伙伴关系"


def test_what_begins_so_is_marked():
    assert marked("partner, partners, part", "partner*") == ["partner", "partners"]


def test_the_passage_with_most_different_words_is_shown():
    text = "water " * 30 + "x " * 400 + "school and water together" + " y" * 400

    assert "school and water together" in whole(text, "school water")


def test_without_a_match_the_beginning_is_shown():
    assert whole("Once upon a time. " + "x " * 400, "zebra").startswith("Once upon a time.")


def test_a_short_text_is_shown_whole_without_an_ellipsis():
    assert whole("The roof\nfell in.", "roof") == "The roof fell in."


def test_words_are_not_cut_where_a_space_is_near():
    shown = whole("lorem " * 100 + "roof " + "ipsum " * 100, "roof")

    assert set(shown.replace(ELLIPSIS, "").split()) == {"lorem", "roof", "ipsum"}


@given(st.text(max_size=3000), st.text(alphabet='ab é水-"*', max_size=20))
def test_an_extract_is_short_and_made_of_the_text_alone(text, typed):
    shown = whole(text, typed)
    bare = shown.removeprefix(ELLIPSIS + " ").removesuffix(" " + ELLIPSIS)

    assert len(shown) <= WIDTH + 2 * len(ELLIPSIS + " ")
    assert " ".join(bare.split()) in " ".join(text.split())


def test_only_the_beginning_of_a_huge_text_is_read():
    assert marked("x " * KEPT + "roof", "roof") == []
