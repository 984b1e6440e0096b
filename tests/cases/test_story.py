"""The sections of a text: those the form offers, and all that it leaves alone."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.story import sections, with_sections

TITLES = ["What happened", "Who decided", "Why"]
BODY = "> A note.\n\n## What happened\n\nWe met.\n\n## Elsewhere\n\nKept.\n\n## Why\n\nMoney.\n"
LINES = st.lists(
    st.sampled_from(
        ["", "Text", "## What happened", "## Why ##", "## Elsewhere", "# Top", "```", "~~~~", "  "]
    )
)


def test_a_section_is_what_stands_under_its_heading():
    assert sections(BODY, TITLES) == {
        "What happened": "We met.",
        "Who decided": "",
        "Why": "Money.",
    }


@given(LINES)
def test_untouched_sections_leave_every_byte(lines):
    body = "\n".join(lines)

    assert with_sections(body, TITLES, sections(body, TITLES)) == body


@given(LINES, st.sampled_from(TITLES))
def test_what_is_written_into_a_section_is_read_back_and_nothing_else_changes(lines, title):
    body = "\n".join(lines) + "\n"
    before = sections(body, TITLES)
    after = with_sections(body, TITLES, {title: "New words."})
    if "```" not in lines and "~~~~" not in lines:
        assert sections(after, TITLES) == {**before, title: "New words."}
    assert "Text" not in body or "Text" in after or before[title]


def test_a_new_section_stands_where_the_order_of_headings_puts_it():
    after = with_sections(BODY, TITLES, {"Who decided": "The funder."})

    assert after == BODY.replace("## Elsewhere", "## Who decided\n\nThe funder.\n\n## Elsewhere")


def test_the_first_section_follows_what_was_there():
    assert with_sections("Intro.\n", TITLES, {"Why": "Money."}) == "Intro.\n\n## Why\n\nMoney.\n"
    assert with_sections("", TITLES, {"Why": "Money."}) == "## Why\n\nMoney.\n"


def test_an_emptied_section_goes_with_its_heading():
    after = with_sections(BODY, TITLES, {"Why": ""})

    assert after == BODY.removesuffix("## Why\n\nMoney.\n")


def test_a_heading_inside_code_is_no_section():
    body = "```\n## Why\n```\n"

    assert sections(body, TITLES)["Why"] == ""
