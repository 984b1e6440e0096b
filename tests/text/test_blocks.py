"""Blocks of a source, and which block of an older text is an earlier version of one."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.blocks import block_around, block_spans, blocks_of, version_of

STORY = """\
# Boats

The school asked first.
Nobody answered.

- Money came late.
- It went to the ministry,
  all of it.
| a | b |
| c | d |
"""


def test_a_block_is_a_paragraph_a_heading_an_item_or_a_row():
    assert blocks_of(STORY) == [
        "# Boats",
        "The school asked first.\nNobody answered.",
        "- Money came late.",
        "- It went to the ministry,\n  all of it.",
        "| a | b |",
        "| c | d |",
    ]


def test_the_blocks_around_a_stretch_are_those_it_touches():
    start = STORY.index("answered")
    end = STORY.index("late")

    around = block_around(STORY, start, end)

    assert around is not None
    assert STORY[slice(*around)] == (
        "The school asked first.\nNobody answered.\n\n- Money came late."
    )


def test_between_blocks_there_is_none():
    assert block_around("\n\nOne.\n\n", 0, 1) is None


def test_a_block_that_is_still_there_is_its_own_version():
    blocks = ["The school asked first.", "The school asked first, and twice."]

    assert version_of("The school asked first.", blocks) == "The school asked first."


def test_the_version_is_the_block_with_most_words_in_common_wherever_it_stands():
    blocks = ["The union was told.", "The school asked the funder in May.", "Money came late."]

    assert version_of("In June the school asked the funder twice.", blocks) == blocks[1]


def test_a_block_that_shares_less_than_half_of_its_words_is_new():
    assert (
        version_of("The school closed.", ["Money came late to the union and the school."]) is None
    )


def test_capitals_and_signs_do_not_make_a_block_another_one():
    assert version_of("**MONEY** came late!", ["Money came late."]) == "Money came late."


def test_several_blocks_are_found_one_by_one():
    blocks = ["One thing went wrong.", "Nobody knew why that was."]

    assert version_of("One thing went very wrong.\n\nSomething else is new.", blocks) == blocks[0]


@given(st.text(alphabet="ab \n-#|>.", max_size=60))
def test_blocks_are_in_order_apart_and_hold_everything_but_white_space(text):
    spans = block_spans(text)

    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
