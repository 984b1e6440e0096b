"""Where to go after a form: never to another host, whatever the address says."""

from urllib.parse import urlsplit

HOME = "/"


def safe_next(raw: str) -> str:
    """`raw` if it is a plain path of this wiki (with its query), else the first page.

    Browsers read `\\` as `/`, skip tabs and line ends, and take `//host` for another host: none of
    these is let through, encoded or not. Cost: linear.
    """
    if not raw.startswith("/") or "\\" in raw or "%5c" in raw.lower():
        return HOME
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in raw):
        return HOME
    try:
        parts = urlsplit(raw)
    except ValueError:  # such as an unfinished IPv6 address
        return HOME
    return HOME if parts.scheme or parts.netloc or "//" in parts.path else raw
