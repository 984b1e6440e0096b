"""Words are looked at before they stand in a page: as it will show them, and nothing is lost."""

import re

from flask import Flask
from sqlalchemy import func, select

from tests.cases.examples import case_text
from tests.journeys.answering import MEANT, answer, link, links, put_in, waiting
from tests.journeys.browser import Form, Person, forms_of
from tests.journeys.test_voices import PASSAGE, WORDS
from wiki.voices.models import Voice, VoiceAnswer

KEYS = ["p-school", "p-firm"]
PREVIEW = re.compile(r'<section class="preview".*?</section>', re.S)


def preview(page: str) -> str:
    found = PREVIEW.search(page)
    assert found, page
    return found[0]


def said_by(html: str) -> list[str]:
    """Who speaks in each passage and how, as a reader is told."""
    lines = re.findall(r'<p class="voice-line">(<b>.*?</span>)', html)
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def passages(html: str) -> list[str]:
    """The words of each passage, as they are set."""
    found = re.findall(r'<div class="voice-passage"[^>]*>.*?</p>(.*?)</div>', html, re.S)
    assert found, html
    return found


def in_form(page: str, holding: str) -> Form:
    return next(form for form in forms_of(page) if holding in form.fields)


def rows(app: Flask, model: type[Voice] | type[VoiceAnswer]) -> int:
    with app.extensions["sessions"]() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_open_answer_is_looked_at_as_the_page_will_show_it(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    for address in links(ada.fill(f"/w/{case}/invitations", "opens_on", partners=KEYS)):
        answer(Person(app), address, meant="One <b>tablet</b> *each*.")
    [first, _second] = waiting(ada, case)

    looked = ada.open(first).text

    assert said_by(preview(looked)) == ["Asha Teacher or educator · Written by the speaker"] * 3
    assert "One &lt;b&gt;tablet&lt;/b&gt; *each*." in preview(looked)
    assert "cite" not in preview(looked)
    put_in(ada, case)
    page = reader.open(f"/w/{case}").text
    assert said_by(page) == said_by(preview(looked))
    assert passages(page) == passages(preview(looked))


def test_words_in_another_language_than_the_page_say_in_which(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    told = {"language": "sw", "meant": "Kila darasa lilipaswa kupata moja."}
    for address in links(ada.fill(f"/w/{case}/invitations", "opens_on", partners=KEYS)):
        answer(Person(app), address, **told)

    looked = preview(ada.open(waiting(ada, case)[0]).text)
    put_in(ada, case)

    page = reader.open(f"/w/{case}").text
    for shown in (looked, page):
        passage = re.search(
            r'<div class="voice-passage" lang="sw" dir="ltr">(.*?)</div>', shown, re.S
        )
        assert passage and "Kila darasa" in passage[1]
        assert '<p class="voice-line" lang="en">' in passage[1]
        assert "Written by the speaker · in Swahili" in passage[1]


def test_words_in_the_language_of_the_page_or_translated_into_it_do_not(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    said = {**PASSAGE, "mode": "direct_translated", "language": "sw", "said_in": "sw"}
    ada.fill(f"/w/{case}/voice", "words", **said)
    ada.fill(f"/w/{case}/voice", "words", **{**PASSAGE, "language": "en-KE"})

    page = reader.open(f"/w/{case}").text

    assert page.count('<div class="voice-passage">') == 2
    assert "said in Swahili" in page and "· in " not in page


def test_who_goes_back_has_changed_nothing_and_the_answer_waits_on(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    answer(Person(app), link(ada, case, "p-school"))
    before = reader.open(f"/w/{case}").text

    looked = ada.open(waiting(ada, case)[0]).text

    assert f'href="/w/{case}/invitations"' in looked and "Not now" in looked
    assert reader.open(f"/w/{case}").text == before
    assert len(waiting(ada, case)) == 1 and rows(app, Voice) == 0


def test_an_answer_that_nobody_reads_before_stays_closed_to_who_puts_it_in(
    app: Flask, ada: Person, case: str
) -> None:
    answer(Person(app), link(ada, case, "p-school"))

    looked = ada.open(waiting(ada, case)[0]).text

    assert MEANT not in looked and "Asha" not in looked and "preview" not in looked
    assert "“In their own words: Hill School”" in looked
    assert "Nobody reads it before, you included" in looked
    assert put_in(ada, case).status_code == 303


def test_an_open_answer_without_words_for_the_text_says_so(
    app: Flask, ada: Person, case: str
) -> None:
    wordless = {"meant": "", "happened": "", "partnership_outcome": "", "purpose_outcome": ""}
    for address in links(ada.fill(f"/w/{case}/invitations", "opens_on", partners=KEYS)):
        answer(Person(app), address, **wordless)

    assert "It has no words for the text" in ada.open(waiting(ada, case)[0]).text
    assert put_in(ada, case).status_code == 303


def test_an_answer_that_does_not_wait_cannot_be_looked_at(
    app: Flask, ada: Person, case: str
) -> None:
    answer(Person(app), link(ada, case, "p-school"))
    [address] = waiting(ada, case)
    put_in(ada, case)

    assert ada.open(address).status_code == 404
    assert ada.open(f"/w/{case}/answers/nothing").status_code == 404
    assert Person(app).open(address).request.path == "/sign-in"


def test_words_taken_down_are_looked_at_and_added_from_the_same_form(
    app: Flask, ada: Person, reader: Person
) -> None:
    ada.write("the-tool", case_text("Start.\n\n## What happened\n\nIt broke.\n"), title="The tool")
    before = reader.open("/w/the-tool").text
    typed = {**PASSAGE, "place": "## What happened", "standpoint": "I taught there."}

    looked = ada.fill("/w/the-tool/voice", "words", action="preview", **typed)

    assert looked.status_code == 200
    assert said_by(preview(looked.text)) == ["Asha Teacher or educator · Spoken by the speaker"]
    assert reader.open("/w/the-tool").text == before and rows(app, Voice) == 0
    kept = in_form(looked.text, "words").all()
    for name, value in typed.items():
        assert kept[name] == (value if isinstance(value, list) else [value]), name

    ada.client.post("/w/the-tool/voice", data={**kept, "action": "add"})
    page = reader.open("/w/the-tool").text
    assert said_by(page) == said_by(preview(looked.text))
    assert passages(page) == passages(preview(looked.text))
    assert page.index("It broke.") < page.index("Nobody asked us")


def test_a_look_says_what_would_have_to_change_and_keeps_the_words(
    app: Flask, ada: Person, case: str
) -> None:
    refused = ada.fill(
        f"/w/{case}/voice", "words", action="preview", **{**PASSAGE, "read_back": ""}
    )

    assert refused.status_code == 422 and 'class="preview"' not in refused.text
    assert WORDS.strip() in in_form(refused.text, "words").fields["words"]
    assert rows(app, Voice) == 0


def test_words_for_partners_only_are_said_not_to_stand_in_the_page(
    app: Flask, ada: Person, case: str
) -> None:
    only = {**PASSAGE, "scopes": ["partners_only"]}

    looked = ada.fill(f"/w/{case}/voice", "words", action="preview", **only).text

    assert "only its partners read it" in preview(looked) and WORDS[:20] not in preview(looked)
    assert rows(app, VoiceAnswer) == 0


def test_who_answers_an_invitation_sees_before_how_it_will_stand(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    address = link(ada, case, "p-school")
    speaker = Person(app)

    looked = answer(speaker, address, action="preview").text

    assert said_by(preview(looked)) == ["Asha Teacher or educator · Written by the speaker"] * 3
    assert MEANT in preview(looked)
    assert rows(app, VoiceAnswer) == 0 and waiting(ada, case) == []
    kept = in_form(looked, "meant")
    speaker.client.post(address, data={**kept.all(), "action": "hand_in"})
    put_in(ada, case)
    assert passages(reader.open(f"/w/{case}").text) == passages(preview(looked))


def test_who_answers_is_told_before_what_must_change(app: Flask, ada: Person, case: str) -> None:
    speaker = Person(app)

    refused = answer(speaker, link(ada, case, "p-school"), action="preview", scopes=[])

    assert refused.status_code == 422 and MEANT in refused.text
    assert 'class="preview"' not in refused.text
