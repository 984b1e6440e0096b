"""Whether what was measured without a font fits the letters of a real one."""

import pytest

pytestmark = pytest.mark.xdist_group("browser")

# Each text that is seen, with its box in the units of its picture, and what it must fit into.
TEXTS = """() => [...document.querySelectorAll(".drawing > svg")]
  .filter((picture) => picture.getClientRects().length)
  .map((picture) => ({
    size: [picture.viewBox.baseVal.width, picture.viewBox.baseVal.height],
    letters: picture.getBoundingClientRect().width / picture.viewBox.baseVal.width,
    boxes: [...picture.querySelectorAll(".d-box, .d-card")].map((each) => {
      const { x, y, width, height } = each.getBBox();
      return [x, y, x + width, y + height];
    }),
    texts: [...picture.querySelectorAll("text")].map((each) => {
      const { x, y, width, height } = each.getBBox();
      return [each.textContent, x, y, x + width, y + height, height];
    }),
  }))"""
WIDTHS = pytest.mark.parametrize("width", [320, 768, 1280])


def pictures(visit, width):
    page = visit(width=width)
    page.goto("/patterns")
    return page.evaluate(TEXTS)


@WIDTHS
def test_every_text_of_a_drawing_is_inside_its_picture(visit, width):
    for picture in pictures(visit, width):
        right, bottom = picture["size"]
        for said, x1, y1, x2, y2, _ in picture["texts"]:
            assert x1 >= -1 and x2 <= right + 1 and y1 >= -3 and y2 <= bottom + 3, said


@WIDTHS
def test_a_text_that_begins_in_a_box_ends_in_it(visit, width):
    for picture in pictures(visit, width):
        for said, x1, y1, x2, _, _ in picture["texts"]:
            for left, top, right, bottom in picture["boxes"]:
                if left <= x1 <= right and top <= y1 <= bottom:
                    assert x2 <= right, said


@WIDTHS
def test_letters_of_a_drawing_are_large_enough_to_read(visit, width):
    found = pictures(visit, width)

    assert len(found) == 3
    for picture in found:
        smallest = min(height for *_, height in picture["texts"]) * picture["letters"]
        assert smallest >= 10.5  # CSS pixels from ascender to descender


@WIDTHS
def test_drawings_make_no_page_wider_than_its_window(visit, width):
    page = visit(width=width)
    page.goto("/patterns")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_marks_on_the_map_can_be_reached_and_followed_with_the_keyboard(visit):
    page = visit()
    page.goto("/patterns")
    link = page.get_by_role("link", name="Kenya: 3 cases").first
    link.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")
