"""gzip for text that is made anew; what is stored compressed comes with its encoding already.

The only module that imports brotli.
"""

import gzip
import struct
import zlib
from functools import lru_cache

import brotli as brotli_module
from flask import Flask, Response, g, request

SMALLEST = 860  # bytes; below it fits one packet anyway
LEVEL = 4
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate; no name, no time
QUALITY = 10  # of brotli, for what a reader waits for
WINDOW = 18  # bits: 256 kB, as large as our pages; the usual 4 MB would only cost memory
LONGEST = 200  # characters of an Accept-Encoding that is read
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def preferred(forms: tuple[str, ...]) -> str:
    """Which of these encodings this reader likes best, the first of equals; "": none."""
    said: str = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    return choose(said, forms) if len(said) <= LONGEST else ""


@lru_cache(maxsize=256)
def choose(accepted: str, forms: tuple[str, ...]) -> str:
    """The choice for an Accept-Encoding header (RFC 9110, 12.5.3); "" is the plain text.

    Readers of one browser say the same, so most answers are known.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    anything = weights.get("*", 0.0)
    liked = [(weights.get(form, anything), form) for form in forms]
    most = max(weight for weight, _ in liked)
    plain = weights.get("identity", 0.0)  # said to be liked more: then it gets what it asked for
    if most <= 0 or plain > most:
        return ""
    return next(form for weight, form in liked if weight == most)


def _weight(parameter: str) -> float:
    """The q-value of a part of the header: 1 if there is none, 0 if it cannot be read."""
    name, _, value = parameter.partition("=")
    if not name.strip():
        return 1.0
    try:
        return max(0.0, min(1.0, float(value))) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def brotli(data: bytes, quality: int = QUALITY) -> bytes:
    """Text in brotli. Cost: 12 ms for 30 kB; at quality 11 three times that."""
    packed: bytes = brotli_module.compress(
        data, mode=brotli_module.MODE_TEXT, quality=quality, lgwin=WINDOW
    )
    return packed


def deflated(data: bytes) -> bytes:
    """A part of many answers, packed once: see `has_part`. Cost: 0.3 ms for 25 kB."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def has_part(plain: bytes, packed: bytes) -> None:
    """The answer to this request will hold `plain`, of which `packed` is what `deflated` made."""
    g.packed_part = (plain, packed)


def gzipped(data: bytes, part: tuple[bytes, bytes] | None = None) -> bytes:
    """One gzip member (RFC 1952). A part that is packed already is put in as it is.

    Around it nothing refers to what is on its other side (a full flush), so it may stand anywhere.
    """
    at = data.find(part[0]) if part and part[1] else -1
    if part is None or at < 0:
        return gzip.compress(data, LEVEL, mtime=0)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    before = packer.compress(data[:at]) + packer.flush(zlib.Z_FULL_FLUSH)
    after = packer.compress(data[at + len(part[0]) :]) + packer.flush()
    check = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"".join((GZIP_HEAD, before, part[1], after, check))


def install(app: Flask) -> None:
    """Compress answers for readers that take it."""

    @app.after_request
    def pack(response: Response) -> Response:
        if "Content-Encoding" in response.headers or response.is_streamed:
            return response
        if not (response.mimetype or "").startswith(TEXT) or response.status_code == 304:
            return response
        response.vary.add("Accept-Encoding")
        if len(response.get_data()) >= SMALLEST and preferred(("gzip",)):
            response.set_data(gzipped(response.get_data(), g.get("packed_part")))
            response.headers["Content-Encoding"] = "gzip"
        return response
