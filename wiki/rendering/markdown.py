"""Markdown to what a page needs: safe HTML, contents, plain text, links.

Nothing typed by a person is parsed outside a worker process that can be killed: call
`worker.Renderer`, not `render`, for what people send.
"""

from __future__ import annotations

from wiki.rendering import sanitize
from wiki.rendering.dialect import parser
from wiki.rendering.finish import finish
from wiki.rendering.plain import plain_text
from wiki.rendering.rendered import Rendered, body_of, fallback
from wiki.rendering.toc import Heading
from wiki.rendering.tree import parse, serialize
from wiki.rendering.version import RENDERER_VERSION
from wiki.text.tokens import count_words

__all__ = ["RENDERER_VERSION", "Heading", "Rendered", "TooLarge", "fallback", "render"]

_MAX_GROWTH = 30  # bytes of HTML for one of source, before cleaning; a sane page has 2
_FREE_GROWTH = 50_000  # small sources may grow by more, up to this many characters


class TooLarge(ValueError):
    """The source would make a page many times its own size."""


def render(source: str, *, language: str = "en") -> Rendered:
    """Render the body of `source`; `language` is the BCP 47 tag of the text.

    Front matter is left out. Raises TooLarge, and on hostile input RecursionError or
    MemoryError; may take very long then. Cost on one core: 0.35 ms a kilobyte of ordinary text.
    """
    body = body_of(source)
    raw = parser().convert(body)
    if len(raw) > _FREE_GROWTH + _MAX_GROWTH * len(body):
        raise TooLarge(f"{len(body)} characters became {len(raw)}")
    root = parse(sanitize.first_pass(raw))
    finished = finish(root, language=language)
    plain = plain_text(root)
    return Rendered(
        html=sanitize.last_word(serialize(root)),
        toc=tuple(finished.headings),
        plain=plain,
        links=tuple(finished.links),
        words=count_words(plain),
    )
