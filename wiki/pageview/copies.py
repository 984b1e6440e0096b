"""The rendered copy of a revision: the stored one, else rendered now and kept where that pays."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.pages.models import Rendered
from wiki.pages.storage import load_text
from wiki.rendering.markdown import RENDERER_VERSION
from wiki.rendering.worker import RendererProtocol

BRIEFLY = 64  # renderings of old revisions kept in memory


@dataclass(frozen=True)
class Copy:
    """Safe HTML with its contents, and the addresses it points at."""

    html: str
    contents: tuple[tuple[int, str, str], ...]  # level, id, text
    links: tuple[str, ...]
    failed: bool


class Recent:
    """The last few renderings of old revisions, by content: immutable, thread safe."""

    def __init__(self, size: int = BRIEFLY) -> None:
        self._size = size
        self._held: OrderedDict[bytes, Copy] = OrderedDict()
        self._lock = Lock()

    def get(self, sha256: bytes | None) -> Copy | None:
        """The rendering of this content, if held."""
        with self._lock:
            return self._held.get(sha256) if sha256 is not None else None

    def put(self, sha256: bytes | None, copy: Copy) -> None:
        """Hold a rendering; the oldest leaves."""
        if sha256 is None:
            return
        with self._lock:
            self._held[sha256] = copy
            while len(self._held) > self._size:
                self._held.popitem(last=False)


RECENT = Recent()


def copy_of(
    session: Session,
    text_id: int,
    sha256: bytes | None,
    *,
    renderer: RendererProtocol,
    language: str,
) -> Copy:
    """The rendered copy of a text. Cost: one SELECT, or a rendering within its time limit."""
    held = RECENT.get(sha256)
    if held is not None:
        return held
    row = session.execute(
        select(Rendered.html, Rendered.contents, Rendered.links, Rendered.failed).where(
            Rendered.text_id == text_id, Rendered.version == RENDERER_VERSION
        )
    ).one_or_none()
    if row is not None:
        contents = tuple((level, name, text) for level, name, text in row.contents)
        html = zstandard.decompress(row.html).decode()
        return Copy(html, contents, tuple(row.links), row.failed)
    made = renderer.render(load_text(session, text_id, sha256), language=language)
    copy = Copy(
        made.html, tuple((h.level, h.id, h.text) for h in made.toc), tuple(made.links), made.failed
    )
    RECENT.put(sha256, copy)
    return copy
