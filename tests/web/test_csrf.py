"""Forms come from our own pages; what was typed is never the price of a refusal."""

import pytest
from flask import Flask

from tests.journeys.browser import PASSWORD, Form, Person, forms_of

TEXT = 'Kites & <wind>.\n\nÇ\'est "tout".'
OURS = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada")


@pytest.fixture
def form(ada: Person) -> Form:
    """A new page, typed but not sent."""
    found = ada.form("/w/kites/edit", "text")
    found.fields |= {"title": "Kites", "text": TEXT, "action": "save"}
    return found


def older(token: str) -> str:
    """A token of the right make that is of no session."""
    return f"{token[:-6]}{'A' * 6}"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: None,
        lambda token: "",
        older,
        str.swapcase,
        lambda token: token[:8],
        lambda token: "A" * 43,
    ],
    ids=["missing", "empty", "older", "case", "truncated", "forged"],
)
def test_a_form_without_its_token_changes_nothing(ada: Person, form: Form, spoil) -> None:
    token = spoil(form.fields.pop("csrf_token"))

    answer = ada.send(form, **({} if token is None else {"csrf_token": token}))

    assert answer.status_code == 400
    assert ada.client.get("/w/kites").status_code == 404


def test_the_token_of_somebody_elses_session_is_no_token(
    app: Flask, ada: Person, form: Form
) -> None:
    bo = Person(app, "Bo")
    form.fields["csrf_token"] = bo.form("/account", "about").fields["csrf_token"]

    assert ada.send(form).status_code == 400


def test_the_token_of_an_earlier_sign_in_is_no_token(ada: Person, form: Form) -> None:
    ada.fill("/account", "csrf_token")  # signs out
    ada.fill("/sign-in", "password", name="Ada", password=PASSWORD)

    assert ada.send(form).status_code == 400


def test_a_token_under_another_name_is_no_token(ada: Person, form: Form) -> None:
    form.fields["csrf_token[]"] = form.fields.pop("csrf_token")

    assert ada.send(form).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "https://evil.invalid"},
        {"Origin": "http://localhost.evil.invalid"},
        {"Origin": "http://localhost:8080"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_with_the_right_token_too(
    ada: Person, form: Form, headers: dict[str, str]
) -> None:
    answer = ada.client.post(form.action, data=form.fields, headers=headers)

    assert answer.status_code == 400
    assert ada.client.get("/w/kites").status_code == 404


def test_a_form_of_another_site_is_never_offered_for_sending_again(
    ada: Person, form: Form
) -> None:
    del form.fields["csrf_token"]
    for headers in ({}, {"Origin": "https://evil.invalid"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = ada.client.post(form.action, data=form.fields, headers=headers)
        assert [f for f in forms_of(answer.text) if "text" in f.fields] == []
        assert "Kites &amp; &lt;wind&gt;" in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/xml"])
def test_a_body_that_is_no_form_carries_no_token(ada: Person, form: Form, kind: str) -> None:
    answer = ada.client.post(form.action, data=str(form.fields), content_type=kind)

    assert answer.status_code == 400


def test_a_get_request_saves_nothing(ada: Person, form: Form) -> None:
    ada.client.get(form.action, query_string=form.fields)

    assert ada.client.get("/w/kites").status_code == 404


def test_our_own_form_with_an_old_token_comes_back_whole_and_one_press_sends_it(
    ada: Person, form: Form
) -> None:
    form.fields["csrf_token"] = older(form.fields["csrf_token"])

    refused = ada.client.post(form.action, data=form.fields, headers=OURS)
    again = next(f for f in forms_of(refused.text) if "text" in f.fields)
    saved = ada.client.post(again.action, data=again.fields, headers=OURS)

    assert refused.status_code == 400
    assert again.action == form.action
    assert again.fields["text"] == TEXT
    assert saved.status_code == 303
    assert ada.client.get("/w/kites/raw").text == f"{TEXT}\n"


def test_a_password_is_not_written_into_the_page_that_asks_to_send_again(ada: Person) -> None:
    form = ada.form("/account", "new_password")
    typed = {"csrf_token": "old", "password": PASSWORD, "new_password": "wholly new and secret"}

    answer = ada.client.post(form.action, data=typed, headers=OURS)
    again = next(f for f in forms_of(answer.text) if "new_password" in f.fields)

    assert PASSWORD not in answer.text
    assert "wholly new" not in answer.text
    assert again.fields["password"] == again.fields["new_password"] == ""


def test_the_page_that_asks_to_send_again_leads_nowhere_else(ada: Person) -> None:
    answer = ada.client.post("//evil.invalid/w/kites", data={"text": TEXT}, headers=OURS)

    assert "evil.invalid" not in answer.text
    assert answer.status_code in (400, 404, 308)


def test_an_edit_outlives_the_sign_in_it_was_begun_with(ada: Person, form: Form) -> None:
    ada.client.delete_cookie("sign-in")

    asked = ada.client.post(form.action, data=form.fields, headers=OURS)
    door = next(f for f in forms_of(asked.text) if "password" in f.fields)
    wrong = ada.client.post(
        door.action, data={**door.fields, "name": "Ada", "password": "wrong"}, headers=OURS
    )
    door = next(f for f in forms_of(wrong.text) if "password" in f.fields)
    inside = ada.client.post(
        door.action, data={**door.fields, "name": "Ada", "password": PASSWORD}, headers=OURS
    )
    again = next(f for f in forms_of(inside.text) if "text" in f.fields)
    saved = ada.client.post(again.action, data=again.fields, headers=OURS)

    assert asked.status_code == 403
    assert wrong.status_code == 422
    assert inside.status_code == 200
    assert saved.status_code == 303
    assert ada.client.get("/w/kites/raw").text == f"{TEXT}\n"


def test_a_kept_form_of_a_strangers_making_leads_to_no_other_host(app: Flask, ada: Person) -> None:
    stranger = Person(app)
    for kept in ('["//evil.invalid/",[["text","x"]]]', '["https://evil.invalid",[]]', "[", "{}"):
        answer = stranger.fill("/sign-in", "password", name="Ada", password=PASSWORD, kept=kept)
        assert answer.status_code in (200, 303)
        assert "evil.invalid" not in answer.text
        stranger.client.delete_cookie("sign-in")


def test_every_form_of_our_pages_carries_a_token(ada: Person) -> None:
    for address in ("/", "/account", "/w/kites/edit", "/new"):
        for found in forms_of(ada.open(address).text):
            if found.action != "/search" and found.fields:
                assert "csrf_token" in found.fields, (address, found.action)
