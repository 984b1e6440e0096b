"""What a rendered page is, and what stands for one that cannot be rendered: no parser in here, so
that a process which only asks a worker to render never loads one (14 MB).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from wiki.rendering import shapes
from wiki.rendering.toc import Heading
from wiki.text import front_matter
from wiki.text.tokens import count_words


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


def fallback(source: str) -> Rendered:
    """Return the escaped source as the page, for what cannot be rendered. Linear."""
    body = body_of(source)
    html = f'<pre class="source-fallback" tabindex="0">{escape(body, quote=False)}</pre>'
    return Rendered(html=html, toc=(), plain=body, links=(), words=count_words(body), failed=True)


def body_of(source: str) -> str:
    """Return the text behind the front matter, without signs that the parser uses itself."""
    text = source.encode("utf-8", "replace").decode()  # no lone surrogates
    text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(shapes.STX, "").replace(shapes.ETX, "")
    return front_matter.split(text)[1]
