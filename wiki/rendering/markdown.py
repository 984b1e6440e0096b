"""Markdown to what a page needs: safe HTML, contents, plain text, links.

Nothing typed by a person is parsed outside a worker process that can be killed: call
`worker.Renderer`, not `render`, for what people send.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from wiki.rendering import sanitize, shapes
from wiki.rendering.dialect import parser
from wiki.rendering.finish import finish
from wiki.rendering.plain import plain_text
from wiki.rendering.toc import Heading
from wiki.rendering.tree import parse, serialize
from wiki.rendering.version import RENDERER_VERSION
from wiki.text import front_matter, tokens

__all__ = ["RENDERER_VERSION", "Heading", "Rendered", "TooLarge", "fallback", "render"]

_MAX_GROWTH = 30  # bytes of HTML for one of source, before cleaning; a sane page has 2
_FREE_GROWTH = 50_000  # small sources may grow by more, up to this many characters


class TooLarge(ValueError):
    """The source would make a page many times its own size."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as stored. `html` is safe without a CSP; `failed` says it is only the source.

    `toc` holds the headings in order; `plain` has one block a line; `links` are slugs of wiki
    links in order of first use; `words` counts the word tokens of `plain`.
    """

    html: str
    toc: tuple[Heading, ...]
    plain: str
    links: tuple[str, ...]
    words: int
    failed: bool = False


def render(source: str, *, language: str = "en") -> Rendered:
    """Render the body of `source`; `language` is the BCP 47 tag of the text.

    Front matter is left out. Raises TooLarge, and on hostile input RecursionError or
    MemoryError; may take very long then. Cost on one core: 2 ms a kilobyte of ordinary text.
    """
    body = _body(source)
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
        words=_count(plain),
    )


def fallback(source: str) -> Rendered:
    """Return the escaped source as the page, for what cannot be rendered. Linear."""
    body = _body(source)
    html = f'<pre class="source-fallback" tabindex="0">{escape(body, quote=False)}</pre>'
    return Rendered(html=html, toc=(), plain=body, links=(), words=_count(body), failed=True)


def _body(source: str) -> str:
    text = source.encode("utf-8", "replace").decode()  # no lone surrogates
    text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(shapes.STX, "").replace(shapes.ETX, "")
    return front_matter.split(text)[1]


def _count(plain: str) -> int:
    return sum(1 for token in tokens.tokens(plain) if tokens.is_word(token))
