"""The way of words that are for partners only, on a small phone and without scripts."""

import pytest

from tests.cases.examples import case_text

pytestmark = pytest.mark.xdist_group("browser")
SAID = "The pumps were broken in April, and we were told to count them as whole."
WIDTH = 360


def fits(page) -> bool:
    """Whether nothing of the page lies beside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth") <= WIDTH)


def test_words_for_partners_are_given_read_and_let_out_on_a_phone(visit):
    writer = visit("Editor", scripts=False, width=WIDTH)
    writer.goto("/new")
    writer.fill("[name=title]", "The pumps")
    writer.fill("[name=text]", case_text(id="c-pumps"))
    writer.click("button[value=save]")
    writer.goto("/w/the-pumps")
    writer.click(".ledger summary")
    writer.click("form[action='/w/the-pumps/invite/p-school'] button")
    address = writer.inner_text(".codes-line code")

    speaker = visit(scripts=False, width=WIDTH)
    speaker.goto(address)
    assert fits(speaker)
    speaker.fill("[name=meant]", SAID)
    speaker.check("[name=display_kind][value=pseudonym]")
    speaker.fill("[name=display]", "Asha")
    speaker.select_option("[name=position]", "frontline_educator")
    speaker.check("[name=capacity][value=for_myself]")
    speaker.check("[name=scopes][value=partners_only]")
    speaker.click("button:text-is('Hand it in')")
    receipt = speaker.inner_text(".receipt code")

    writer.goto("/w/the-pumps/invitations")
    writer.click("a[href='/w/the-pumps/for-partners']")
    room = writer.inner_text("main")
    assert SAID in room and "Asha" in room and fits(writer)
    speaker.goto("/w/the-pumps")
    assert SAID not in speaker.content()

    speaker.click("a[href='/for-partners']")
    speaker.fill("main [name=code]", receipt.upper())
    speaker.press("main [name=code]", "Enter")
    assert SAID in speaker.inner_text("main") and "yours" in speaker.inner_text("main")
    assert fits(speaker) and receipt.replace(" ", "") not in speaker.url
    speaker.click("summary:text-is('Let everybody read it')")
    speaker.check("[name=public][value=public_pseudonym]")
    assert fits(speaker)
    speaker.click("button:text-is('It may be public now')")
    assert "waits for somebody who edits the page" in speaker.inner_text(".notice")

    writer.goto("/w/the-pumps/invitations")
    writer.click(".came-in a.primary")
    writer.click("form[action*='/answers/'] button")
    speaker.goto("/w/the-pumps")
    assert SAID in speaker.inner_text(".story")
    cookies = {cookie["name"] for cookie in speaker.context.cookies()}
    assert cookies <= {"form"}
