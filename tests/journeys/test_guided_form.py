"""From nothing to a published case, step by step, as somebody without JavaScript does it."""

from typing import Any

import pytest
from flask import Flask

from tests.cases.examples import case_text, lesson_text
from tests.journeys.browser import Person, forms_of
from tests.journeys.filling import fields_of, fill_in, step_form
from wiki.text import front_matter

QUICK: dict[str, dict[str, Any]] = {
    "start": {
        "title": "The shared computer",
        "summary": "A school and a firm tried a tool together.",
        "account_basis": "partner_account",
    },
    "kind": {"partnership_type": ["technology_or_data", "", ""], "themes": ["technology", "", ""]},
    "when": {"when.start": "2019", "when.end": "2021", "places": ["Kenya", ""]},
    "outcome": {
        "stage": "reviewing_together",
        "partnership_outcome": "strained",
        "purpose_outcome": "partly_met",
    },
    "partners": {
        "partners.0.name": "Hill School",
        "partners.0.name_visibility": "named",
        "partners.0.org_type": "school_or_college",
        "partners.0.roles": ["", "initiating", "hosting"],
        "partners.1.name": "A maker of tools",
        "partners.1.org_type": "company_host_country",
    },
}


def test_the_quick_form_leads_from_nothing_to_a_published_case(
    ada: Person, reader: Person
) -> None:
    address = ada.client.get("/new?kind=case").location
    for name, typed in QUICK.items():
        answer = fill_in(ada, address, **typed)
        assert answer.status_code == 303, (name, answer.text)
        address = answer.location
    assert reader.open("/w/the-shared-computer").status_code == 404
    end = ada.open("/w/the-shared-computer/form/finish").text
    ada.press("/w/the-shared-computer/publish")

    assert "Needed before publication" not in end
    assert "who decided what" in end
    page = reader.open("/w/the-shared-computer")
    assert "A maker of tools" in page.text
    fields = fields_of(reader, "the-shared-computer")
    assert fields["places"] == ["KE"]
    assert fields["id"] == "c-the-shared-computer"
    assert [row["id"] for row in fields["partners"]] == ["p-5a", "p-5b"]


def test_only_a_title_is_needed_to_begin(ada: Person) -> None:
    refused = fill_in(ada, "/new/case", summary="Something happened.")
    made = fill_in(ada, "/new/case", title="The boats", action="stop")

    assert refused.status_code == 422
    assert "Something happened." in refused.text
    assert 'href="#f-title"' in refused.text
    assert made.location.startswith("/w/the-boats?")
    assert "the-boats/form" in ada.open("/w/the-boats/form/finish").text


def test_each_step_is_a_revision_with_its_name_and_an_untouched_one_is_none(
    ada: Person, case: str
) -> None:
    same = fill_in(ada, f"/w/{case}/form/partners")
    fill_in(ada, f"/w/{case}/form/partners", **{"partners.0.name": "Hill Primary School"})
    history = ada.open(f"/w/{case}/history").text

    assert "done=unchanged" in same.location
    assert "Partners" in history
    assert f"/w/{case}@2" in history
    assert f"/w/{case}@3" not in history


def test_every_step_of_a_case_and_of_a_lesson_comes_back_untouched(ada: Person, case: str) -> None:
    ada.write("ask-first", lesson_text(id="l-ask"), title="Ask first", kind="lesson")
    for slug in (case, "ask-first"):
        before = ada.open(f"/w/{slug}/raw").text
        address = f"/w/{slug}/form/start"
        while not address.endswith("finish"):
            answer = fill_in(ada, address)
            assert (answer.status_code, "unchanged" in answer.location) == (303, True), address
            address = answer.location.partition("?")[0]
        assert ada.open(f"/w/{slug}/raw").text == before


def test_add_another_saves_nothing_and_keeps_what_was_typed(ada: Person, case: str) -> None:
    typed: dict[str, Any] = {"partners.2.name": "The village", "partners.2.roles": ["", "hosting"]}
    more = fill_in(ada, f"/w/{case}/form/partners", "add:partners", **typed)
    again = next(form for form in forms_of(more.text) if "base" in form.fields).all()

    assert more.status_code == 200
    assert again["partners.2.name"] == ["The village"]
    assert again["partners.2.roles"] == ["", "hosting"]
    assert 'data-guard="dirty"' in more.text  # a browser with scripts warns before it is lost
    assert again["partners"] == ["4"]
    assert f"/w/{case}@2" not in ada.open(f"/w/{case}/history").text


def test_what_is_wrong_is_named_beside_its_field_with_what_it_may_be(
    ada: Person, case: str
) -> None:
    form = {"stage": "moonstruck", "partnership_outcome": "strained"}
    wrong = fill_in(ada, f"/w/{case}/form/outcome", **form)
    when = fill_in(ada, f"/w/{case}/form/when", **{"when.start": "2024", "when.end": "about 1999"})

    assert wrong.status_code == when.status_code == 422
    assert 'href="#f-stage"' in wrong.text
    assert "working_together" in wrong.text
    assert 'href="#f-when.end"' in when.text
    assert 'value="about 1999"' in when.text
    assert 'id="f-when.end-error"' in when.text


def test_a_public_page_cannot_lose_what_every_reader_needs(ada: Person, case: str) -> None:
    answer = fill_in(ada, f"/w/{case}/form/start", summary="")

    assert answer.status_code == 422
    assert "needed before publication" in answer.text


def test_two_people_in_different_steps_do_not_meet(ada: Person, bo: Person, case: str) -> None:
    slow = step_form(ada, f"/w/{case}/form/outcome")
    fill_in(bo, f"/w/{case}/form/start", summary="They tried it twice.")
    answer = ada.client.post(
        slow.action,
        data={**slow.all(), "stage": "ended", "end_reason": ["", "funding_cut"], "action": "go"},
    )

    assert answer.status_code == 303, answer.text
    fields = fields_of(ada, case)
    assert (fields["stage"], fields["summary"]) == ("ended", "They tried it twice.")
    assert fields["end_reason"] == ["funding_cut"]


def test_two_people_in_one_field_see_both_values_and_lose_none(
    ada: Person, bo: Person, case: str
) -> None:
    slow = step_form(ada, f"/w/{case}/form/start")
    fill_in(bo, f"/w/{case}/form/start", summary="The words of Bogna.")
    answer = ada.client.post(
        slow.action, data={**slow.all(), "summary": "The words of Ada.", "action": "go"}
    )
    again = next(form for form in forms_of(answer.text) if "base" in form.fields)
    saved = ada.client.post(again.action, data={**again.all(), "action": "go"})

    assert answer.status_code == 409
    assert "The words of Bogna." in answer.text
    assert again.fields["summary"] == "The words of Ada."
    assert saved.status_code == 303
    assert fields_of(ada, case)["summary"] == "The words of Ada."


def test_the_story_is_written_section_by_section_and_the_rest_stays(
    ada: Person, case: str
) -> None:
    ada.write(case, case_text("Before.\n\n## Elsewhere\n\nKept.\n", id="c-tool"))
    fill_in(ada, f"/w/{case}/form/story", **{"story.1": "We met.\r\n\r\nThen not."})
    body = front_matter.read(ada.open(f"/w/{case}/raw").text).body

    assert body == "Before.\n\n## Elsewhere\n\nKept.\n\n## What happened\n\nWe met.\n\nThen not.\n"


def test_the_end_names_what_is_missing_and_fields_that_no_form_knows(ada: Person) -> None:
    fill_in(ada, "/new/case", title="The boats")
    raw = ada.open("/w/the-boats/raw").text
    fill = ada.form("/w/the-boats/edit", "text")
    ada.send(fill, facts=raw.replace("type: case", "type: case\nmood: low"), action="save")
    end = ada.open("/w/the-boats/form/finish").text

    assert "<code>mood</code>" in end
    assert 'href="/w/the-boats/form/partners"' in end
    assert "Publish" not in end.partition("<h1>")[2].partition("</main>")[0]


def test_a_lesson_is_high_only_with_two_kinds_of_evidence(ada: Person, case: str) -> None:
    ada.write("ask-first", lesson_text(id="l-ask"), title="Ask first", kind="lesson")
    one = ada.open("/w/ask-first/form/proof").text
    fill_in(ada, "/w/ask-first/form/proof", **{"evidence.1.type": "document_or_record"})
    two = ada.open("/w/ask-first/form/proof").text

    assert 'value="high"' not in one
    assert 'value="high"' in two


def test_a_case_is_named_by_its_title_and_kept_by_its_short_name(ada: Person, case: str) -> None:
    ada.write("ask-first", lesson_text(id="l-ask"), title="Ask first", kind="lesson")
    typed: dict[str, Any] = {"from": ["The tool", "c-tool", ""]}
    fill_in(ada, "/w/ask-first/form/start", **typed)

    assert fields_of(ada, "ask-first")["from"] == ["c-tool"]


@pytest.mark.parametrize(
    "address",
    [
        "/w/kites/form/start",
        "/w/kites/lesson",
        "/w/kites/tried",
        "/new/page",
        "/w/the-tool/form/nothing",
    ],
)
def test_only_cases_and_lessons_have_these_forms(ada: Person, case: str, address: str) -> None:
    ada.write("kites", "Kites fly.", title="Kites")

    assert ada.open(address).status_code == 404


def test_a_draft_is_nobody_elses_to_fill_in(ada: Person, bo: Person) -> None:
    fill_in(ada, "/new/case", title="The boats")

    assert bo.open("/w/the-boats/form/start").status_code == 404
    assert bo.client.get("/w/the-boats/form/finish").status_code == 404


def test_a_blocked_or_reading_account_is_told_that_it_cannot_write(app: Flask) -> None:
    reading = Person(app, "Rita", role="reader")

    assert reading.open("/new/case").status_code == 403


def test_a_stale_form_comes_back_with_what_was_typed(ada: Person, case: str) -> None:
    form = step_form(ada, f"/w/{case}/form/partners")
    sent = {**form.all(), "csrf_token": "old", "partners.0.name": "Kept name"}
    answer = ada.client.post(form.action, data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    again = next(f for f in forms_of(answer.text) if "partners.0.name" in f.fields)

    assert answer.status_code == 400
    assert again.fields["partners.0.name"] == "Kept name"
    assert {
        k: v for k, v in again.all().items() if k not in ("csrf_token", "partners.0.name")
    } == {k: v for k, v in form.all().items() if k not in ("csrf_token", "partners.0.name")}
