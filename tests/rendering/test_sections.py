"""Which part of a source stands under a heading of its page."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.rendering.sections import sections_by_id, source_sections, with_section
from wiki.rendering.worker import InlineRenderer

BODY = """Before.

# One

text

## Two [[Bay|the bay]] *x*

more

Three
=====

> ## quoted

```
# in code
```

## Two

again
"""


def test_a_section_reaches_to_the_next_heading_as_high() -> None:
    parts = [(s.title, BODY[s.start : s.end]) for s in source_sections(BODY)]

    assert [title for title, _text in parts] == ["One", "Two [[Bay|the bay]] *x*", "Three", "Two"]
    assert parts[0][1].endswith("more\n\n")
    assert parts[1][1] == "## Two [[Bay|the bay]] *x*\n\nmore\n\n"
    assert parts[2][1].startswith("Three\n=====\n")
    assert parts[2][1].endswith("again\n")


def test_each_heading_of_the_page_leads_to_its_source_and_quoted_ones_to_none() -> None:
    page = InlineRenderer().render(BODY, language="en")
    found = sections_by_id(BODY, [(h.level, h.id, h.text) for h in page.toc])

    assert {name: section.title for name, section in found.items()} == {
        "h-one": "One",
        "h-two-the-bay-x": "Two [[Bay|the bay]] *x*",
        "h-three": "Three",
        "h-two": "Two",
    }


def test_a_section_that_cuts_a_passage_in_two_is_none() -> None:
    body = "# One\n\n::: {.voice by=v1 mode=direct_written}\n## Two\n\nwords\n:::\n\n# Three\n"

    assert [section.title for section in source_sections(body)] == ["One", "Three"]


def test_another_text_takes_the_place_of_a_section_and_nothing_else_changes() -> None:
    one, two = source_sections("# A\n\na\n\n# B\n\nb\n")

    assert with_section("# A\n\na\n\n# B\n\nb\n", one, "# A\n\nother\n") == (
        "# A\n\nother\n\n# B\n\nb\n"
    )
    assert with_section("# A\n\na\n\n# B\n\nb\n", two, "") == "# A\n\na\n\n"


LINES = st.sampled_from(["# a", "## b", "", "text", "```", "::: {.x}", ":::", "c\n==="])


@given(st.lists(LINES).map("\n".join))
def test_a_section_put_in_its_own_place_changes_no_word(body: str) -> None:
    for section in source_sections(body):
        again = with_section(body, section, body[section.start : section.end])
        assert again.rstrip("\n") == body.rstrip("\n")
