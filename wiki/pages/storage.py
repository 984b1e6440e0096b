"""Texts: kept once by content, compressed against a predecessor, decoded through a bounded chain.

A text is a zstd frame whose dictionary is the text of its base; magic number, length and checksum
are left out of it, because the row says what it is and how long. After KEYFRAME_EVERY steps a text
stands beside the one in which its chain began, after twenty such chains alone, so that reading any
text decodes at most 220 frames.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

import zstandard
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from wiki.db import insert_new
from wiki.pages.models import TextRow

KEYFRAME_EVERY = 200  # steps; more saves little space and makes a cold read slower
STRIDE = 1_000  # what a keyframe adds to the depth of the one it stands beside
_LAST = 20 * STRIDE  # depth at which a text stands alone again
LEVEL = 9  # against a predecessor smaller and no slower than 3
CACHE_BYTES = 8_000_000


class TextCache:
    """Decoded texts by content hash: immutable, so never stale. Thread safe, bounded in bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._held: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, sha256: bytes | None) -> bytes | None:
        """The text's bytes, if held."""
        if sha256 is None:
            return None
        with self._lock:
            data = self._held.get(sha256)
            if data is not None:
                self._held.move_to_end(sha256)
            return data

    def put(self, sha256: bytes | None, data: bytes) -> None:
        """Hold a text; the ones used longest ago leave when the limit is passed."""
        if sha256 is None or len(data) > self._limit // 4:
            return
        with self._lock:
            if sha256 not in self._held:
                self._held[sha256] = data
                self._size += len(data)
            while self._size > self._limit:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone)

    def clear(self) -> None:
        """Forget everything; what is asked next comes from the database."""
        with self._lock:
            self._held.clear()
            self._size = 0


CACHE = TextCache()


def digest(text: str) -> bytes:
    """SHA-256 of the UTF-8 of `text`; 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of `text` without its content; `base_id` None: it stands alone. Size in bytes."""

    id: int
    sha256: bytes | None
    base_id: int | None
    depth: int
    size: int


_ROW = select(TextRow.id, TextRow.sha256, TextRow.base_id, TextRow.depth, TextRow.size)
_BY_HASH = _ROW.where(TextRow.sha256 == bindparam("sha256"))
_BY_ID = _ROW.where(TextRow.id == bindparam("id"))


def _keyframe() -> Select[Any]:
    """The row in which the chain of a text began."""
    step = _BY_ID.cte("step", recursive=True)
    base = aliased(TextRow)
    columns = (base.id, base.sha256, base.base_id, base.depth, base.size)
    older = select(*columns).join(step, base.id == step.c.base_id)
    step = step.union_all(older.where(step.c.depth % STRIDE != 0))
    return select(step).where(step.c.depth % STRIDE == 0)


_KEYFRAME = _keyframe()


def find_text(session: Session, sha256: bytes) -> Stored | None:
    """The row that holds exactly this content. One SELECT."""
    row = session.connection().execute(_BY_HASH, {"sha256": sha256}).one_or_none()
    return None if row is None else Stored(*row)


def store_text(session: Session, text: str, base_id: int | None = None) -> Stored:
    """The row of `text`: the existing one, or a new one compressed against the base.

    Cost: two SELECTs, three once in KEYFRAME_EVERY, decoding the base if it is not in memory,
    one INSERT. On PostgreSQL
    somebody may store the same text meanwhile: then theirs is the row.
    """
    data = text.encode()
    sha256 = hashlib.sha256(data).digest()
    known = find_text(session, sha256)
    if known is not None:
        return known
    form = _best_form(session, data, base_id)
    row = {
        "sha256": sha256,
        "size": len(data),
        "base_id": form.base_id,
        "depth": form.depth,
        "body": form.body,
    }
    new = insert_new(session, TextRow, row)
    CACHE.put(sha256, data)
    if new is not None:
        return Stored(new, sha256, form.base_id, form.depth, len(data))
    theirs = find_text(session, sha256)
    if theirs is None:
        raise RuntimeError("a text was neither stored nor there")
    return theirs


@dataclass(frozen=True, slots=True)
class _Form:
    """How a text is kept; base_id None: it stands alone."""

    base_id: int | None
    depth: int
    body: bytes


def _best_form(session: Session, data: bytes, base_id: int | None) -> _Form:
    """Beside the base or, where its chain is full, beside the keyframe in which it began."""
    base = None if base_id is None else _stored(session, _BY_ID, base_id)
    step = 1
    if base is not None and base.depth % STRIDE + 1 >= KEYFRAME_EVERY:
        base, step = _stored(session, _KEYFRAME, base.id), STRIDE
    if base is None or not base.size or base.depth + step > _LAST:
        return _Form(None, 0, stand_alone(data))
    before = load_bytes(session, base.id, base.sha256)
    return _Form(base.id, base.depth + step, _compress(data, before))


def _stored(session: Session, question: Any, text_id: int) -> Stored | None:
    row = session.connection().execute(question, {"id": text_id}).one_or_none()
    return None if row is None else Stored(*row)


def load_text(session: Session, text_id: int, sha256: bytes | None = None) -> str:
    """The text of a row; with its hash given, no SELECT when it is in memory."""
    return load_bytes(session, text_id, sha256).decode()


def load_bytes(session: Session, text_id: int, sha256: bytes | None = None) -> bytes:
    """The UTF-8 of a row.

    Cost: one SELECT and one frame if its base is in memory, as in a walk through a history; else
    one more SELECT for the whole chain, and a frame a step.
    """
    held = CACHE.get(sha256)
    if held is not None:
        return held
    near = _from_neighbour(session, text_id)
    if near is not None:
        return near
    chain = _chain(session, text_id)
    data = b""
    for sha, size, body in reversed(chain):
        data = _decompress(body, data, size)
        last = sha
    CACHE.put(last, data)
    return data


def chain_texts(session: Session, text_id: int) -> dict[bytes, bytes]:
    """By hash, the UTF-8 of a text and of all that it is built on: for a walk back from it.

    Cost: one SELECT, a frame a step; at most 220 texts, so do not keep them long.
    """
    held: dict[bytes, bytes] = {}
    data = b""
    for sha256, size, body in reversed(_chain(session, text_id)):
        data = _decompress(body, data, size)
        if sha256 is not None:
            held[sha256] = data
    return held


def _from_neighbour(session: Session, text_id: int) -> bytes | None:
    """The text if it stands alone or its base is in memory."""
    base = aliased(TextRow)
    row = session.execute(
        select(TextRow.sha256, TextRow.size, TextRow.body, TextRow.base_id, base.sha256)
        .outerjoin(base, base.id == TextRow.base_id)
        .where(TextRow.id == text_id)
    ).one_or_none()
    if row is None:
        raise LookupError(f"no text {text_id}")
    sha256, size, body, base_id, base_sha256 = row
    held = CACHE.get(base_sha256) if base_id is not None else b""
    if held is None:
        return None
    data = _decompress(body, held, size)
    CACHE.put(sha256, data)
    return data


def _chain(session: Session, text_id: int) -> list[tuple[bytes | None, int, bytes]]:
    """Rows from the text back to its keyframe, as (sha256, size, body)."""
    step = (
        select(TextRow.id, TextRow.base_id, TextRow.depth)
        .where(TextRow.id == text_id)
        .cte("step", recursive=True)
    )
    base = aliased(TextRow)
    step = step.union_all(
        select(base.id, base.base_id, base.depth).join(step, base.id == step.c.base_id)
    )
    rows = session.execute(
        select(TextRow.sha256, TextRow.size, TextRow.body)
        .join(step, TextRow.id == step.c.id)
        .order_by(step.c.depth.desc())
    ).all()
    return [(row.sha256, row.size, row.body) for row in rows]


def stand_alone(data: bytes) -> bytes:
    """The body of a row that is built on no other."""
    return _compress(data, b"")


def _compress(data: bytes, base: bytes) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL,
        source_size=len(data),
        dict_size=len(base),
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_content_size=False,
        write_checksum=False,
        write_dict_id=False,
    )
    compressor = zstandard.ZstdCompressor(
        compression_params=parameters, dict_data=_dictionary(base) if base else None
    )
    return compressor.compress(data)


def _decompress(body: bytes, base: bytes, size: int) -> bytes:
    if not size:
        return b""
    decompressor = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base) if base else None, format=zstandard.FORMAT_ZSTD1_MAGICLESS
    )
    return decompressor.decompress(body, max_output_size=size)


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
