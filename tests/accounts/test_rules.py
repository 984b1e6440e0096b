"""Passwords, lifetimes and the throttle, without a database."""

from datetime import timedelta

import pytest

from tests.clock import DAY, HOUR, LATER, MINUTE, NOON
from wiki.accounts.rules import (
    LONGEST_PASSWORD,
    Lifetime,
    check_password,
    is_alive,
    is_blocked,
    wait_for,
)
from wiki.errors import InvalidInput

WINDOW = 15 * MINUTE
LIFE = Lifetime(absolute=30 * DAY, idle=14 * DAY)


@pytest.mark.parametrize(
    "password",
    [
        "three green kites",
        "пароль длинный очень",
        "🔥🌊🌱🪨 and ten signs",
        "a\u0301e\u0301i\u0301 o\u0301 u\u0301 y",
        " leading and trailing ",
        "' OR '1'='1' --",
        "kites fly over the sea " * 43,
    ],
)
def test_a_password_may_be_made_of_any_characters_and_stays_as_typed(password):
    assert check_password(password, "Ada") == password


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ninechars",
        "with \x00 nothing",
        "x7kq9 " * 200,
        "password123",
        "P@ssw0rd2024",
        "Iloveyou!!!",
        "correcthorsebatterystaple",
        "0123456789",
        "poiuytrewq",
        "1q2w3e4r5t",
        "abcabcabcabc",
        "hahahahahaha",
        "passwordpassword",
        "aaaaaaaaaaaaaaaa",
    ],
)
def test_a_password_somebody_would_try_first_is_refused(password):
    with pytest.raises(InvalidInput) as refused:
        check_password(password, "Ada")

    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["Grace Hopper", "grace.hopper1906", "reppohecarg"])
def test_the_name_is_no_password(password):
    with pytest.raises(InvalidInput):
        check_password(password, "Grace Hopper")


def test_the_longest_password_is_taken():
    longest = "kites fly " * (LONGEST_PASSWORD // 10 - 1) + "over seas."

    assert len(check_password(longest, "Ada")) == LONGEST_PASSWORD


def test_a_sign_in_ends_after_its_longest_time_however_busy():
    assert is_alive(NOON, NOON + 30 * DAY - MINUTE, LIFE, NOON + 30 * DAY - MINUTE)
    assert not is_alive(NOON, NOON + 30 * DAY - MINUTE, LIFE, NOON + 30 * DAY)


def test_a_sign_in_ends_when_nobody_comes_back():
    assert is_alive(NOON, NOON, LIFE, NOON + 14 * DAY)
    assert not is_alive(NOON, NOON, LIFE, NOON + 14 * DAY + HOUR)


def test_a_block_with_a_day_lifts_itself():
    assert is_blocked(NOON, None, NOON + 999 * DAY)
    assert is_blocked(NOON, LATER, NOON)
    assert not is_blocked(NOON, LATER, LATER)
    assert not is_blocked(None, None, NOON)


def test_the_door_stays_open_below_the_allowed_failures():
    assert wait_for([NOON] * 7, 8, WINDOW, NOON) == 0


def test_the_door_shuts_until_the_oldest_failure_leaves_the_window():
    tries = [NOON + n * MINUTE for n in range(8)]

    assert wait_for(tries, 8, WINDOW, NOON + 8 * MINUTE) == 7 * 60 + 1
    assert wait_for(tries, 8, WINDOW, NOON + 15 * MINUTE) == 0


def test_the_wait_is_whole_seconds_and_never_none_while_shut():
    almost = NOON + WINDOW - timedelta(milliseconds=1)

    assert wait_for([NOON] * 8, 8, WINDOW, almost) == 1


def test_failures_may_come_in_any_order():
    tries = [NOON + 5 * MINUTE, NOON, NOON + 9 * MINUTE]

    assert wait_for(tries, 2, WINDOW, NOON + 10 * MINUTE) == 10 * 60 + 1
