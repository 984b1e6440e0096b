"""Generated texts are the same in every run, and an edit of one is small."""

from bench.browser import forms
from bench.site import slug_of
from bench.texts import Writer, pages
from wiki.text.slugs import slugify


def test_the_same_seed_writes_the_same_pages():
    assert list(pages(3, seed=1, words=(100, 200))) == list(pages(3, seed=1, words=(100, 200)))
    assert Writer(1).page(100, []) != Writer(2).page(100, [])


def test_a_page_has_about_as_many_words_as_were_asked_for():
    words = len(Writer(1).page(1_500, []).split())

    assert 1_450 <= words <= 1_700


def test_a_change_adds_three_words_and_takes_none():
    writer = Writer(3)
    before = writer.page(500, [])
    after = writer.changed(before)

    assert len(after.split()) == len(before.split()) + 3
    assert len(after.split("\n\n")) == len(before.split("\n\n"))


def test_the_address_of_a_generated_title_is_the_one_the_wiki_makes():
    assert slug_of("Bench page 12") == slugify("Bench page 12")


def test_a_form_is_read_with_what_it_holds_but_not_its_boxes():
    page = (
        '<form method="get" action="/search"><input name="q"></form>'
        '<form class="form" method="post" action="/a?b=1&amp;c=2">'
        '<input type="hidden" name="base" value="7"><input type="checkbox" name="minor" value="1">'
        '<textarea id="t" name="text" rows="2">\na &lt; b\n</textarea><button name="action">x'
        "</button></form>"
    )

    assert forms(page) == {"/a?b=1&c=2": {"base": "7", "text": "a < b\n"}}
