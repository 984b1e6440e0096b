"""What an address or a form asks for, as values a database can be asked with."""

from flask import request

LARGEST = 2**31 - 1


def asked_number(name: str) -> int | None:
    """The whole number in the query string, or None if there is none that makes sense."""
    return number_of(request.args.get(name, ""))


def number_of(raw: str) -> int | None:
    """The whole number that somebody sent, or None if no row could have it."""
    if not (raw.isascii() and raw.isdigit()) or len(raw) > 10:
        return None
    number = int(raw)
    return number if number <= LARGEST else None


def asked_text(name: str, limit: int = 240) -> str:
    """The text in the query string, cut to `limit` characters, without what cannot be stored."""
    if not request.query_string:
        return ""
    raw = request.args.get(name, "")[:limit]
    return "".join(c for c in raw if c != "\x00" and not "\ud800" <= c <= "\udfff")
