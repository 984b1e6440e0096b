"""The quick form on a small phone without JavaScript: from nothing to a published case."""

import pytest

pytestmark = pytest.mark.xdist_group("browser")
PHONE = 360


def is_too_wide(page):
    """Whether something sticks out of the window. Asked without scripts of the page's own."""
    box = page.locator("main").bounding_box()
    sticking = [
        each.bounding_box() for each in page.locator("main :is(input, select, textarea)").all()
    ]
    right = [b["x"] + b["width"] for b in [box, *sticking] if b]
    return max(right) > PHONE


def go_on(page, step):
    assert not is_too_wide(page), page.url
    page.click("main button.primary")
    page.wait_for_url(lambda address: f"/form/{step}" in address)


def test_a_case_is_told_on_a_phone_in_five_short_steps(visit):
    page = visit("Editor", scripts=False, width=PHONE)
    page.goto("/")
    page.click("text=Write a case")
    page.fill("[name=title]", "The tool that nobody asked for")
    page.fill(
        "[name=summary]", "A firm gave a school a tool, and half of the class could not use it."
    )
    page.check("text=One partner tells it")
    go_on(page, "kind")
    page.locator("[name=partnership_type]").first.select_option("technology_or_data")
    page.locator("[name=themes]").first.select_option("technology")
    go_on(page, "when")
    page.fill("[name='when.start']", "2019")
    page.locator("[name=places]").first.fill("Kenya")
    go_on(page, "outcome")
    page.check("text=Looking back together")
    page.check("[name=partnership_outcome][value=strained]")
    page.check("[name=purpose_outcome][value=partly_met]")
    go_on(page, "partners")
    page.fill("[name='partners.0.name']", "Hill School")
    page.fill("[name='partners.1.name']", "Tool Makers")
    page.press("[name='partners.1.name']", "Enter")
    page.wait_for_url(lambda address: "/form/story" in address)
    page.locator(".form-steps summary").click()
    page.click(".form-steps a:has-text('To the end')")

    assert "Everything that a reader needs is there." in page.inner_text("main")
    page.click("main a.primary")
    page.click("main form[method=post] button")
    assert "Hill School" in page.inner_text("main")


def test_a_wrong_date_is_told_beside_its_box_and_everything_else_is_kept(visit):
    page = visit("Editor", scripts=False, width=PHONE)
    page.goto("/new/case")
    page.fill("[name=title]", "The date")
    page.click("main button.primary")
    page.goto("/w/the-date/form/when")
    page.fill("[name='when.start']", "in the spring")
    page.locator("[name=places]").first.fill("Peru")
    page.click("main button.primary")
    page.click(".error-summary a")

    assert page.url.endswith("#f-when.start")
    assert page.input_value("[name='when.start']") == "in the spring"
    assert page.locator("[name=places]").first.input_value() == "Peru"
    assert "is not a date such as 2016" in page.inner_text("[id='f-when.start-error']")


def test_rows_are_added_and_taken_out_and_nothing_typed_is_lost(visit):
    page = visit("Editor", scripts=False, width=PHONE)
    page.goto("/new/case")
    page.fill("[name=title]", "The rows")
    page.click("main button.primary")
    page.goto("/w/the-rows/form/partners")
    for place, name in enumerate(("One", "Two", "Three", "Four")):
        if page.locator(f"[name='partners.{place}.name']").count() == 0:
            page.click("button:has-text('Add another')")
        page.fill(f"[name='partners.{place}.name']", name)
    page.check("[name='partners.0.remove']")
    page.click("main button.primary")
    page.goto("/w/the-rows/form/partners")
    names = page.locator("[name^='partners.'][name$='.name']").all()

    assert [each.input_value() for each in names] == ["Two", "Three", "Four", ""]


def test_the_selected_words_of_a_case_go_along_to_its_lesson(visit):
    page = visit("Editor")
    page.goto("/new?kind=case&text=1")
    page.fill("[name=title]", "The passage")
    page.fill("[name=text]", "We met in March. We parted in May.\n")
    page.check("[name=draft]")
    page.click("button[value=save]")
    page.dblclick(".story p")
    word = page.evaluate("String(getSelection()).trim()")
    page.click("a[data-passage]")

    assert word
    assert page.input_value("[name=passage]") == word
