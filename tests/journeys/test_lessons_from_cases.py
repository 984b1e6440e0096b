"""A lesson is taken from a case in a minute, and who tried one says what came of it."""

from tests.cases.examples import lesson_text
from tests.journeys.browser import Person, forms_of
from tests.journeys.filling import fields_of, fill_in_short


def test_a_lesson_is_taken_from_a_passage_of_a_case(ada: Person, case: str) -> None:
    asked = ada.open(f"/w/{case}/lesson?passage=We met in March.").text
    form = next(form for form in forms_of(asked) if "passage" in form.fields)
    claim = (
        "If the tool is chosen elsewhere, then ask who cannot use it, because nobody else asks."
    )
    answer = ada.client.post(
        form.action,
        data={**form.all(), "claim": claim, "kind": "do", "type": "practitioner_experience"},
    )
    slug = answer.location.split("/")[2]
    fields = fields_of(ada, slug)

    assert form.fields["passage"] == "We met in March."
    assert answer.location.partition("?")[0].endswith("/form/happened")
    assert fields["from"] == ["c-tool"]
    assert fields["evidence"] == [
        {"type": "practitioner_experience", "case": "c-tool", "passage": "We met in March."}
    ]
    assert "](/w/the-tool@1)" in ada.open(f"/w/{slug}/raw").text


def test_a_lesson_without_a_sentence_is_not_begun(ada: Person, case: str) -> None:
    answer = fill_in_short(ada, f"/w/{case}/lesson", "passage", passage="We met.")

    assert answer.status_code == 422
    assert "We met." in answer.text


def test_who_tried_a_lesson_says_so_in_their_own_revision(ada: Person, bo: Person) -> None:
    ada.write("ask-first", lesson_text(id="l-ask"), title="Ask first", kind="lesson")
    empty = fill_in_short(bo, "/w/ask-first/tried", "result")
    fill_in_short(bo, "/w/ask-first/tried", "result", result="worked", note="It took a week.")

    assert empty.status_code == 422
    assert fields_of(ada, "ask-first")["reuse"] == [
        {"result": "worked", "note": "It took a week."}
    ]
    history = ada.open("/w/ask-first/history").text
    assert "We tried this" in history
    assert "Bogna" in history
