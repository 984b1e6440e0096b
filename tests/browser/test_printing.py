"""What comes out of the printer."""

import re

import pytest

from tests.cases.examples import case_text, lesson_text

pytestmark = pytest.mark.xdist_group("browser")
CLAUSE = "a place where the people who decide and the people who live with it never meet, "


def test_ten_lessons_as_long_as_they_may_be_fit_on_two_pages(visit):
    page = visit("Editor")
    for number in range(10):
        text = lesson_text(
            "See the field notes.\n",
            id=f"l-long-{number}",
            claim=("If nobody asks the people who will live with it, then expect silence, " * 4)[
                :279
            ],
            root_causes=["money_changed_or_stopped"],
            travels={"may_not_fit": [CLAUSE * 2, CLAUSE * 2, CLAUSE]},
            from_=[f"c-{number}"],
        )
        page.goto(f"/w/long-{number}/edit")
        page.fill(
            "[name=title]", f"A title as long as titles of lessons may become, number {number}"
        )
        page.fill("[name=text]", text)
        page.click("button[value=save]")
    page.goto("/begin")
    printed = page.pdf(format="A4")

    assert page.locator(".briefing > li").count() == 10
    assert re.findall(rb"/Type /Pages\s*/Count (\d+)", printed) == [b"2"]


def test_an_invitation_with_the_longest_words_fits_on_one_sheet_for_each_partner(visit):
    page = visit("Editor")
    partners = [
        {
            "id": f"p-{number}",
            "name": f"{(CLAUSE * 2)[:158]}{number}",
            "org_type": "school_or_college",
        }
        for number in range(2)
    ]
    page.goto("/w/long-case/edit")
    page.fill("[name=title]", "A title as long as titles may become " * 5)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.fill("[name=text]", case_text(partners=partners, summary=(CLAUSE * 4)[:279]))
    page.click("button[value=save]")
    page.goto(page.url.partition("?")[0] + "/invitations")
    page.click("main .form button.primary")
    page.wait_for_selector(".paper")
    page.wait_for_load_state()
    printed = page.pdf(format="A4")

    assert page.locator(".paper").count() == 2
    assert re.findall(rb"/Type /Pages\s*/Count (\d+)", printed) == [b"2"]
