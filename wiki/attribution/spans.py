"""Spans: whose words stand where, in a text that is kept, and their stored form.

The plain form is the records of `runs.py`: those of the tokens and, after a record of zeros, those
of the front matter's values. A stored form says in its first byte how it is to be read:
  WHOLE   zstd of the plain form
  SPLICE  records kept of a base at its start and at its end, and the runs between
  BESIDE  the same, the records between as zstd with those of the base between as its dictionary
Unfolding works on bytes, so that a long chain of stored forms is read at C speed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import zstandard

from wiki.attribution.columns import shuffled, sorted_again
from wiki.attribution.lines import common_ends
from wiki.attribution.runs import RECORD, Credits, from_records, to_records

VERSION = 3  # of the engine and of the form; stored with the spans, raised when answers change

WHOLE, SPLICE, BESIDE = 0, 1, 2
_LEVEL = 9
_LONG = 200  # bytes of a stored form for which a better base is looked for
STEPS = 200  # forms one beside the other; the next one is beside their keyframe, and a new one
STRIDE = 1000  # what a keyframe adds to the depth of the keyframe it stands beside
_SHORT = 24  # bytes of a splice that zstd will not beat
_FEW = 64  # records that a splice is tried with
_NO_RECORD = bytes(RECORD)
_VARINTS = re.compile(rb"[\x80-\xff]*[\x00-\x7f]")
_MOST = 64_000_000  # bytes that stored spans may unfold to


def to_plain(credits: Credits, setters: Sequence[int] = ()) -> bytes:
    """The plain form: what the stored forms unfold to."""
    return credits.records + (_NO_RECORD + to_records(setters) if setters else b"")


def from_plain(plain: bytes) -> tuple[Credits, list[int]]:
    """The credits of the tokens and the setters of the values. ValueError if it is damaged."""
    if len(plain) % RECORD:
        raise ValueError("the spans end in the middle of a record")
    lengths = plain[::RECORD]
    at = lengths.find(0)
    while at >= 0:
        start, stop = at * RECORD, (at + 1) * RECORD
        if plain[start:stop] == _NO_RECORD:
            return Credits(plain[:start]), from_records(plain[stop:])
        at = lengths.find(0, at + 1)
    return Credits(plain), []


def pack(plain: bytes, base: bytes | None = None) -> bytes:
    """The shortest stored form of a plain form; to be read beside the same base."""
    if base is None:
        return bytes([WHOLE]) + _compressor(b"").compress(plain)
    head, tail = _common_records(base, plain)
    ends = _varints((head // RECORD, tail // RECORD))
    new, old = plain[head : len(plain) - tail], base[head : len(base) - tail]
    forms = []
    if len(new) <= _FEW * RECORD:
        forms.append(bytes([SPLICE]) + ends + _varints(_numbers_of(new)))
    if not forms or len(forms[0]) >= _SHORT:
        forms.append(bytes([BESIDE]) + ends + _compressor(old).compress(new))
    return min(forms, key=len)


def pack_best(plain: bytes, bases: Iterable[tuple[int, bytes]]) -> tuple[int | None, bytes]:
    """The stored form beside the best of several numbered bases, and which one; None: by itself.

    The predecessor comes first; the others are asked only if the form beside it is long, as after
    a vandal's save. Nothing is loaded for bases that a lazy iterable does not get to.
    """
    best: tuple[int | None, bytes] | None = None
    for number, base in bases:
        stored = pack(plain, base)
        if best is None or len(stored) < len(best[1]):
            best = (number, stored)
        if len(best[1]) <= _LONG:
            break
    if best is not None and len(best[1]) <= _LONG:
        return best
    whole = pack(plain)
    return best if best is not None and len(best[1]) < len(whole) else (None, whole)


def unpack(stored: bytes, base: bytes | None = None) -> bytes:
    """The plain form of a stored form, at C speed. ValueError: damaged, or without its base."""
    if not stored:
        raise ValueError("the stored spans are empty")
    kind = stored[0]
    if kind == WHOLE:
        return unfold(stored[1:], b"")
    if kind not in (SPLICE, BESIDE):
        raise ValueError(f"spans of an unknown kind: {kind}")
    if base is None:
        raise ValueError("these spans cannot be read without their base")
    first, at = number_at(stored, 1)
    last, at = number_at(stored, at)
    head, end = first * RECORD, len(base) - last * RECORD
    if head > end:
        raise ValueError("these spans do not fit their base")
    body = stored[at:]
    new = _records_of(body) if kind == SPLICE else unfold(body, base[head:end])
    return base[:head] + new + base[end:]


@dataclass(frozen=True, slots=True)
class HeadForm:
    """The head's spans readable by themselves: the head's number, the first revision with its
    text, the revisions that are set aside, and the plain form; read and written at C speed."""

    number: int
    first: int
    aside: Sequence[int]
    plain: bytes

    def to_bytes(self) -> bytes:
        """The stored form."""
        numbers = (VERSION, self.number, self.first, len(self.aside), *self.aside)
        return _varints(numbers) + shuffled(self.plain, RECORD)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "HeadForm":
        """From its stored form. ValueError if it is damaged or of another version."""
        version, at = number_at(stored, 0)
        if version != VERSION:
            raise ValueError(f"the head's spans are of version {version}")
        number, at = number_at(stored, at)
        first, at = number_at(stored, at)
        count, at = number_at(stored, at)
        aside = []
        for _ in range(count):
            other, at = number_at(stored, at)
            aside.append(other)
        return cls(number, first, aside, sorted_again(stored[at:], RECORD))


def _common_records(old: bytes, new: bytes) -> tuple[int, int]:
    """Bytes in common at the start and at the end, in whole records."""
    head, tail = common_ends(old, new)
    return head - head % RECORD, tail - tail % RECORD


def _numbers_of(records: bytes) -> list[int]:
    """Tokens and revision of each record."""
    found: list[int] = []
    for at in range(0, len(records), RECORD):
        found += (records[at], int.from_bytes(records[at + 1 : at + RECORD], "little"))
    return found


def _records_of(varints: bytes) -> bytes:
    """The records again."""
    if varints and varints[-1] & 128:
        raise ValueError("the spans end in the middle of a number")
    numbers = list(map(_number, _VARINTS.findall(varints)))
    return b"".join(
        (origin << 8 | length).to_bytes(RECORD, "little")
        for length, origin in zip(numbers[::2], numbers[1::2], strict=True)
    )


def number_at(data: bytes, at: int) -> tuple[int, int]:
    """The varint at a place, and the place after it. ValueError if it is cut off."""
    end = at
    while end < len(data) and data[end] & 128:
        end += 1
    if end == len(data):
        raise ValueError("the spans end where a number was to follow")
    return _number(data[at : end + 1]), end + 1


def _varints(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


@lru_cache(maxsize=1 << 12)
def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; every byte but the last has its high bit set."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


@lru_cache(maxsize=1 << 12)
def _number(varint: bytes) -> int:
    return sum((byte & 127) << 7 * place for place, byte in enumerate(varint))


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


def unfold(body: bytes, base: bytes) -> bytes:
    """What was compressed with `base` as its dictionary. ValueError if it is damaged."""
    reader = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base), format=zstandard.FORMAT_ZSTD1_MAGICLESS
    )
    try:
        return reader.decompress(body, max_output_size=_MOST)
    except zstandard.ZstdError as damage:
        raise ValueError("the stored spans are damaged") from damage
