import pytest
from markupsafe import Markup

from tests.cases.drawing.markup import kinds
from wiki.cases.drawing.svg import address, element, letters, link, number, picture


@pytest.mark.parametrize("name", ["style", "onclick", "onload"])
def test_what_the_content_security_policy_blocks_is_refused(name):
    with pytest.raises(ValueError, match=name):
        element("rect", {name: "x"})


def test_text_and_values_are_escaped_and_markup_is_not():
    made = element("g", {"class": 'a"b'}, "<i>", Markup("<b></b>"))

    assert made == '<g class="a&#34;b">&lt;i&gt;<b></b></g>'


def test_an_attribute_of_none_is_left_out():
    assert element("g", {"class": None, "x": 0}) == '<g x="0"></g>'


def test_a_coordinate_has_one_decimal_at_most():
    assert [number(value) for value in (1, 1.25, 2.04, -0.5)] == ["1", "1.2", "2", "-0.5"]


@pytest.mark.parametrize(
    ("said", "anchor", "written"),
    [("MoE", "start", "start"), ("وزارة", "start", "end"), ("وزارة", "end", "start")],
)
def test_a_text_begins_where_it_should_whatever_its_direction(said, anchor, written):
    (text,) = kinds(letters(1, 2, said, "d-soft", anchor=anchor), "text")

    assert text.get("text-anchor") == written
    assert text.get("direction") == (None if said == "MoE" else "rtl")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_an_address_that_leads_astray_is_refused(href):
    with pytest.raises(ValueError, match="no address"):
        address(href)


def test_what_leads_nowhere_is_no_link():
    assert link("", "Peru", kind="x").startswith("<span")


def test_a_picture_says_its_name_and_is_as_wide_as_its_letters_ask():
    (made,) = kinds(picture([], width=320, height=80, name="Where", ident="w"), "svg")

    assert (made.get("role"), made.get("width"), made.get("viewBox")) == (
        "img",
        "20.000rem",
        "0 0 320 80",
    )
    assert made.get("aria-describedby") is None
