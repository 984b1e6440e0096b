"""Headings of a page and the contents made of them."""

from wiki.rendering.markdown import Heading, render
from wiki.rendering.toc import nest


def test_the_first_heading_is_of_level_two_and_no_level_is_skipped():
    toc = render("# A\n\n#### B\n\n#### C\n\n## D\n\n# E\n").toc

    assert [(h.level, h.text) for h in toc] == [(2, "A"), (3, "B"), (3, "C"), (3, "D"), (2, "E")]


def test_a_text_that_starts_at_level_three_starts_at_level_two():
    assert [h.level for h in render("### A\n\n## B\n").toc] == [2, 2]


def test_equal_headings_get_different_ids():
    assert [h.id for h in render("## A\n\n## A\n\n## A 2\n").toc] == ["h-a", "h-a-2", "h-a-2-2"]


def test_a_heading_without_letters_has_an_id():
    assert render("## ?!\n").toc[0].id == "h-section"


def test_a_heading_has_a_link_that_says_where_it_leads():
    html = render("## Who *decided*\n").html

    assert '<h2 id="h-who-decided">Who <em>decided</em></h2>' in html
    assert 'href="#h-who-decided" aria-label="Link to the section: Who decided"' in html


def test_contents_nest_as_the_headings_do():
    a, b, c = Heading(2, "a", "A"), Heading(3, "b", "B"), Heading(2, "c", "C")

    sections = nest([a, b, c])

    assert [s.heading for s in sections] == [a, c]
    assert [s.heading for s in sections[0].sections] == [b]
