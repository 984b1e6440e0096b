"""Spans: whose words stand where, as runs of (number of tokens, credit), and their stored form.

A stored form says in its first byte how it is to be read:
  WHOLE   zstd of the plain form, see `to_bytes`
  SPLICE  bytes kept at the start, bytes kept at the end, and the bytes between; beside a base
  BESIDE  zstd with the base as dictionary; for changes in many places
Unfolding works on bytes alone, so that a long chain of stored forms is read at C speed.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, count, islice, repeat
from operator import itemgetter, ne, sub

import zstandard

from wiki.attribution.columns import spread, squeeze
from wiki.attribution.credit import LARGEST, fixer_of, mended, origin_of
from wiki.attribution.lines import common_ends

VERSION = 2  # of the engine and of the form; stored with the spans, raised when answers change
Run = tuple[int, int]  # tokens and their credit; of fields: values and their setter
Runs = list[Run]

WHOLE, SPLICE, BESIDE = 0, 1, 2
_LEVEL = 9
_LONG = 200  # bytes of a stored form for which a better base is looked for
STEPS = 200  # forms one beside the other; the next one is beside their keyframe, and a new one
STRIDE = 1000  # what a keyframe adds to the depth of the keyframe it stands beside
_SHORT = 24  # bytes of a splice that zstd will not beat
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_VARINTS = re.compile(rb"[\x80-\xff]*[\x00-\x7f]")
_MOST = 64_000_000  # bytes that stored spans may unfold to


def runs_of(numbers: Sequence[int]) -> Runs:
    """Shorten one number a token to runs; at C speed but for the runs."""
    if not numbers:
        return []
    starts = [0, *compress(count(1), map(ne, numbers, islice(numbers, 1, None)))]
    ends = [*islice(starts, 1, None), len(numbers)]
    return list(zip(map(sub, ends, starts), map(numbers.__getitem__, starts), strict=True))


def unroll(runs: Iterable[Run]) -> list[int]:
    """One number a token again: the reverse of `runs_of`."""
    held = list(runs)
    return list(chain.from_iterable(map(repeat, map(_SECOND, held), map(_FIRST, held))))


def to_bytes(runs: Iterable[Run], fields: Iterable[Run] = ()) -> bytes:
    """The plain form of a text's runs: what the stored forms unfold to.

    A run is two varints: tokens, origin. Before one that was mended stand 0 and the fixer. After
    0, 0 follow the runs of the front matter's values: values, setter.
    """
    pairs = list(runs)
    fixed = compress(count(), map(LARGEST.__lt__, map(_SECOND, pairs)))
    for at in reversed(list(fixed)):
        length, credit = pairs[at]
        pairs[at : at + 1] = [(0, fixer_of(credit) or 0), (length, origin_of(credit))]
    settings = list(fields)
    if settings:
        pairs += [(0, 0), *settings]
    return _varints(chain.from_iterable(pairs))


def from_bytes(plain: bytes) -> tuple[Runs, Runs]:
    """The runs of the tokens and of the fields. ValueError if the plain form is damaged."""
    numbers = _numbers(plain)
    lengths, origins = numbers[::2], numbers[1::2]
    pairs = list(zip(lengths, origins, strict=True))
    runs: Runs = []
    begin = 0
    for at in _zeros(lengths):
        if at < begin:
            continue
        runs += pairs[begin:at]
        if not origins[at]:
            return runs, pairs[at + 1 :]
        for length, origin in pairs[at + 1 : at + 2]:
            runs.append((length, mended(origin, origins[at])))
        begin = at + 2
    return runs + pairs[begin:], []


def _zeros(numbers: list[int]) -> Iterator[int]:
    """The places of zeros; found at C speed."""
    at = -1
    while True:
        try:
            at = numbers.index(0, at + 1)
        except ValueError:
            return
        yield at


def pack(plain: bytes, base: bytes | None = None) -> bytes:
    """The shortest stored form of a plain form; to be read beside the same base."""
    if base is None:
        return bytes([WHOLE]) + _compressor(b"").compress(plain)
    spliced = bytes([SPLICE]) + _splice(plain, base)
    if len(spliced) < _SHORT:
        return spliced
    beside = bytes([BESIDE]) + _compressor(base).compress(plain)
    return min(spliced, beside, key=len)


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


@dataclass(frozen=True, slots=True)
class HeadForm:
    """The head's spans readable by themselves: the head's number, the first revision with its
    text, and the revisions that are set aside. Stored as columns: a save reads them faster."""

    number: int
    first: int
    aside: Sequence[int]
    tokens: Runs
    fields: Runs

    def to_bytes(self) -> bytes:
        """The stored form."""
        numbers = (self.number, self.first, len(self.aside), *self.aside)
        columns = [
            array("Q", list(map(which, runs)))
            for runs in (self.tokens, self.fields)
            for which in (_FIRST, _SECOND)
        ]
        return _varints(numbers) + squeeze(*columns)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "HeadForm":
        """From its stored form. ValueError if it is damaged."""
        number, at = _number_at(stored, 0)
        first, at = _number_at(stored, at)
        count, at = _number_at(stored, at)
        aside = []
        for _ in range(count):
            other, at = _number_at(stored, at)
            aside.append(other)
        one, two, three, four = spread(stored[at:])
        tokens = list(zip(one, two, strict=True))
        fields = list(zip(three, four, strict=True))
        return cls(number, first, aside, tokens, fields)


def _splice(plain: bytes, base: bytes) -> bytes:
    head, tail = common_ends(base, plain)
    return _varints((head, tail)) + plain[head : len(plain) - tail]


def _number_at(data: bytes, at: int) -> tuple[int, int]:
    end = at
    while end < len(data) and data[end] & 128:
        end += 1
    if end == len(data):
        raise ValueError("the spans end where a number was to follow")
    return _number(data[at : end + 1]), end + 1


def _varints(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


@lru_cache(maxsize=1 << 15)
def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; every byte but the last has its high bit set."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _numbers(data: bytes) -> list[int]:
    if data and data[-1] & 128:
        raise ValueError("the spans end in the middle of a number")
    return list(map(_number, _VARINTS.findall(data)))


@lru_cache(maxsize=1 << 15)
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


def _unfold(body: bytes, base: bytes) -> bytes:
    reader = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base), format=zstandard.FORMAT_ZSTD1_MAGICLESS
    )
    try:
        return reader.decompress(body, max_output_size=_MOST)
    except zstandard.ZstdError as damage:
        raise ValueError("the stored spans are damaged") from damage
