"""What a step of the guided form refuses, and that it never loses what was typed."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.architecture.project import ROOT
from tests.cases.examples import CASE, case_text
from tests.journeys.browser import Person, forms_of
from tests.journeys.filling import fields_of, fill_in, step_form
from wiki.accounts.queries import find_user
from wiki.db import writing
from wiki.moderation.decisions import Ruling
from wiki.moderation.protection import protect
from wiki.policy import Viewer
from wiki.text import front_matter
from wiki.text.front_matter import Value

PAGES = sorted((ROOT / "content" / "pages").glob("*.md"), key=lambda path: path.stat().st_size)


def largest(kind: str) -> str:
    """The longest of the starter pages of a kind."""
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    return [text for text in texts if front_matter.read(text).fields.get("type") == kind][-1]


@pytest.mark.parametrize("kind", ["case", "lesson"])
def test_going_through_all_steps_of_a_real_page_changes_no_byte(ada: Person, kind: str) -> None:
    source = largest(kind)
    ada.write("real", source, title="Real", kind=kind)
    slug = "real"
    address = f"/w/{slug}/form/start"
    while not address.endswith("finish"):
        answer = fill_in(ada, address)
        assert (answer.status_code, "done=unchanged" in answer.location) == (303, True), address
        address = answer.location.partition("?")[0]

    assert ada.open(f"/w/{slug}/raw").text == source


def test_a_title_that_is_taken_is_told_beside_the_title(ada: Person, case: str) -> None:
    answer = fill_in(ada, "/new/case", title="The tool", summary="Another story.")

    assert answer.status_code == 422
    assert 'href="#f-title"' in answer.text
    assert "Another story." in answer.text


def test_a_page_that_is_protected_meanwhile_gives_back_what_was_typed(
    app: Flask, ada: Person, case: str
) -> None:
    form = step_form(ada, f"/w/{case}/form/start")
    Person(app, "Mo", role="moderator")
    with writing(app.extensions["sessions"]) as session:
        mo = find_user(session, "Mo")
        assert mo is not None
        viewer = Viewer(mo.id, "moderator", "Mo")
        protect(session, case, "moderator", None, Ruling(mo, viewer, "A war.", datetime.now(UTC)))
    answer = ada.client.post(form.action, data={**form.all(), "summary": "Typed.", "action": "go"})

    assert answer.status_code == 403
    assert "This page is protected" in answer.text
    assert "Typed." in answer.text


def test_a_sign_in_that_ended_keeps_every_field_of_the_form(ada: Person, case: str) -> None:
    form = step_form(ada, f"/w/{case}/form/partners")
    ada.client.delete_cookie("sign-in")
    typed = {**form.all(), "partners.0.name": "Kept name", "action": "go"}
    answer = ada.client.post(form.action, data=typed, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 403
    assert "Kept name" in answer.text


def test_a_partner_that_the_money_names_cannot_be_taken_out_before(ada: Person) -> None:
    flow: Value = {"from": "p-school", "to": "p-firm", "instrument": "unknown"}
    ada.write("flows", case_text(money=[flow]), title="Flows")
    answer = fill_in(
        ada, "/w/flows/form/partners", **{"partners.1.remove": "1", "partners.2.name": "Another"}
    )

    assert answer.status_code == 422
    assert "In the step “Money and work”" in answer.text
    assert 'name="partners.1.remove" value="1" checked' in answer.text


def test_a_withheld_name_is_refused_beside_the_name(ada: Person, case: str) -> None:
    answer = fill_in(ada, f"/w/{case}/form/partners", **{"partners.0.name_visibility": "withheld"})

    assert answer.status_code == 422
    assert 'href="#f-partners.0.name"' in answer.text


def test_a_row_taken_out_while_somebody_wrote_in_it_comes_back_with_both(
    ada: Person, bo: Person, case: str
) -> None:
    rows = [*CASE["partners"], {"id": "p-9a", "name": "The village"}]  # type: ignore[misc]  # a list of rows
    ada.write(case, case_text(id="c-tool", partners=rows))
    slow = step_form(ada, f"/w/{case}/form/partners")
    fill_in(bo, f"/w/{case}/form/partners", **{"partners.2.name": "The village council"})
    sent = {**slow.all(), "partners.2.remove": "1", "action": "go"}
    answer = ada.client.post(slow.action, data=sent)
    again = next(form for form in forms_of(answer.text) if "base" in form.fields)
    saved = ada.client.post(again.action, data={**again.all(), "action": "go"})

    assert answer.status_code == 409
    assert again.fields["partners.2.remove"] == "1"
    assert "The village council" in answer.text
    assert saved.status_code == 303
    assert len(fields_of(ada, case)["partners"]) == 2


def test_known_cases_are_suggested_where_a_case_is_asked_for(ada: Person, case: str) -> None:
    page = ada.open("/new/lesson").text

    assert '<option value="c-tool">The tool</option>' in page
    assert 'list="pages"' in page


def test_a_lesson_begins_with_its_sentence_alone(ada: Person) -> None:
    made = fill_in(ada, "/new/lesson", claim="Ask first.")
    neither = fill_in(ada, "/new/lesson")

    assert made.location.startswith("/w/ask-first/form/happened")
    assert fields_of(ada, "ask-first")["title"] == "Ask first"
    assert neither.status_code == 422
