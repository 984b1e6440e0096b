"""Spans as version 2 stored them: read until the next save, or a rebuild, has made them anew.

Their plain form was varints: tokens and origin of each run; before a run that was mended 0 and the
fixer; after 0, 0 the front matter's values and their setters.
"""

from collections.abc import Iterator

from wiki.attribution.credit import mended
from wiki.attribution.runs import Credits
from wiki.attribution.spans import BESIDE, SPLICE, WHOLE, number_at, to_plain, unfold

OLD_VERSION = 2


def unpack_old(stored: bytes, base: bytes | None) -> bytes:
    """The plain form of that version. ValueError: damaged, or without its base."""
    if not stored or (stored[0] != WHOLE and base is None):
        raise ValueError("these spans cannot be read")
    if stored[0] == WHOLE or base is None:
        return unfold(stored[1:], b"")
    if stored[0] == BESIDE:
        return unfold(stored[1:], base)
    if stored[0] != SPLICE:
        raise ValueError(f"spans of an unknown kind: {stored[0]}")
    head, at = number_at(stored, 1)
    tail, at = number_at(stored, at)
    return base[:head] + stored[at:] + base[len(base) - tail :]


def renewed(plain: bytes) -> bytes:
    """The present plain form of a plain form of that version."""
    numbers = _numbers(plain)
    credits: list[int] = []
    fixer = 0
    for length, number in zip(numbers, numbers, strict=True):
        if length:
            credits += [mended(number, fixer)] * length
        elif not number:
            break
        fixer = 0 if length else number
    setters = [s for times, s in zip(numbers, numbers, strict=True) for _ in range(times)]
    return to_plain(Credits.of(credits), setters)


def _numbers(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        number, at = number_at(data, at)
        yield number
