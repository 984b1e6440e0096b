"""What bleach is not asked about comes out of it as it went in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rendering.test_sanitize import dangers
from wiki.rendering import sanitize
from wiki.rendering.dialect import parser
from wiki.rendering.plain_markup import DEEPEST, stretches
from wiki.rendering.tree import parse

ALLOWED = sanitize._TAGS
SIGNS = (
    "<p>|</p>|<em>|</em>|<strong>|</strong>|<ul>|</ul>|<li>|</li>|<h2>|</h2>|<br>|<hr>|<a>|</a>"
    '|<a href="/w/x">|<a href="https://x.example/?a=b#c">|<a href="javascript:x">|<p class="x">'
    '|<a class="wiki-link" data-slug="é" href="/w/%C3%A9">|<blockquote>|</blockquote>|<script>'
    "|<table>|<td>|</td>|</table>|<div>|</div>|<b>|</b>|<!--|-->|<|>|&|&amp;|&copy|&#0;|\n|\x00|\r"
    "| |word|https://a.example/b|://|https:|a.example|</|<P>|<p/>|<br/>|<a href=/x>|'|\""
)


def whole(html: str) -> str:
    """The page as bleach alone leaves it."""
    return sanitize._first_cleaner().clean(html)


def plain_parts(html: str) -> list[str]:
    return [stretch for stretch, plain in stretches(html, ALLOWED) if plain]


def test_prose_with_links_and_lists_is_plain():
    html = (
        "<h2>Who paid</h2>\n<p>The <em>school</em> &amp; the "
        '<a class="wiki-link" data-slug="union" href="/w/union">union</a>.</p>\n'
        '<ul>\n<li>See <a href="https://a.example/x">there</a></li>\n</ul>'
    )

    assert plain_parts(html) == [html]


@pytest.mark.parametrize(
    "html",
    [
        "<p>See https://a.example/ soon</p>",  # to be linked
        '<p class="x">a</p>',
        '<p><a href="javascript:alert(1)">a</a></p>',
        '<p><a href="/w/x" title="y">a</a></p>',
        '<p><a href="http:/w/a:b">a</a></p>',
        "<p>a &copy; b</p>",
        "<p>a > b</p>",
        "<p><p>a</p></p>",
        "<ul>text</ul>",
        "text",
        "<p>a\x00b</p>",
        '<p><a href="/a">x<a href="/b">y</a></a></p>',
    ],
)
def test_whatever_an_html_parser_might_change_is_not_plain(html):
    assert plain_parts(html) == []


@pytest.mark.parametrize(
    "html", ["<p>a</p><script>x</script>", "<p>a</p><p>b", "<p>a</p></div>", "<p>a</p><!-- x -->"]
)
def test_where_the_tags_do_not_fit_the_whole_page_is_asked_about(html):
    assert list(stretches(html, ALLOWED)) == [(html, False)]


def test_deep_nesting_is_left_to_the_parser():
    html = "<blockquote>" * (DEEPEST + 1) + "</blockquote>" * (DEEPEST + 1)

    assert list(stretches(html, ALLOWED)) == [(html, False)]


def test_only_the_pieces_around_are_plain_when_one_is_not():
    html = '<p>a</p>\n<p class="x">b</p>\n<p>c</p>'

    assert list(stretches(html, ALLOWED)) == [
        ("<p>a</p>", True),
        ('\n<p class="x">b</p>', False),
        ("\n<p>c</p>", True),
    ]


@given(st.lists(st.sampled_from(SIGNS.split("|")), max_size=14).map("".join))
def test_any_html_gives_the_same_page_as_bleach_alone(html):
    assert "".join(stretch for stretch, _ in stretches(html, ALLOWED)) == html
    assert parse(sanitize.first_pass(html)) == parse(whole(html))


@given(st.text(alphabet="ab *_[]()<>&!`\\\n:/#|-1.\"'=", max_size=80))
def test_any_markdown_gives_the_same_page_as_bleach_alone(source):
    html = parser().convert(source)

    assert parse(sanitize.first_pass(html)) == parse(whole(html))


def test_published_payloads_give_the_same_page_as_bleach_alone(material):
    lines = (material / "material/xss/xss.jsonl").read_text(encoding="utf-8").splitlines()
    payloads = [json.loads(line)["payload"] for line in lines]
    pages = (parser().convert(f"Some *prose*.\n\n{payload}\n\n- and more") for payload in payloads)

    for html in pages:
        cleaned = sanitize.first_pass(html)
        assert parse(cleaned) == parse(whole(html))
        assert dangers(cleaned) == dangers(whole(html))
