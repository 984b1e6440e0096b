"""A passage marked as somebody's words, with scripts on."""


def test_the_selected_words_are_marked_as_those_of_a_voice(visit):
    page = visit("Editor")
    page.goto("/new")
    page.fill("[name=title]", "The meeting")
    page.fill("[name=text]", "We met. Nobody asked us. We left.\n")
    page.click("button[value=save]")
    page.goto("/w/the-meeting/voice")
    page.fill("[name=words]", "We were told.")
    page.check("[name=mode][value=direct_spoken]")
    page.select_option("[name=position]", "community_member")
    page.check("[name=scopes][value=public_deidentified]")
    page.select_option("[name=read_back]", "yes")
    page.click("main form button.primary")

    page.goto("/w/the-meeting/edit")
    page.eval_on_selector("#f-text", "box => box.setSelectionRange(8, 24)")
    page.click("button[data-mark]")

    marked = (
        "We met. \n\n::: {.voice by=v1 mode=direct_spoken}\nNobody asked us.\n:::\n\n We left."
    )
    assert page.input_value("[name=text]").startswith(marked)
    page.click("button[value=save]")
    assert page.locator(".voice-passage").count() == 2
