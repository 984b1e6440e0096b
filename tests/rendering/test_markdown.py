"""What the wiki's Markdown becomes."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wiki.rendering import sanitize
from wiki.rendering.markdown import TooLarge, fallback, render
from wiki.rendering.worker import InlineRenderer
from wiki.text import wiki_links

SAMPLE = """---
type: page
---
# What happened

We met [[Kites fly|the kites]] and [[Kites fly#Why not]].[^1]

| a | b |
|:--|--:|
| [[X|y]] | 2 |

[^1]: Nobody asked.
"""


def test_front_matter_is_not_shown():
    rendered = render(SAMPLE)

    assert "type" not in rendered.plain
    assert rendered.plain.startswith("What happened\n")


def test_wiki_links_are_listed_once_in_order_and_keep_their_fragment():
    rendered = render(SAMPLE)

    assert rendered.links == ("kites-fly", "x")
    assert '<a class="wiki-link" data-slug="kites-fly" href="/w/kites-fly">the kites</a>' in (
        rendered.html
    )
    assert 'href="/w/kites-fly#h-why-not"' in rendered.html


def test_the_links_of_a_page_are_those_that_are_found_in_its_text():
    source = (
        "[[A]] \\[[B]] `[[C]]` [[`D`]] [[E\\_]] [[F|`f`]] *[[G|g]]* [[?]] [[#Here]]\n\n## Here\n"
    )

    assert render(source).links == tuple(x.slug for x in wiki_links.find(source) if x.slug)


def test_a_link_to_a_heading_of_the_same_page_is_an_ordinary_link():
    html = render("[[#Why not]]\n\n## Why not\n").html

    assert '<a href="#h-why-not">Why not</a>' in html


def test_a_title_in_any_script_is_escaped_in_its_address_only():
    html = render("[[مرحبا]]\n").html

    assert 'data-slug="مرحبا" href="/w/%D9%85' in html


def test_a_wiki_link_in_code_is_code():
    rendered = render("`[[A|b]]`\n\n    [[A|b]]\n\n```\n[[A|b]]\n```\n")

    assert rendered.links == ()
    assert rendered.html.count("[[A|b]]") == 3


def test_a_link_typed_by_hand_cannot_pretend_to_lead_into_the_wiki():
    rendered = render('<a class="wiki-link" data-slug="x" href="https://a.example/">x</a>\n')

    assert rendered.links == ()
    assert "wiki-link" not in rendered.html


def test_alignment_is_a_class_and_the_table_scrolls_by_keyboard():
    html = render(SAMPLE).html

    assert 'style="' not in html
    assert '<th class="align-left">' in html
    assert '<td class="align-right">2</td>' in html
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label=' in html


def test_tasks_read_as_words_and_hold_no_form_element():
    html = render("- [ ] ask\n- [x] tell\n- [y] no task\n").html

    assert '<span class="visually-hidden">To do:</span> </span>ask' in html
    assert '<span class="visually-hidden">Done:</span> </span>tell' in html
    assert "[y] no task" in html
    assert "<input" not in html


def test_words_that_rendering_adds_follow_the_language_of_the_text():
    assert '<span class="visually-hidden">Fait :</span>' in render("- [x] a\n", language="fr").html


def test_a_foreign_picture_is_a_link_and_an_own_one_a_picture():
    html = render("![Map](https://a.example/m.png) ![Us](/media/us.jpg)\n").html

    assert '<a class="remote-image" href="https://a.example/m.png"' in html
    assert ">Map</a>" in html
    assert '<img alt="Us" src="/media/us.jpg" loading="lazy">' in html


def test_a_foreign_picture_inside_a_link_leaves_the_link():
    html = render("[![Badge](https://a.example/b.svg)](https://b.example/)\n").html

    assert html.count("<a ") == 1
    assert '<span class="remote-image">Badge</span>' in html


@pytest.mark.parametrize("path", ["/media/../logout", "//media/a.png", "/media/a?b", "/mediax/a"])
def test_only_attachments_are_own_pictures(path):
    assert "<img" not in render(f"![a]({path})\n").html


def test_a_bare_address_is_a_link_that_no_search_engine_credits():
    html = render("See https://example.org/a_b?c=d&e=f. README.md is a file.\n").html

    assert 'href="https://example.org/a_b?c=d&amp;e=f" rel="nofollow noopener ugc"' in html
    assert html.count("<a ") == 1


def test_half_of_a_broken_address_is_no_link():
    assert "<a " not in render("seehttp://http://example.org and ahttps://example.org\n").html


def test_an_address_may_hold_round_brackets():
    html = render("(see https://example.org/a_(b))\n").html

    assert 'href="https://example.org/a_(b)"' in html


def test_scrolling_tables_have_different_names():
    html = render("a|b\n-|-\n1|2\n\nc|d\n-|-\n3|4\n").html

    assert 'aria-label="Table 1, ' in html
    assert 'aria-label="Table 2, ' in html


def test_an_address_in_code_is_no_link():
    assert "<a " not in render("`https://example.org`\n\n    https://example.org\n").html


def test_ids_of_notes_are_numbers_and_unique():
    html = render('a[^x"y] b[^x"y] c[^z]\n\n[^x"y]: One.\n[^z]: Two.\n').html

    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert ids == ["fnref-1", "fnref2-1", "fnref-2", "fn-1", "fn-2"]


def test_an_id_typed_by_hand_cannot_shadow_anything():
    html = render('<p id="forms">a</p>\n\n<p id="fn-9">b</p>\n\n<p id="fn-9">c</p>\n').html

    assert "forms" not in html
    assert html.count('id="fn-9"') == 1


def test_a_plain_link_to_a_section_finds_it():
    assert 'href="#h-why-not"' in render("[x](#why-not)\n\n## Why not\n").html


def test_right_to_left_paragraphs_find_their_own_direction():
    html = render("مرحبا *بك*\n\nHello\n\n- عنصر\n- item\n").html

    assert html.count('dir="auto"') == 2
    assert "<p>Hello</p>" in html


def test_every_block_of_a_right_to_left_page_finds_its_own_direction():
    assert '<p dir="auto">Hello</p>' in render("Hello\n", language="ar").html


def test_plain_text_has_a_line_for_each_block_and_none_of_our_own_words():
    plain = render(SAMPLE + "\n- [x] told\n").plain

    assert plain.split("\n") == [
        "What happened",
        "We met the kites and Kites fly.",
        "a b",
        "y 2",
        "told",
        "Nobody asked.",
    ]


def test_words_are_counted_without_marks():
    assert render("One, *two* - `three`!\n").words == 3


def test_a_desk_summary_is_a_quotation():
    html = render("> **Desk summary.** Nobody has written here yet.\n").html

    assert html.startswith("<blockquote>")


def test_a_small_source_that_makes_a_huge_page_is_refused():
    source = "[a]: " + "x" * 10_000 + "\n\n" + "[a] " * 2_000

    with pytest.raises(TooLarge):
        render(source)


def test_the_escaped_source_stands_in_for_what_cannot_be_rendered():
    rendered = fallback("<b>&")

    assert rendered.failed
    assert rendered.html == '<pre class="source-fallback" tabindex="0">&lt;b&gt;&amp;</pre>'


@pytest.mark.parametrize("source", ["", "\0", "\ud800", "\ufeff", "\u0002klzzwxh:0001\u0003"])
def test_odd_characters_render(source):
    assert not InlineRenderer().render(source).failed


def test_the_last_sanitiser_changes_nothing_on_a_sane_page():
    html = render(SAMPLE).html

    assert sanitize.last_word(html) == html


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr", "img", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def _examples(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            found.append(row["markdown"])
    return found


def test_every_published_example_renders_into_balanced_html(material):
    examples = _examples(material / "material" / "commonmark")
    renderer = InlineRenderer()

    for source in examples:
        rendered = renderer.render(source)
        balance = _Balance()
        balance.feed(rendered.html)
        assert not rendered.failed, source
        assert (balance.wrong, balance.open) == ([], []), source
    assert len(examples) > 500
