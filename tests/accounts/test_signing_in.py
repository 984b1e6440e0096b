"""Signing in: one message for both mistakes, a door that closes, rows that can be ended."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tests.clock import DAY, HOUR, MINUTE, NOON
from wiki.accounts.models import Attempt, SignIn
from wiki.accounts.rules import Lifetime
from wiki.accounts.service import delete_account
from wiki.accounts.signing_in import Door, browser_label, look_up, sign_in, sign_out
from wiki.accounts.throttle import DailyKey
from wiki.errors import InvalidInput, TooManyTries

DOOR = Door(tries=3, window=timedelta(minutes=15), address_tries=6)
LIFE = Lifetime(absolute=30 * DAY, idle=14 * DAY)


@pytest.fixture
def knock(session):
    """Tries to sign in, and keeps the failure as a view does."""

    def knock(name, password, now=NOON, address="192.0.2.1", known=False):
        try:
            secret = sign_in(
                session,
                name=name,
                password=password,
                address=address,
                known_here=known,
                label="",
                door=DOOR,
                now=now,
            )
        finally:
            session.commit()
        return secret

    return knock


def refused(knock, name, password, times=1, **more):
    for _ in range(times):
        with pytest.raises(InvalidInput) as problem:
            knock(name, password, **more)
    return str(problem.value)


def test_the_cookie_is_256_random_bits_and_only_their_hash_is_kept(session, knock, ada):
    one, other = knock("Ada", PASSWORD), knock("Ada", PASSWORD)

    assert one != other
    assert len(one) == 43
    kept = session.scalars(select(SignIn.token_hash)).all()
    assert len(kept) == 2
    assert all(one.encode() not in value for value in kept)


def test_a_cookie_names_its_owner_until_they_sign_out(session, knock, ada):
    secret = knock("ada", PASSWORD)
    found = look_up(session, secret, lifetime=LIFE, now=NOON)
    assert found is not None
    assert found.viewer.name == "Ada"

    sign_out(session, secret, now=NOON)

    assert look_up(session, secret, lifetime=LIFE, now=NOON) is None


@pytest.mark.parametrize("cookie", ["", "made-up", "x" * 65_536, "\x00", "\ud800", "=%00"])
def test_a_cookie_that_we_did_not_give_is_nobodys(session, ada, cookie):
    assert look_up(session, cookie, lifetime=LIFE, now=NOON) is None


def test_a_cookie_dies_of_age(session, knock, ada):
    secret = knock("Ada", PASSWORD)

    assert look_up(session, secret, lifetime=LIFE, now=NOON + 14 * DAY) is not None
    assert look_up(session, secret, lifetime=LIFE, now=NOON + 15 * DAY) is None


def test_a_wrong_name_and_a_wrong_password_get_the_same_message(knock, ada):
    assert refused(knock, "Ada", "a wrong one") == refused(knock, "Nobody", "a wrong one")


@pytest.mark.parametrize("password", ["", "\x00", "x" * 100_000, "\ud800"])
def test_no_password_is_an_error(knock, ada, password):
    refused(knock, "Ada", password)


def test_a_deleted_account_cannot_sign_in(session, knock, ada):
    delete_account(session, ada, now=NOON)
    session.commit()

    refused(knock, "Ada", PASSWORD)
    refused(knock, "", "")


def test_the_door_closes_for_every_spelling_of_the_name(knock, ada):
    for name in ("Ada", "ADA", "a.d.a"):
        refused(knock, name, "a wrong one")

    with pytest.raises(TooManyTries) as closed:
        knock("A d a", PASSWORD)

    assert closed.value.retry_after == 15 * 60 + 1


def test_the_door_closes_for_names_that_do_not_exist_too(knock):
    refused(knock, "Nobody", "a wrong one", times=3)

    with pytest.raises(TooManyTries):
        knock("Nobody", "a wrong one")


def test_the_door_opens_again(knock, ada):
    refused(knock, "Ada", "a wrong one", times=3)

    assert knock("Ada", PASSWORD, now=NOON + 15 * MINUTE)


def test_strangers_who_guess_do_not_keep_out_the_owners_own_browser(knock, ada):
    refused(knock, "Ada", "a wrong one", times=3)

    assert knock("Ada", PASSWORD, known=True)


def test_a_known_browser_has_only_so_many_failures_too(knock, ada):
    refused(knock, "Ada", "a wrong one", times=3, known=True)

    with pytest.raises(TooManyTries):
        knock("Ada", PASSWORD, known=True)


def test_one_address_cannot_try_many_names(knock, ada):
    for number in range(6):
        refused(knock, f"Nobody {number}", "a wrong one", address="8.8.8.8")

    with pytest.raises(TooManyTries):
        knock("Ada", PASSWORD, address="8.8.8.8")
    assert knock("Ada", PASSWORD, address="8.8.4.4")


def test_one_household_has_many_addresses_of_the_new_kind(knock, ada):
    for number in range(6):
        refused(knock, f"Nobody {number}", "a wrong one", address=f"2a00:1:2:3::{number}")

    with pytest.raises(TooManyTries):
        knock("Ada", PASSWORD, address="2a00:1:2:3:ffff::1")
    assert knock("Ada", PASSWORD, address="2a00:1:2:4::1")


def test_an_office_behind_one_address_has_more_tries(knock, ada):
    for number in range(7):
        refused(knock, f"Nobody {number}", "a wrong one", address="10.0.0.1")

    assert knock("Ada", PASSWORD, address="10.0.0.1")


def test_what_is_kept_of_a_failure_names_nobody(session, knock, ada):
    refused(knock, "Ada", "a wrong one", address="203.0.113.77")

    rows = session.execute(select(Attempt.subject, Attempt.at)).all()
    assert {len(subject) for subject, _at in rows} == {16}
    assert {at for _subject, at in rows} == {NOON}
    assert b"203.0.113.77" not in b"".join(subject for subject, _at in rows)


def test_failures_of_the_days_before_are_forgotten(session, knock, ada):
    refused(knock, "Ada", "a wrong one")
    refused(knock, "Ada", "a wrong one", now=NOON + DAY + MINUTE)

    kept = session.scalars(select(Attempt.at)).all()
    assert set(kept) == {NOON + DAY + MINUTE}


def test_a_subject_cannot_be_followed_over_midnight():
    key = DailyKey()
    today = key.subject("address", "192.0.2.1", NOON)

    assert key.subject("address", "192.0.2.1", NOON + HOUR) == today
    assert key.subject("address", "192.0.2.1", NOON + DAY) != today
    assert key.subject("name", "192.0.2.1", NOON + DAY) != today


def test_a_browser_is_known_by_a_few_words():
    firefox = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"

    assert browser_label(firefox) == "Firefox, Android"
    assert browser_label(edge) == "Edge, Windows"
    assert browser_label("curl/8") == ""
