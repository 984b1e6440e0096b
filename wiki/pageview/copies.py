"""The rendered copy of a revision: the stored one, else rendered now and kept where that pays."""

from dataclasses import dataclass
from sys import getsizeof

import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.pages.models import Rendered
from wiki.pages.storage import load_text
from wiki.pageview.kept import Kept
from wiki.rendering.version import RENDERER_VERSION
from wiki.rendering.worker import RendererProtocol

BRIEFLY = 4_000_000  # bytes of renderings of old revisions kept in memory


@dataclass(frozen=True)
class Copy:
    """Safe HTML with its contents, and the addresses it points at."""

    html: str
    contents: tuple[tuple[int, str, str], ...]  # level, id, text
    links: tuple[str, ...]
    failed: bool


RECENT: Kept[Copy] = Kept(BRIEFLY)


def copy_of(
    session: Session,
    text_id: int,
    sha256: bytes | None,
    *,
    renderer: RendererProtocol,
    language: str,
) -> Copy:
    """The rendered copy of a text. Cost: one SELECT, or a rendering within its time limit."""
    held = RECENT.get(sha256) if sha256 is not None else None
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
    if sha256 is not None:
        RECENT.put(sha256, copy, getsizeof(copy.html))
    return copy
