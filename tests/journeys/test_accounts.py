"""An account from its first day to its last, through HTTP and without JavaScript."""

import re

import pytest
from flask import Flask

from tests.journeys.browser import PASSWORD, Person

NEW = "a wholly different sentence"
CODE = re.compile(r"<li><code>([^<]+)</code>")


def register(
    app: Flask, name: str, address: str = "/register", **typed: str
) -> tuple[Person, list]:
    """Somebody who made an account, and the recovery codes that were shown to them."""
    person = Person(app)
    answer = person.fill(address, "password", **{"name": name, "password": PASSWORD, **typed})
    assert answer.status_code == 200, answer.text
    person.name = name
    return person, CODE.findall(answer.text)


def sign_in(person: Person, name: str, password: str = PASSWORD):
    return person.fill("/sign-in", "password", name=name, password=password)


def is_signed_in(person: Person) -> bool:
    return person.client.get("/account").status_code == 200


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada")


def test_registering_signs_in_and_shows_ten_codes_once(app: Flask) -> None:
    person, codes = register(app, "Ada Lovelace")

    assert is_signed_in(person)
    assert len(set(codes)) == 10
    assert codes[0] not in person.open("/account").text


def test_what_is_wrong_with_a_registration_stands_beside_its_field_and_the_name_stays(
    app: Flask,
) -> None:
    answer = Person(app).fill("/register", "password", name="Ada", password="short")

    assert answer.status_code == 422
    assert 'id="f-password-error"' in answer.text
    assert 'value="Ada"' in answer.text
    assert "short" not in re.sub(r"<[^>]+>", "", answer.text).split()


def test_a_name_that_only_looks_different_is_taken(app: Flask, ada: Person) -> None:
    for name in ("ada", "A.da", "ＡＤＡ"):
        answer = Person(app).fill("/register", "password", name=name, password=PASSWORD)
        assert answer.status_code == 422
        assert 'id="f-name-error"' in answer.text


def test_nobody_registers_with_a_role_of_their_choice(app: Flask) -> None:
    person, _codes = register(app, "Mallory", role="admin", is_admin="1", imported="1")

    assert person.client.get("/desk").status_code == 403


def test_one_message_for_a_wrong_password_and_for_an_unknown_name(app: Flask, ada: Person) -> None:
    wrong = sign_in(Person(app), "Ada", "not the password")
    nobody = sign_in(Person(app), "Eve", "not the password")

    def said(answer) -> str:
        return re.sub(r'value="[^"]*"', "", answer.text)

    assert wrong.status_code == nobody.status_code == 422
    assert "The name or the password is not right." in wrong.text
    assert said(wrong) == said(nobody)


def test_whoever_lost_the_password_comes_back_with_a_code_and_the_code_is_spent(
    app: Flask,
) -> None:
    owner, codes = register(app, "Ada")
    lost = Person(app)

    answer = lost.fill("/recover", "code", name="Ada", code=codes[3], new_password=NEW)
    again = Person(app).fill("/recover", "code", name="Ada", code=codes[3], new_password=PASSWORD)

    assert answer.status_code == 200
    assert is_signed_in(lost)
    assert not is_signed_in(owner)
    assert again.status_code == 422
    assert sign_in(Person(app), "Ada", NEW).status_code == 303
    assert sign_in(Person(app), "Ada").status_code == 422


def test_a_code_is_read_without_its_hyphens_and_in_capitals(app: Flask) -> None:
    _owner, codes = register(app, "Ada")
    typed = codes[0].replace("-", " ").upper()

    answer = Person(app).fill("/recover", "code", name="ada", code=typed, new_password=NEW)

    assert answer.status_code == 200


def test_a_weak_new_password_does_not_spend_the_code(app: Flask) -> None:
    _owner, codes = register(app, "Ada")

    weak = Person(app).fill("/recover", "code", name="Ada", code=codes[0], new_password="weak")
    good = Person(app).fill("/recover", "code", name="Ada", code=codes[0], new_password=NEW)

    assert weak.status_code == 422
    assert 'id="f-new_password-error"' in weak.text
    assert good.status_code == 200


def test_the_code_of_one_account_opens_no_other(app: Flask, ada: Person) -> None:
    _bo, codes = register(app, "Bo")

    answer = Person(app).fill("/recover", "code", name="Ada", code=codes[0], new_password=NEW)

    assert answer.status_code == 422
    assert sign_in(Person(app), "Ada").status_code == 303


def test_after_signing_out_a_stolen_cookie_is_dead(app: Flask, ada: Person) -> None:
    stolen = ada.client.get_cookie("sign-in")
    assert stolen is not None
    thief = Person(app)

    ada.fill("/account", "csrf_token")  # the first form of every page signs out
    thief.client.set_cookie("sign-in", stolen.value)

    assert not is_signed_in(ada)
    assert not is_signed_in(thief)


def test_signing_out_takes_both_cookies_away_and_empties_what_the_browser_kept(
    ada: Person,
) -> None:
    answer = ada.fill("/account", "csrf_token")

    assert answer.location == "/?done=signed-out"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    gone = [line for line in answer.headers.getlist("Set-Cookie") if "Max-Age=0" in line]
    assert {line.partition("=")[0] for line in gone} == {"sign-in", "form"}


def test_a_new_password_ends_every_other_sign_in(app: Flask, ada: Person) -> None:
    elsewhere = Person(app)
    sign_in(elsewhere, "Ada")

    answer = ada.fill("/account", "new_password", password=PASSWORD, new_password=NEW)

    assert answer.location == "/account?done=password"
    assert is_signed_in(ada)
    assert not is_signed_in(elsewhere)
    assert sign_in(elsewhere, "Ada", NEW).status_code == 303


def test_the_present_password_is_asked_before_it_changes(ada: Person) -> None:
    answer = ada.fill("/account", "new_password", password="guessed it", new_password=NEW)

    assert answer.status_code == 422
    assert 'id="f-password-error"' in answer.text


def test_each_sign_in_is_listed_and_can_be_ended(app: Flask, ada: Person) -> None:
    elsewhere = Person(app)
    elsewhere.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14) Firefox/130.0"
    sign_in(elsewhere, "Ada")

    assert "Firefox, Android" in ada.open("/account").text
    ada.fill("/account", "which")

    assert is_signed_in(ada)
    assert not is_signed_in(elsewhere)


def test_nobody_ends_the_sign_in_of_somebody_else(app: Flask, ada: Person) -> None:
    bo = Person(app, "Bo")
    sign_in(Person(app), "Bo")
    form = bo.form("/account", "which")
    for which in [form.fields["which"], "99999999999999999999999999", "-1", "x"]:
        mine = ada.form("/account", "new_password")
        mine.action, mine.fields = form.action, {"csrf_token": mine.fields["csrf_token"]}
        assert ada.send(mine, which=which).status_code < 500

    assert is_signed_in(bo)


def test_signing_in_again_ends_the_sign_in_that_this_browser_had(app: Flask, ada: Person) -> None:
    form = Person(app).form("/sign-in", "password")
    before = ada.client.get_cookie("sign-in")
    assert before is not None
    form.fields["csrf_token"] = ada.form("/account", "new_password").fields["csrf_token"]

    answer = ada.send(form, name="Ada", password=PASSWORD)
    old = Person(app)
    old.client.set_cookie("sign-in", before.value)

    assert answer.status_code == 303
    assert is_signed_in(ada)
    assert not is_signed_in(old)


def test_the_cookies_before_signing_in_are_not_the_cookies_after_it(
    app: Flask, ada: Person
) -> None:
    person = Person(app)
    person.open("/sign-in")
    before = person.client.get_cookie("form")
    assert before is not None
    person.client.set_cookie("sign-in", "chosen-by-an-attacker")

    sign_in(person, "Ada")
    person.open("/account")

    for name in ("form", "sign-in"):
        after = person.client.get_cookie(name)
        assert after is not None
        assert after.value not in (before.value, "chosen-by-an-attacker")


@pytest.mark.parametrize("value", ["x" * 3_500, "!!not base64!!", "é", "=", ";"])
def test_a_cookie_that_is_nobodys_is_read_as_nobody(app: Flask, value: str) -> None:
    person = Person(app)
    for name in ("sign-in", "form", "known", "session", "remember_token"):
        person.client.set_cookie(name, value)

    assert person.open("/").status_code in (200, 400)
    assert person.client.get("/account").status_code in (303, 400)


def test_the_way_back_is_kept_over_the_sign_in(app: Flask, ada: Person) -> None:
    person = Person(app)
    first = person.client.get("/w/kites/edit?revision=2")

    answer = person.fill(first.location, "password", name="Ada", password=PASSWORD)

    assert first.status_code == 303
    assert answer.location == "/w/kites/edit?revision=2"
