"""Spans: whose words stand where, as runs of (number of tokens, revision of origin), and their
stored form.

A stored form says in its first byte how it is to be read:
  WHOLE   zstd of the plain form, a varint for each number
  SPLICE  bytes kept at the start, bytes kept at the end, and the bytes between; beside a base
  BESIDE  zstd with the base as dictionary; for changes in many places
Unfolding works on bytes alone, so that a long chain of stored forms is read at C speed.
"""

from collections.abc import Iterable
from itertools import chain, groupby, repeat

import zstandard

from wiki.attribution.lines import common_ends

VERSION = 1  # of the engine and of the form; stored with the spans
Run = tuple[int, int]  # tokens, revision of origin
Runs = list[Run]

WHOLE, SPLICE, BESIDE = 0, 1, 2
_LEVEL = 9
_SHORT = 24  # bytes of a splice that zstd will not beat
_MOST = 64_000_000  # bytes that stored spans may unfold to


def runs_of(origins: Iterable[int]) -> Runs:
    """Shorten one origin a token to runs."""
    return [(len(list(group)), origin) for origin, group in groupby(origins)]


def origins_of(runs: Iterable[Run]) -> list[int]:
    """One origin a token."""
    return list(chain.from_iterable(repeat(origin, count) for count, origin in runs))


def to_bytes(runs: Iterable[Run]) -> bytes:
    """The plain form of runs, two numbers each: what the stored forms unfold to."""
    return _varints(chain.from_iterable(runs))


def from_bytes(plain: bytes) -> Runs:
    """Runs from their plain form. ValueError if it is damaged."""
    numbers = _numbers(plain)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def pack(plain: bytes, base: bytes | None = None) -> bytes:
    """The shortest stored form of a plain form; to be read beside the same base."""
    if base is None:
        return bytes([WHOLE]) + _compressor(b"").compress(plain)
    spliced = bytes([SPLICE]) + _splice(plain, base)
    if len(spliced) < _SHORT:
        return spliced
    beside = bytes([BESIDE]) + _compressor(base).compress(plain)
    return min(spliced, beside, key=len)


def unpack(stored: bytes, base: bytes | None = None) -> bytes:
    """The plain form of a stored form, at C speed. ValueError: damaged, or without its base."""
    if not stored:
        raise ValueError("the stored spans are empty")
    kind, body = stored[0], stored[1:]
    if kind == WHOLE:
        return _unfold(body, b"")
    if base is None:
        raise ValueError("these spans cannot be read without their base")
    if kind == BESIDE:
        return _unfold(body, base)
    if kind != SPLICE:
        raise ValueError(f"spans of an unknown kind: {kind}")
    head, at = _number_at(body, 0)
    tail, at = _number_at(body, at)
    return base[:head] + body[at:] + base[len(base) - tail :]


def _splice(plain: bytes, base: bytes) -> bytes:
    head, tail = common_ends(base, plain)
    return _varints((head, tail)) + plain[head : len(plain) - tail]


def _number_at(data: bytes, at: int) -> tuple[int, int]:
    end = at
    while end < len(data) and data[end] & 128:
        end += 1
    return _numbers(data[at : end + 1])[0], end + 1


def _varints(numbers: Iterable[int]) -> bytes:
    """Seven bits a byte, the lowest first."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def _numbers(data: bytes) -> list[int]:
    found = []
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            found.append(number)
            number = shift = 0
    if shift:
        raise ValueError("the spans end in the middle of a number")
    return found


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict | None:
    if not base:
        return None
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _compressor(base: bytes) -> zstandard.ZstdCompressor:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        dict_size=len(base),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_checksum=False,
        write_dict_id=False,
        write_content_size=True,
    )
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base))


def _unfold(body: bytes, base: bytes) -> bytes:
    reader = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base), format=zstandard.FORMAT_ZSTD1_MAGICLESS
    )
    try:
        return reader.decompress(body, max_output_size=_MOST)
    except zstandard.ZstdError as damage:
        raise ValueError("the stored spans are damaged") from damage
