"""A page's past kept in memory: for engines that run without a database.

Texts and spans are held as the database holds them, compressed against their predecessors, so
that a page of 15,000 revisions and 1 GB of text fits in a few megabytes.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import zstandard

from wiki.attribution.lines import read
from wiki.attribution.spans import (
    DEEPEST,
    pack_best,
    unpack,
)
from wiki.attribution.version import Version, restored

_KEYFRAME_EVERY = 200  # texts
_HELD = 12  # versions kept ready


class Archive:
    """Every revision of one page whose text was new to the page, by number."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[int | None, int, bytes]] = {}  # base, depth, body
        self._spans: dict[int, tuple[int | None, int, bytes]] = {}
        self._numbers: dict[bytes, int] = {}  # by hash of the text
        self._ready: OrderedDict[int, Version] = OrderedDict()
        self._last = 0
        self._last_text = b""
        self._last_spans = b""

    @property
    def bytes_of_spans(self) -> int:
        """The length of all stored spans together."""
        return sum(len(stored) for _, _, stored in self._spans.values())

    def find(self, text: str) -> int | None:
        """The first revision with exactly this text."""
        return self._numbers.get(_digest(text.encode()))

    def add(
        self, number: int, text: str, plain: bytes, *, after: int = 0, kin: Sequence[int] = ()
    ) -> None:
        """Keep a revision that followed `after`; `kin` are old ones that it may be like."""
        data = text.encode()
        base, depth, dictionary = None, 0, b""
        if after and self._texts[after][1] < _KEYFRAME_EVERY:
            base, depth, dictionary = after, self._texts[after][1] + 1, self._text(after)
        self._texts[number] = (base, depth, _compress(data, dictionary))
        of, stored = pack_best(plain, self._bases((after, *kin)))
        self._spans[number] = (of, self._spans[of][1] + 1 if of else 0, stored)
        self._numbers.setdefault(_digest(data), number)
        self._last, self._last_text, self._last_spans = number, data, plain

    def spans(self, number: int) -> bytes:
        """The plain spans of a revision. ValueError if they are not kept."""
        if number not in self._spans:
            raise ValueError(f"revision {number} is not kept")
        return self._plain(number)

    def version(self, number: int) -> Version | None:
        """A revision again. Cost: a few hundred small frames, or none if asked lately."""
        held = self._ready.get(number)
        if held is None:
            if number not in self._texts:
                return None
            text = self._text(number).decode()
            held = restored(read(text), self._plain(number))
            self._ready[number] = held
            if len(self._ready) > _HELD:
                self._ready.popitem(last=False)
        self._ready.move_to_end(number)
        return held

    def _bases(self, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        for number in numbers:
            if number in self._spans:
                if self._spans[number][1] >= DEEPEST:
                    number = _root(self._spans, number)
                yield number, self._plain(number)

    def _plain(self, number: int) -> bytes:
        if number == self._last:
            return self._last_spans
        plain: bytes | None = None
        for stored in _chain(self._spans, number):
            plain = unpack(stored, plain)
        return plain or b""

    def _text(self, number: int) -> bytes:
        if number == self._last:
            return self._last_text
        data = b""
        for body in _chain(self._texts, number):
            data = _decompress(body, data)
        return data


def _chain(kept: dict[int, tuple[int | None, int, bytes]], number: int) -> list[bytes]:
    """What must be unfolded to read `number`, the keyframe first."""
    chain = []
    at: int | None = number
    while at is not None:
        at, _, body = kept[at]
        chain.append(body)
    return chain[::-1]


def _root(kept: dict[int, tuple[int | None, int, bytes]], number: int) -> int:
    """The keyframe of `number`."""
    base = kept[number][0]
    while base is not None:
        number, base = base, kept[base][0]
    return number


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict | None:
    if not base:
        return None
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _compress(data: bytes, base: bytes) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        3, source_size=len(data), dict_size=len(base), write_checksum=False, write_dict_id=False
    )
    compressor = zstandard.ZstdCompressor(
        compression_params=parameters, dict_data=_dictionary(base)
    )
    return compressor.compress(data)


def _decompress(body: bytes, base: bytes) -> bytes:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(body)
