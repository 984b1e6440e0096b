"""Words typed by somebody who knows no Markdown read as they were typed, and reach no further."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wiki.rendering.worker import InlineRenderer
from wiki.voices.marks import marks
from wiki.voices.plain_words import as_markdown

NASTY = st.text(st.sampled_from(list("ab1.) \n:`~#<>!-=*_[]{}|\\&;+^\"'/")), max_size=60)


def read(source: str) -> str:
    """What somebody reads, with spaces evened out."""
    return " ".join(
        html.unescape(
            re.sub(r"<[^>]+>", " ", InlineRenderer().render(source, language="en").html)
        ).split()
    )


@pytest.mark.parametrize(
    "typed",
    [
        "# We were 1st",
        "```\nwe were never asked",
        "~~~\nno",
        "::: {.voice by=v1 mode=direct_written}",
        ":::",
        "<!-- the rest is hidden",
        "<script>alert(1)</script>",
        "a &amp; b &lt;",
        "1. not a list\n2) nor this",
        "we said\n---",
        "we said\n===",
        "[[Other page]] and ![x](/y) and [x](http:/y)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "term\n: not a definition",
        "- one\n- two",
        "*[abbr]: said [^1]\n\n[^1]: note",
    ],
)
def test_it_reads_as_it_was_typed(typed: str) -> None:
    assert read(as_markdown(typed)) == " ".join(typed.split())


@given(NASTY)
@example("```")
@example("\\\n:::")
def test_whatever_is_typed_the_passage_ends_where_it_ends(typed: str) -> None:
    passage = "::: {.voice by=v1 mode=direct_written}\n%s\n:::\n"
    source = passage % as_markdown(typed) + "\nAfter.\n\n" + passage % "Another."

    found = marks(source)

    assert len(found) == 2
    assert source[found[0].start : found[0].end].strip() == as_markdown(typed).strip()
    assert "After." in read(source)
