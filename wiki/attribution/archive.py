"""A page's past kept in memory: for engines that run without a database.

Texts and spans are held as the database holds them, compressed against their predecessors, so
that a page of 15,000 revisions and 1 GB of text fits in a few megabytes.
"""

import hashlib
from collections import OrderedDict

import zstandard

from wiki.attribution.lines import read
from wiki.attribution.returns import Version
from wiki.attribution.spans import Runs, from_bytes, origins_of, pack, to_bytes, unpack

_KEYFRAME_EVERY = 100
_HELD = 12  # versions kept ready


class Archive:
    """Every revision of one page, by number."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[int | None, bytes]] = {}  # base, body
        self._spans: dict[int, tuple[int | None, bytes]] = {}
        self._numbers: dict[bytes, int] = {}  # by hash of the text: the first that had it
        self._ready: OrderedDict[int, Version] = OrderedDict()
        self._last: tuple[int, int, bytes, bytes] | None = None  # number, steps, text, spans
        self.bytes_of_spans = 0

    def find(self, text: str) -> int | None:
        """The first revision with exactly this text."""
        return self._numbers.get(_digest(text.encode()))

    def add(self, number: int, text: str, runs: Runs) -> None:
        """Keep a revision whose text is new to the page."""
        data = text.encode()
        base, steps, dictionary, base_plain = self._base()
        self._texts[number] = (base, _compress(data, dictionary))
        plain = to_bytes(runs)
        stored = pack(plain, base_plain)
        self._spans[number] = (base, stored)
        self.bytes_of_spans += len(stored)
        self._numbers.setdefault(_digest(data), number)
        self._last = (number, steps + 1, data, plain)

    def version(self, number: int) -> Version | None:
        """A revision again. Cost: at most a hundred small frames, or none if asked lately."""
        held = self._ready.get(number)
        if held is None:
            if number not in self._texts:
                return None
            data, runs = self._unfold(number)
            held = self._ready[number] = Version(read(data.decode()), origins_of(runs))
            if len(self._ready) > _HELD:
                self._ready.popitem(last=False)
        self._ready.move_to_end(number)
        return held

    def _base(self) -> tuple[int | None, int, bytes, bytes | None]:
        if self._last is None or self._last[1] >= _KEYFRAME_EVERY:
            return None, 0, b"", None
        return self._last

    def _unfold(self, number: int) -> tuple[bytes, Runs]:
        chain = []
        at: int | None = number
        while at is not None:
            base, text = self._texts[at]
            chain.append((text, self._spans[at][1]))
            at = base
        data, plain = b"", None
        for text, spans in reversed(chain):
            data = _decompress(text, data)
            plain = unpack(spans, plain)
        return data, from_bytes(plain or b"")


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
