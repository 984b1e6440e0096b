"""Who may come in and what they may do: invitations, roles, blocks, the throttle."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.journeys.browser import PASSWORD, Person, forms_of
from wiki.accounts import service
from wiki.accounts.queries import find_user
from wiki.db import Base, writing


def ruled(app: Flask, **given: object) -> None:
    """The same wiki with other settings."""
    app.extensions["settings"] = replace(app.extensions["settings"], **given)


def guess(app: Flask, name: str, times: int) -> list[int]:
    """A stranger's wrong passwords, each from a fresh browser."""
    return [
        Person(app).fill("/sign-in", "password", name=name, password=f"guess {at}").status_code
        for at in range(times)
    ]


def test_the_throttle_closes_with_429_and_says_when_to_come_back(app: Flask) -> None:
    Person(app, "Ada")

    codes = guess(app, "Ada", 9)
    answer = Person(app).fill("/sign-in", "password", name="Ada", password=PASSWORD)

    assert codes[:8] == [422] * 8
    assert codes[8] == 429
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 901


def test_another_spelling_of_the_name_is_not_another_eight_tries(app: Flask) -> None:
    Person(app, "Ada")

    codes = [guess(app, name, 3) for name in ("Ada", "A.da", "a d a")]

    assert codes[2][-1] == 429


def test_strangers_who_guess_do_not_lock_the_owner_out_of_a_browser_they_know(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.fill("/account", "csrf_token")  # signs out
    guess(app, "Ada", 9)

    answer = ada.fill("/sign-in", "password", name="Ada", password=PASSWORD)

    assert answer.status_code == 303
    assert ada.client.get("/account").status_code == 200


def test_a_known_browser_has_eight_tries_of_its_own(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.fill("/account", "csrf_token")

    tries = [
        ada.fill("/sign-in", "password", name="Ada", password=f"guess {at}").status_code
        for at in range(9)
    ]

    assert tries == [422] * 8 + [429]


def test_a_browser_known_to_one_account_is_a_stranger_to_another(app: Flask) -> None:
    mallory = Person(app, "Mallory")
    Person(app, "Ada")
    mallory.fill("/account", "csrf_token")
    guess(app, "Ada", 8)

    answer = mallory.fill("/sign-in", "password", name="Ada", password="one more guess")

    assert answer.status_code == 429


def test_no_address_is_written_down(app: Flask) -> None:
    person = Person(app)
    person.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    for at in range(3):
        person.fill("/sign-in", "password", name="Ada", password=f"guess {at}")

    engine = app.extensions["sessions"].kw["bind"]
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                assert "203.0.113.77" not in repr(tuple(row))
                assert b"203.0.113.77" not in b"".join(v for v in row if isinstance(v, bytes))


def test_a_block_ends_every_sign_in_and_leaves_reading(app: Flask) -> None:
    ada = Person(app, "Ada")
    with writing(app.extensions["sessions"]) as session:
        user = find_user(session, "Ada")
        assert user is not None
        service.block(session, user, until=None, now=datetime.now(UTC))

    assert ada.client.get("/account").status_code == 303
    assert ada.fill("/sign-in", "password", name="Ada", password=PASSWORD).status_code == 303
    assert ada.open("/").status_code == 200
    assert ada.client.get("/new").status_code == 403


def test_a_blocked_account_does_not_change_what_others_read_of_it(app: Flask) -> None:
    ada = Person(app, "Ada")
    form = ada.form("/account", "about")
    with writing(app.extensions["sessions"]) as session:
        user = find_user(session, "Ada")
        assert user is not None
        user.blocked_at = datetime.now(UTC)

    answer = ada.send(form, about="Buy kites at my shop.")

    assert answer.status_code == 403
    assert "Buy kites at my shop." in answer.text
    assert "Buy kites" not in Person(app).open("/people/Ada").text


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(app: Flask) -> None:
    ada = Person(app, "Ada", role="moderator")
    assert ada.client.get("/desk").status_code == 200

    with writing(app.extensions["sessions"]) as session:
        user = find_user(session, "Ada")
        assert user is not None
        service.set_role(session, user, "reader")

    assert ada.client.get("/desk").status_code == 403
    assert ada.client.get("/new").status_code == 403


def invitation(moderator: Person) -> str:
    """The address that a moderator gives to one person."""
    page = moderator.open("/account").text
    form = next(form for form in forms_of(page) if form.action.endswith("/invitations"))
    answer = moderator.send(form)
    found = re.search(r"<code>([^<]*/register\?invitation=[^<]+)</code>", answer.text)
    assert found is not None, answer.text
    return unescape(found[1])


def test_an_invitation_is_a_whole_address_and_works_once(app: Flask) -> None:
    ruled(app, registration="invitation")
    address = urlsplit(invitation(Person(app, "Mo", role="moderator")))
    path = f"{address.path}?{address.query}"

    first = Person(app).fill(path, "password", name="Ada", password=PASSWORD)
    second = Person(app).fill(path, "password", name="Bo", password=PASSWORD)

    assert address.scheme in ("http", "https")
    assert address.netloc == "localhost"
    assert first.status_code == 200
    assert second.status_code == 422
    assert "invitation" in second.text


def test_without_an_invitation_nobody_registers_where_it_needs_one(app: Flask) -> None:
    ruled(app, registration="invitation")

    assert "<input" not in Person(app).open("/register").text.split("<main")[1].split("</main")[0]
    stranger = Person(app)
    token = stranger.form("/sign-in", "password")
    token.action = "/register"
    assert stranger.send(token, name="Ada", password=PASSWORD).status_code in (403, 422)
    assert Person(app).client.get("/people/Ada").status_code == 404


def test_closed_means_closed_with_an_invitation_too(app: Flask) -> None:
    ruled(app, registration="closed")
    stranger = Person(app)
    form = stranger.form("/sign-in", "password")
    form.action = "/register"

    answer = stranger.send(form, name="Ada", password=PASSWORD, invitation="x")

    assert answer.status_code in (403, 422)
    assert "made by" in answer.text
    assert Person(app).client.get("/people/Ada").status_code == 404
    assert 'href="/register"' not in Person(app).open("/sign-in").text


def test_editors_invite_nobody(app: Flask) -> None:
    ada = Person(app, "Ada")
    form = ada.form("/account", "about")
    form.action = "/account/invitations"

    assert "/account/invitations" not in ada.open("/account").text
    assert ada.send(form).status_code == 403


@pytest.mark.parametrize("path", ["/account", "/desk", "/new", "/w/kites/edit"])
def test_who_is_not_signed_in_is_asked_to_and_comes_back(app: Flask, path: str) -> None:
    answer = Person(app).client.get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=/")
