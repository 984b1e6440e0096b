"""The small tree holds what the standard library's parser finds in cleaned HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.rendering import sanitize
from wiki.rendering.tree import MAX_DEPTH, VOID, Element, parse, serialize

SIGNS = (
    '<p>|</p>|<em>|</em>|<ul>|</ul>|<li>|</li>|<br>|<div class="x">|</div>|<details open>'
    '|</details>|<a title=\'say "hi"\'>|<a title="it\'s &lt; > 3">|<a href="/x?a=1&amp;b">|</a>'
    "|<td align=left>|<img alt=x>|<!-- c -->|<|>|&|&amp;|&copy;|&#65;|&nosuch;|\"|'|\n| |word|é"
)


class Standard(HTMLParser):
    """The same tree, built by the standard library's parser."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root")
        self.stack = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self.stack) > 1 and self.stack[-1].name == tag:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


@given(st.lists(st.sampled_from(SIGNS.split("|")), max_size=30).map("".join))
@pytest.mark.parametrize("clean", [sanitize.first_pass, sanitize.last_word])
def test_cleaned_html_is_read_as_the_standard_library_reads_it(clean, typed):
    html = clean(typed)

    assert parse(html) == Standard(html).root


def test_what_no_sanitiser_writes_is_text():
    assert parse("a < b <p x=1>").children == ["a < b <p x=1>"]


def test_deeper_elements_lose_their_tags_and_keep_their_text():
    html = "<b>" * MAX_DEPTH + "deep" + "</b>" * MAX_DEPTH + "after"

    assert serialize(parse(html)) == html.replace("<b>", "", 1).replace("</b>", "", 1)
    assert [each.name for each in parse(html).walk()].count("b") == MAX_DEPTH - 1


def test_a_walk_meets_parents_first_and_in_reading_order():
    html = "<ul><li>a<b>c</b></li><li>d</li></ul><p>e</p>"

    assert [each.name for each in parse(html).walk()] == ["#root", "ul", "li", "b", "li", "p"]
