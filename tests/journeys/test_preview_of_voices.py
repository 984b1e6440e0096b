"""The preview shows passages as the page will: who speaks, how, and what must wait, with why."""

import pytest
from werkzeug.test import TestResponse

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from tests.journeys.test_voices import give


def previewed(who: Person, slug: str, body: str) -> str:
    """The section of the preview."""
    answer: TestResponse = who.fill(
        f"/w/{slug}/edit", "text", text=case_text(body, id="c-tool"), action="preview"
    )
    assert answer.status_code == 200
    start = answer.text.index('id="preview"')
    return answer.text[start : answer.text.index("</section>", start)]


def marked(key: str, mode: str, words: str = "We were never told.") -> str:
    return f"::: {{.voice by={key} mode={mode}}}\n{words}\n:::\n"


def line_of(html: str) -> str:
    start = html.index('<p class="voice-line">')
    return html[start : html.index("</p>", start)].replace(" <a", "<a").split("<a")[0]


def test_a_passage_is_named_as_on_the_page(ada: Person, reader: Person, case: str) -> None:
    give(ada, f"/w/{case}")

    preview = previewed(ada, case, marked("v1", "direct_spoken"))

    assert "<bdi>Asha</bdi>" in preview and "Spoken by the speaker" in preview
    ada.write(case, case_text(marked("v1", "direct_spoken"), id="c-tool"))
    assert line_of(preview).removesuffix("</p>") == line_of(reader.open(f"/w/{case}").text)


def test_a_translation_says_from_which_language(ada: Person, case: str) -> None:
    give(ada, f"/w/{case}")

    preview = previewed(ada, case, marked("v1", "direct_translated from=sw"))

    assert "said in Swahili" in preview


@pytest.mark.parametrize(
    ("mark", "named", "why"),
    [
        ("v9 mode=direct_spoken", "v9", "This page has no voice “v9”."),
        ("v1 mode=sung", "Asha", "“sung” is no way of speaking"),
        ("v1 mode=direct_translated", "Asha", "It must name the language it was said in"),
        ("v1 mode=reported_paraphrase", "Asha", "It must say whether the speaker has seen it"),
        ("v1 mode=quoted_from_published", "Asha", "It must name one of the sources"),
    ],
)
def test_what_could_not_be_saved_stands_there_with_the_reason(
    ada: Person, case: str, mark: str, named: str, why: str
) -> None:
    give(ada, f"/w/{case}")

    preview = previewed(ada, case, f"::: {{.voice by={mark}}}\nThe zebra.\n:::\n")

    assert f"<bdi>{named}</bdi></b> This passage would have to wait:" in preview
    assert why in preview and "The zebra." in preview


def test_a_voice_that_was_taken_back_is_not_named_again(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, f"/w/{case}")
    reader.fill("/take-back", "code", code=receipt)

    preview = previewed(ada, case, marked("v1", "direct_spoken"))

    assert "Asha" not in preview and "This page has no voice “v1”." in preview


def test_a_page_that_is_not_there_yet_says_that_it_has_no_voice(ada: Person) -> None:
    preview = previewed(ada, "quite-new", marked("v1", "direct_spoken"))

    assert "This page has no voice “v1”." in preview


def test_the_words_that_a_file_left_out_are_in_the_preview(ada: Person, case: str) -> None:
    give(ada, f"/w/{case}")

    preview = previewed(ada, case, "::: {.voice mode=held_back passage=v1-1}\nHeld.\n:::\n")

    assert "Nobody asked us" in preview and "<bdi>Asha</bdi>" in preview


def test_what_stands_for_words_that_are_gone_is_named_so_with_all_that_is_in_it(
    ada: Person, case: str
) -> None:
    give(ada, f"/w/{case}")
    inner = marked("v1", "direct_spoken", "Buy kites.")
    tomb = f"::: {{.voice mode=taken_back}}\n{inner}:::\n"

    preview = previewed(ada, case, f"{tomb}\n{marked('v9', 'direct_spoken')}")

    assert "A passage was taken back by the one who spoke it." in preview
    assert "Buy kites." not in preview
    assert preview.count("This passage would have to wait:") == 1


def test_a_mark_typed_as_html_names_nobody_in_the_preview_either(ada: Person, case: str) -> None:
    give(ada, f"/w/{case}")
    slot = '<div class="voice-slot" data-by="v1" data-mode="direct_spoken"></div>'

    preview = previewed(ada, case, f'<div class="voice-passage">{slot}We agree.</div>\n')

    assert "We agree." in preview and "Asha" not in preview


def test_a_difference_says_who_stands_behind_the_keys_in_its_lines(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, f"/w/{case}")
    receipt = give(ada, f"/w/{case}", display="Sefu", words="No.")

    told = reader.open(f"/w/{case}/diff/1/3").text
    assert "<code>by=v1</code> <bdi>Asha</bdi>, <code>by=v2</code> <bdi>Sefu</bdi>." in told

    reader.fill("/take-back", "code", code=receipt)
    assert "Sefu" not in reader.open(f"/w/{case}/diff/1/2").text


def test_an_old_revision_names_its_passages_too(ada: Person, reader: Person, case: str) -> None:
    give(ada, f"/w/{case}")
    ada.write(case, case_text("Nothing of it.\n", id="c-tool"))

    assert "<bdi>Asha</bdi>" in reader.open(f"/w/{case}@2").text
