"""Everything a writer does works without JavaScript: the scripts are off in these windows."""

import pytest

from tests.browser.served import FIRST, SECOND

pytestmark = pytest.mark.xdist_group("browser")


def test_somebody_registers_and_sees_a_page_before_saving_it(visit):
    page = visit(scripts=False)
    page.goto("/register")
    page.fill("[name=name]", "Cleo")
    page.fill("[name=password]", "nine boats at the quay")
    page.click("main button.primary")
    page.goto("/new")
    page.fill("[name=title]", "The boats")
    page.fill("[name=text]", "Nine boats **left** too early.")
    page.click("button[value=preview]")
    preview = page.inner_html("#preview .story")
    page.click("button[value=save]")

    assert "<strong>left</strong>" in preview
    assert page.url.split("?")[0].endswith("/w/the-boats")
    assert "<strong>left</strong>" in page.inner_html(".story")
    assert "Cleo" in page.inner_text(".article-head")


def test_the_slower_of_two_writers_is_told_and_keeps_every_word(visit):
    quick, slow = visit("Editor", scripts=False), visit("Moderator", scripts=False)
    for page in (quick, slow):
        page.goto("/w/the-end/edit")
    quick.fill("[name=text]", "Only the quick one's words.")
    quick.click("button[value=save]")
    slow.fill("[name=text]", "Only the slow one's words.")
    slow.click("button[value=save]")
    told = slow.inner_text("main")
    slow.fill("main textarea", "The words of both.")
    slow.click("button[value=save]")

    assert "Two people wrote at once" in told
    assert "Only the quick one's words." in told
    assert "Only the slow one's words." in told
    assert slow.inner_text(".story") == "The words of both."


def test_an_older_text_is_brought_back_and_its_words_stay_its_authors(visit):
    page = visit("Editor", scripts=False)
    page.goto("/w/the-tool@1")
    page.click("form[action$='/revert'] button")
    page.fill("[name=reason]", "The second paragraph is hearsay.")
    page.click("main form[method=post] button")
    without = page.inner_text(".story")
    page.goto("/w/the-tool/voices")
    voices = page.inner_text("main")
    page.goto("/w/the-tool/revert?revision=2")
    page.fill("[name=reason]", "It is not.")
    page.click("main form[method=post] button")

    assert without == FIRST
    assert "Ada" in voices
    assert "Bo" not in voices
    assert SECOND in page.inner_text(".story")
