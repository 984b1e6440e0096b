"""Diffs: rows that give both texts back, at a bounded cost."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text import opcodes
from wiki.text.diff import MAX_ROWS, Diff, compare, line_opcodes
from wiki.text.opcodes import Budget

LINE = st.text("ab ,\n", max_size=12)
TEXT = st.lists(LINE, max_size=14).map("\n".join)


def sides(diff: Diff, old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts as the rows tell them; lines under a gap are taken from the texts."""
    left: list[str] = []
    right: list[str] = []
    for row in diff.rows:
        if row.kind == "gap":
            left += old.split("\n")[len(left) : len(left) + row.skipped]
            right += new.split("\n")[len(right) : len(right) + row.skipped]
            continue
        if row.old_number is not None:
            left.append("".join(piece.text for piece in row.old))
            assert row.old_number == len(left)
        if row.new_number is not None:
            right.append("".join(piece.text for piece in row.new))
            assert row.new_number == len(right)
    return left, right


@given(TEXT, TEXT)
def test_the_rows_give_both_texts_back(old, new):
    diff = compare(old, new)
    if old == new:
        assert diff == Diff((), 0, 0, coarse=False)
        return
    both = old.endswith("\n") and new.endswith("\n")
    cut = (lambda text: text[:-1]) if both else (lambda text: text)
    assert sides(diff, old, new) == (cut(old).split("\n"), cut(new).split("\n"))


@given(TEXT, TEXT)
def test_a_changed_row_shows_a_change_and_a_same_row_none(old, new):
    for row in compare(old, new).rows:
        changed = [piece.text for piece in row.old + row.new if piece.changed]
        if row.kind == "changed":
            assert changed
            unmarked = [
                "".join(p.text for p in side if not p.changed) for side in (row.old, row.new)
            ]
            assert unmarked[0] == unmarked[1]
        elif row.kind == "same":
            assert row.old == row.new
            assert not changed


@given(
    st.lists(st.sampled_from("abcde"), max_size=30),
    st.lists(st.sampled_from("abcde"), max_size=30),
)
def test_opcodes_cover_both_sides_in_order(old, new):
    i = j = 0
    built: list[str] = []
    for tag, i1, i2, j1, j2 in line_opcodes(old, new):
        assert (i1, j1) == (i, j)
        assert (i1 < i2) == (tag != "insert")
        assert (j1 < j2) == (tag != "delete")
        if tag == "equal":
            assert old[i1:i2] == new[j1:j2]
        built += new[j1:j2]
        i, j = i2, j2
    assert (i, j) == (len(old), len(new))
    assert built == new


@given(
    st.lists(st.sampled_from("abcde"), max_size=30),
    st.lists(st.sampled_from("abcde"), max_size=30),
)
def test_without_any_budget_opcodes_are_coarse_and_still_right(old, new):
    built: list[str] = []
    for tag, i1, i2, j1, j2 in opcodes.opcodes(old, new, Budget(0, 0)):
        built += old[i1:i2] if tag == "equal" else new[j1:j2]
    assert built == new


def test_one_changed_word_is_marked_with_three_lines_around_it():
    lines = [f"Line {n} of the story." for n in range(20)]
    new = [*lines]
    new[10] = "Line 10 of the history."

    diff = compare("\n".join(lines), "\n".join(new))

    kinds = [row.kind for row in diff.rows]
    assert kinds == ["gap", "same", "same", "same", "changed", "same", "same", "same", "gap"]
    changed = diff.rows[4]
    assert [piece.text for piece in changed.old if piece.changed] == ["story"]
    assert [piece.text for piece in changed.new if piece.changed] == ["history"]
    assert (changed.old_number, changed.new_number) == (11, 11)
    assert (diff.rows[0].skipped, diff.rows[-1].skipped) == (7, 6)
    assert (diff.added_words, diff.removed_words, diff.coarse) == (1, 1, False)


def test_a_new_paragraph_does_not_shift_the_versions_of_the_next_ones():
    old = "The school wrote first.\n\nThe funder answered late.\n\nNobody asked the parents."
    new = (
        "The school wrote at first.\n\nAn entirely different thing happened here.\n\n"
        "The funder answered too late.\n\nNobody ever asked the parents."
    )
    rows = compare(old, new).rows
    assert [(row.old_number, row.new_number) for row in rows if row.kind == "changed"] == [
        (1, 1), (3, 5), (5, 7),
    ]  # fmt: skip
    assert [row.new_number for row in rows if row.kind == "added"] == [3, 4]


def test_only_white_space_that_changed_is_marked():
    row = compare("a  b c", "a b c").rows[0]
    assert [piece.text for piece in row.old if piece.changed] == [" "]


def test_a_last_line_end_that_came_is_shown():
    assert [row.kind for row in compare("a", "a\n").rows] == ["same", "added"]


def test_words_of_scripts_without_spaces_are_found():
    row = compare("合作为什么失败", "合作为什么成功").rows[0]
    assert [piece.text for piece in row.new if piece.changed] == ["成功"]


def test_a_long_paragraph_shows_the_words_that_changed():
    words = [f"word{n % 700}" for n in range(4_000)]
    old = " ".join(words)
    words[2_000] = "otherwise"
    diff = compare(old, " ".join(words))
    assert [piece.text for piece in diff.rows[0].new if piece.changed] == ["otherwise"]
    assert not diff.coarse


def test_a_diff_too_long_to_read_is_cut_and_says_so():
    diff = compare("a\n" * 9_000, "b c\n" * 9_000)
    assert len(diff.rows) == MAX_ROWS
    assert diff.omitted == 18_000 - MAX_ROWS
    assert (diff.removed_words, diff.added_words) == (9_000, 18_000)


@pytest.mark.parametrize("times", [1, 5, 50])
def test_hostile_pairs_end_soon(material: Path, times: int):
    folder = material / "material/dos/generated"
    old, new = (
        (folder / f"diff_worst_{name}.md").read_text(encoding="utf-8") * times for name in "ab"
    )
    for change in ("\n", " "):
        begin = time.process_time()
        diff = compare(old.replace("\n", change), new.replace("\n", change))
        assert time.process_time() - begin < 1.5  # a third of it on an idle core
        assert diff.coarse


@settings(max_examples=25)
@given(
    st.text("ab\n ", min_size=200, max_size=2_000), st.text("ab\n ", min_size=200, max_size=2_000)
)
def test_tangled_texts_are_still_given_back(old, new):
    if old != new:
        old, new = old + "x", new + "y"
        assert sides(compare(old, new), old, new) == (old.split("\n"), new.split("\n"))
