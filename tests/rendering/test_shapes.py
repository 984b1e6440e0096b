"""Hostile shapes lose their sting and no character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering import shapes
from wiki.rendering.markdown import render


@pytest.mark.parametrize(
    "source",
    ["[" * 5_000, "[a](" * 2_000, "![" * 3_000, "<a " * 3_000, "[ a_" * 3_000, "<![" * 3_000]
    + ["* " * 3_000 + "a", "1. " * 3_000 + "a", ">" * 3_000 + "a", "[[" * 3_000],
)
def test_a_hostile_shape_keeps_its_text(source):
    plain = render(source).plain

    for word in source.split()[-1:]:
        assert word[-1] in plain
    assert shapes.STX not in plain


def test_unclosed_brackets_read_as_typed():
    assert render("x " + "[" * 30 + " y").plain == "x " + "[" * 30 + " y"


def test_many_closed_links_stay_links():
    assert render(" ".join(["[a](/b)"] * 200)).html.count("<a ") == 200


def test_code_with_many_angle_brackets_is_untouched():
    code = "\n".join(["a << b < c"] * 200)

    assert render(f"```\n{code}\n```\n").plain == code


def test_a_rule_of_many_signs_is_a_rule():
    assert "<hr>" in render("a\n\n" + "- " * 40 + "\n\nb\n").html


def test_a_table_does_not_multiply_cells_nobody_typed():
    source = "|" + "x|" * 300 + "\n|" + "-|" * 300 + "\n" + "|x|\n" * 3_000

    assert len(render(source).html) < 10 * len(source)


@given(st.text(alphabet="ab[]()<>|*_-:>`!\n \\1.", max_size=300))
def test_taming_changes_nothing_but_the_disguise(body):
    tamed = shapes.tame(shapes.protect_wiki_pipes(body))

    assert shapes.rearm(tamed) == body


@settings(deadline=None)
@given(st.text(alphabet="ab[](){}<>|*_-:>`!\n \\1.#^", max_size=400))
def test_no_text_is_too_odd_to_render(source):
    assert shapes.STX not in render(source).html
