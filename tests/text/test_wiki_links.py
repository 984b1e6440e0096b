"""Links between pages."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.code_spans import code_spans
from wiki.text.slugs import TitleError, clean_title, slugify
from wiki.text.wiki_links import WikiLink, find, rename


def slugs(body: str) -> list[str]:
    return [link.slug for link in find(body)]


def test_a_link_names_a_page_a_heading_and_what_the_reader_sees():
    assert find("See [[Kite  days#First day|that day]].") == [
        WikiLink(4, 37, "Kite days", "kite-days", "First day", "that day")
    ]
    assert find("[[Kites]]")[0].label == "Kites"
    assert find("[[#First day]]") == [WikiLink(0, 14, "", "", "First day", "First day")]
    assert find(r"| [[Kites\|fly]] |")[0].label == "fly"


@pytest.mark.parametrize(
    "body",
    [
        r"\[[a]]",
        r"[\[a]]",
        "`[[a]]`",
        "``x ` [[a]]``",
        "```\n[[a]]\n```",
        "~~~ md\n[[a]]\n~~~~",
        "Text\n\n    [[a]]",
        "\t[[a]]",
        "[[]]",
        "[[?!]]",
        "[[a\nb]]",
        "[[a [b] c]]",
        "[[" + "a" * 201 + "]]",
        "[a]",
        "[[a#?!]]",
    ],
)
def test_code_escapes_and_empty_titles_hold_no_link(body):
    assert find(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "\\\\[[a]]",
        "` [[a]]",
        "```\n[[a]]\n",
        "text\n    [[a]]",
        "- item\n\n    [[a]]",
        "`` ` ``[[a]]`",
        "`one\n\n[[a]] two`",
        "[[[a]]]",
        "```\ncode\n```\n[[a]]",
    ],
)
def test_what_only_resembles_code_hides_nothing(body):
    assert slugs(body) == ["a"]


def test_renaming_changes_titles_and_keeps_labels_headings_and_code():
    body = "[[Old name]] [[old-name#Part|label]] `[[Old name]]` [[Other]]"
    assert rename(body, "old-name", "New name") == (
        "[[New name]] [[New name#Part|label]] `[[Old name]]` [[Other]]"
    )


def test_a_new_title_that_cannot_stand_in_a_link_is_shown_by_its_label():
    assert rename("[[Old]] [[old#x|y]]", "old", "Lists [in C#] `") == (
        "[[lists-in-c|Lists in C]] [[lists-in-c#x|y]]"
    )


TITLE = st.text(min_size=1, max_size=30)


@given(
    st.lists(
        st.sampled_from(
            ["[[Old]]", "[[Old#a|b]]", "[[x]]", "`[[Old]]`", r"\[[Old]]", "\n\n", "    ", "| "]
        )
    ),
    TITLE,
)
def test_after_renaming_no_link_leads_to_the_old_page_and_as_many_to_the_new(parts, raw):
    try:
        title = clean_title(raw)
    except TitleError:
        return
    body = "".join(parts)
    expected = [slugify(title) if slug == "old" else slug for slug in slugs(body)]
    assert slugs(rename(body, "old", title)) == expected


@given(st.text("[]|#\\`~ \n\tab", max_size=60))
def test_every_link_found_stands_where_it_says(body):
    place = 0
    for link in find(body):
        assert place <= link.start
        assert body[link.start : link.start + 2] == "[["
        assert body[link.end - 2 : link.end] == "]]"
        assert link.label
        place = link.end


@given(st.text("`~ \n\tab-", max_size=80))
def test_pieces_of_code_are_in_order_and_apart(body):
    spans = code_spans(body)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_hostile_texts_cost_no_more_than_their_length(material: Path):
    names = (
        "wikilinks_open", "wikilinks_many", "brackets_open", "brackets_nested", "tilde_run",
        "backticks_unmatched", "backticks_escaped", "fence_spaces", "backslashes",
    )  # fmt: skip
    for name in names:
        path = material / f"material/dos/generated/{name}.md"
        body = "[[A]]\n\n" + path.read_text(encoding="utf-8") * 20
        begin = time.process_time()
        assert slugs(body)[0] == "a"
        assert time.process_time() - begin < 1.0, name
