"""Pure decisions about accounts: names, passwords, how long a sign-in lives, when to say stop."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category, normalize

from wiki.errors import InvalidInput
from wiki.text.tokens import fold

NAME_LENGTH = 40  # characters
SHORTEST_PASSWORD = 10  # characters; OWASP ASVS 5.0 6.2.1 asks for 8 and advises 15
LONGEST_PASSWORD = 1_000
SEEN_EVERY = timedelta(hours=1)  # a sign-in's last visit is written no more often
_INNER = re.compile(r"[ ._'’-]{2,}")
_PLACES = frozenset('/\\?#%@:;,<>"|[]{}&=+*~`^$!()')
COMMON = frozenset(
    {
        *("1234567890", "0123456789", "0987654321", "1111111111", "0000000000", "qwertyuiop"),
        *("1q2w3e4r5t", "password12", "password123", "password1234", "passwordpassword"),
        *("iloveyou12", "administrator", "changeme123", "letmein123", "welcome123"),
        *("qwerty12345", "abcdefghij", "abcd123456", "football12", "sunshine12", "princess12"),
        *("basketball", "superman123", "trustno1trustno1", "whateverwhatever"),
        *("correcthorsebatterystaple", "polyphony1", "polyphony123"),
    }
)


def clean_name(raw: str) -> str:
    """The name as it will be shown: NFC, single spaces, 2 to 40 characters of any script.

    InvalidInput("name", …). A name has a letter or digit and none of the signs that addresses use.
    """
    name = " ".join(normalize("NFC", raw).split())
    if not 2 <= len(name) <= NAME_LENGTH:
        raise InvalidInput("name", "A name has 2 to %(limit)s characters.", {"limit": NAME_LENGTH})
    if any(category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in name):
        raise InvalidInput("name", "The name holds characters that cannot be seen.")
    if _PLACES & set(name) or _INNER.search(name) or name[0] in ".-_'’" or name[-1] in ".-_":
        raise InvalidInput(
            "name", "A name is made of letters, digits, and single spaces, dots or hyphens."
        )
    if not any(c.isalnum() for c in name):
        raise InvalidInput("name", "A name needs a letter or a digit.")
    return name


def name_key(name: str) -> str:
    """What two names must not share: compatibility forms, capitals and spacing do not count."""
    return fold("".join(c for c in name if c.isalnum()))


def check_password(password: str, name: str) -> str:
    """The password as it is, or InvalidInput("password", …). Any characters are allowed."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(
            "password",
            "Please use at least %(limit)s characters: three or four words are easy to keep.",
            {"limit": SHORTEST_PASSWORD},
        )
    if len(password) > LONGEST_PASSWORD or "\x00" in password:
        raise InvalidInput("password", "This password is too long or cannot be typed.")
    plain = fold(password)
    if plain in COMMON or len(set(plain)) < 4 or name_key(name) == name_key(password):
        raise InvalidInput("password", "This password is among the first that somebody would try.")
    return password


@dataclass(frozen=True)
class Lifetime:
    """How long a sign-in lives: in all, and without a visit."""

    absolute: timedelta
    idle: timedelta


def is_alive(created_at: datetime, seen_at: datetime, lifetime: Lifetime, now: datetime) -> bool:
    """Whether a sign-in that nobody ended still counts."""
    idle = lifetime.idle + SEEN_EVERY  # the last visit is known only to the hour
    return now < created_at + lifetime.absolute and now < seen_at + idle


def is_blocked(blocked_at: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Whether a block is in force."""
    return blocked_at is not None and (until is None or now < until)


def wait_for(tries: Sequence[datetime], allowed: int, window: timedelta, now: datetime) -> int:
    """Whole seconds until the next try is taken; 0: now. `tries` are the failed ones, any order.

    A window slides over the failures: once `allowed` of them lie in it, the door stays shut until
    the oldest of those leaves it.
    """
    recent = sorted(at for at in tries if at > now - window)
    if len(recent) < allowed:
        return 0
    return max(1, int((recent[-allowed] + window - now).total_seconds()) + 1)
