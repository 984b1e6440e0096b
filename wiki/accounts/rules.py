"""Pure decisions about accounts: passwords, how long a sign-in lives, when to say stop."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from wiki.accounts.names import name_key
from wiki.errors import InvalidInput
from wiki.text.tokens import fold

SHORTEST_PASSWORD = 10  # characters; OWASP ASVS 5.0 6.2.1 asks for 8 and advises 15
LONGEST_PASSWORD = 1_000
CROWD = 10  # households behind an address that is shared
_SHARED = tuple(  # this machine, private networks, and carriers that share addresses
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
        *("::1/128", "fc00::/7"),
    )
)
SEEN_EVERY = timedelta(hours=1)  # a sign-in's last visit is written no more often
_ROOTS = frozenset(  # what the lists of common passwords are made of, digits around them left out
    word
    for line in (
        "access admin administrator amanda andrew anthony asdf asdfgh asdfghjkl ashley",
        "babygirl bailey baseball basketball batman buster changeme charlie chelsea chocolate",
        "computer cookie correcthorsebatterystaple daniel dragon flower football freedom",
        "george hannah hello helloworld hunter iloveyou internet jennifer jessica jordan",
        "joshua justin killer letmein liverpool login loveyou lovely master matthew michael",
        "michelle monkey mustang myspace naruto nicole ninja nothing passw passwd password",
        "passwort pokemon polyphony princess qazwsx qazwsxedc qwer qwerty qwertyuiop qwertz",
        "qwertzuiop samsung secret shadow soccer starwars summer sunshine superman taylor",
        "tigger trustno trustnoone welcome whatever wiki winter zaqxsw zxcvbn zxcvbnm",
    )
    for word in line.split()
)
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
)
_REPEATED = re.compile(r"(.{1,12}?)\1+", re.DOTALL)
_LEET = str.maketrans("@$!013457", "asioieast")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


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
    if is_common(password, name):
        raise InvalidInput("password", "This password is among the first that somebody would try.")
    return password


def is_common(password: str, name: str) -> bool:
    """Whether a list of common passwords, or the name, leads to this one.

    Four different characters at least, no run of keys, nothing said twice, and more than one
    common word with digits or signs around it. Cost: under 1 ms at 1,000 characters.
    """
    plain = fold(password)
    once = _REPEATED.fullmatch(plain)
    unit = once[1] if once else plain
    bare = _AROUND.sub("", unit)
    cores = {unit, bare, bare.translate(_LEET), _AROUND.sub("", unit.translate(_LEET))}
    own = {name_key(name), name_key(name)[::-1]} - {""}
    return (
        len(set(plain)) < 4
        or not cores.isdisjoint(_ROOTS)
        or not {name_key(core) for core in cores}.isdisjoint(own)
        or any(unit in run or unit[::-1] in run for run in _RUNS)
    )


def neighbourhood(address: str) -> tuple[str, int]:
    """What a client's address counts as, and how many times the tries of one household it gets.

    IPv6: the first 64 bits, because one household has all of the rest. An address of this machine
    or of a private network is many people's: a proxy stands there, or an office.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address, CROWD
    crowd = CROWD if any(found in network for network in _SHARED) else 1
    if found.version == 6:
        return str(ip_network((found.packed[:8] + bytes(8), 64))), crowd
    return str(found), crowd


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
