"""Passwords: argon2id, and the same time for a name that does not exist.

Parameters: 19 MiB, 2 passes, 1 lane, the first choice of the OWASP password storage cheat sheet.
"""

from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

PASSES = 2
MEMORY = 19_456  # KiB
_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=1, type=Type.ID)


def hash_password(password: str) -> str:
    """The hash to keep. Cost: about 40 ms."""
    return _HASHER.hash(_bytes(password))


def matches(hashed: str | None, password: str) -> bool:
    """Whether the password is the one; without a hash the same work is done in vain."""
    try:
        return _HASHER.verify(hashed or _nobody(), _bytes(password)) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """Half a surrogate pair, which nobody can type, must not be an error either."""
    return password.encode("utf-8", "surrogatepass")


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")
