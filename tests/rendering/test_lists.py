"""Lists as people type them."""

from wiki.rendering.markdown import render


def test_a_list_needs_no_empty_line_before_and_two_spaces_to_nest():
    html = render("**Courses**:\n- one\n  - two\n- three\n").html

    assert html.count("<ul>") == 2
    assert "<p><strong>Courses</strong>:</p>" in html


def test_a_year_at_the_start_of_a_line_is_no_list():
    assert "<ol" not in render("It ended in\n1986. Nobody knew why.\n").html


def test_a_definition_list_has_terms():
    assert "<dt>Term</dt>" in render("Term\n:   Meaning\n").html


def test_a_long_definition_list_needs_no_empty_lines():
    html = render("Term\n:   Meaning\n" * 500).html

    assert (html.count("<dl>"), html.count("<dt>"), html.count("<dd>")) == (1, 500, 500)


def test_two_definitions_of_one_term_stay_together():
    html = render("Term\n:   One\n:   Two\n").html

    assert (html.count("<dt>"), html.count("<dd>")) == (1, 2)
