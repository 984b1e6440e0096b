"""Two people changed one text: what becomes of both changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.merge import Agreed, Clash, merge

THREE = "# Kites\n\nThe first paragraph is short.\n\nThe second one is about wind.\n\nThe last.\n"


def joined(base: str, mine: str, theirs: str) -> str:
    merged = merge(base, mine, theirs)
    assert merged.clashes == []
    return merged.text


def test_changes_in_two_paragraphs_go_together() -> None:
    mine = THREE.replace("short", "very short")
    theirs = THREE.replace("wind", "rain")

    assert joined(THREE, mine, theirs) == THREE.replace("short", "very short").replace(
        "wind", "rain"
    )


def test_changes_far_apart_in_one_line_go_together() -> None:
    base = "The quick brown fox jumps over the lazy dog.\n"
    mine = base.replace("quick", "slow")
    theirs = base.replace("lazy", "sleeping")

    assert joined(base, mine, theirs) == "The slow brown fox jumps over the sleeping dog.\n"


def test_changes_of_neighbouring_words_clash_because_together_nobody_said_them() -> None:
    base = "The funder paid late.\n"
    mine = "The funder never paid.\n"
    theirs = "The funder paid two years late.\n"

    merged = merge(base, mine, theirs)

    assert merged.clashes == [Clash(base, mine, theirs, mine)]


def test_a_clash_proposes_what_goes_together_and_mine_where_it_does_not() -> None:
    base = "One two three four five six seven eight.\n"
    mine = base.replace("one", "One").replace("eight", "acht")
    theirs = base.replace("One", "Eins").replace("eight", "huit")

    [clash] = merge(base, mine, theirs).clashes

    assert clash.joined == "Eins two three four five six seven acht.\n"


def test_a_paragraph_that_one_took_out_and_the_other_changed_clashes() -> None:
    mine = THREE.replace("The second one is about wind.\n\n", "")
    theirs = THREE.replace("about wind", "about the wind of March")

    [clash] = merge(THREE, mine, theirs).clashes

    assert "wind of March" in clash.theirs
    assert "second" not in clash.mine


def test_a_paragraph_that_both_took_out_is_out() -> None:
    shorter = THREE.replace("The second one is about wind.\n\n", "")

    assert joined(THREE, shorter, shorter) == shorter


def test_paragraphs_that_both_add_at_the_end_are_both_kept() -> None:
    mine = THREE + "\nWe had no rope.\n"
    theirs = THREE + "\nThe school closed early.\n"

    assert joined(THREE, mine, theirs) == THREE + "\nThe school closed early.\n\nWe had no rope.\n"


def test_paragraphs_that_both_add_and_that_say_the_same_clash() -> None:
    mine = THREE + "\nThe school in the bay closed early that year.\n"
    theirs = THREE + "\nThe school in the bay closed early in that year.\n"

    assert len(merge(THREE, mine, theirs).clashes) == 1


def test_sentences_that_both_add_within_a_paragraph_clash() -> None:
    base = "A line of a paragraph\nand its end.\n"
    mine = "A line of a paragraph\nwith mine\nand its end.\n"
    theirs = "A line of a paragraph\nor rather yours\nand its end.\n"

    assert len(merge(base, mine, theirs).clashes) == 1


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("- a\n- b\n", "- a1\n- b\n", "- a\n- b2\n", "- a1\n- b2\n"),
        ("- a\n", "- a\n- mine\n", "- a\n- theirs\n", "- a\n- theirs\n- mine\n"),
        ("| a |\n| b |\n", "| a |\n| x |\n| b |\n", "| a |\n| b |\n| y |\n",
         "| a |\n| x |\n| b |\n| y |\n"),
        ("- a\n- b\n", "- b\n", "- a\n- b2\n", "- b2\n"),
    ],
)  # fmt: skip
def test_items_and_rows_beside_each_other_go_together(
    base: str, mine: str, theirs: str, both: str
) -> None:
    assert joined(base, mine, theirs) == both


def test_a_paragraph_broken_anew_and_a_word_changed_in_it_go_together() -> None:
    base = "one two three four five six\nseven eight nine ten eleven twelve\n"
    mine = "one two three four\nfive six seven eight\nnine ten eleven twelve\n"
    theirs = base.replace("twelve", "thirteen")

    assert joined(base, mine, theirs) == mine.replace("twelve", "thirteen")


def test_stretches_too_long_to_be_looked_into_clash() -> None:
    base = "word " * 40_000 + "\n"
    merged = merge(base, "mine " + base, base.replace(" \n", " theirs\n"))

    assert len(merged.clashes) == 1


WORDS = st.sampled_from(["kite", "wind", "the", "a", "school", "paid", "late", "-", "#", ":::"])
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=7)
TEXTS = PARAGRAPHS.map(lambda lines: "\n\n".join(lines) + "\n")


@given(TEXTS, TEXTS)
def test_a_text_that_only_one_changed_is_that_of_the_one(base: str, changed: str) -> None:
    assert joined(base, changed, base) == changed
    assert joined(base, base, changed) == changed
    assert joined(base, changed, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_both_come_to_the_same_whoever_is_first(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert [(c.mine, c.theirs) for c in one.clashes] == [(c.theirs, c.mine) for c in other.clashes]
    if not one.clashes:
        assert sorted(one.text.split()) == sorted(other.text.split())


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_somebody_put_in_is_lost(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    held = merged.text + "".join(clash.theirs for clash in merged.clashes)

    new = (set(mine.split()) | set(theirs.split())) - set(base.split())
    assert new <= set(held.split())


@given(TEXTS, TEXTS, TEXTS)
def test_every_part_says_where_it_comes_from(base: str, mine: str, theirs: str) -> None:
    for part in merge(base, mine, theirs).parts:
        if isinstance(part, Agreed):
            for at, text in ((part.base, base), (part.mine, mine), (part.theirs, theirs)):
                assert at is None or text[at : at + len(part.text)] == part.text
            assert (part.mine, part.theirs) != (None, None)
