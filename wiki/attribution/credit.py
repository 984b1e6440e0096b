"""Whose a token is: the revision that first had it, and the one that mended its spelling, if any.

Both are one number, so that whatever carries a token's owner from text to text carries its mender
along. A token that nobody mended is worth the number of its revision.
"""

from typing import TypeAlias

Credit: TypeAlias = int  # the origin in the low bits, the fixer above them

NOBODY: Credit = 0  # of a token that nobody has been found for yet
_BITS = 32
LARGEST = (1 << _BITS) - 1  # of a credit without a fixer


def origin_of(credit: Credit) -> int:
    """The revision in which the token first stood on the page."""
    return credit & LARGEST


def fixer_of(credit: Credit) -> int | None:
    """The last revision that mended a slip inside the word; None if nobody did."""
    return credit >> _BITS or None


def mended(credit: Credit, number: int) -> Credit:
    """The credit of a word whose spelling revision `number` has mended: its author keeps it."""
    return credit & LARGEST | number << _BITS
