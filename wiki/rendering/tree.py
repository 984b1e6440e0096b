"""A small tree of already cleaned HTML, so that later steps edit elements and not strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "wbr"})
_BLOCK_NAMES = (
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot"
    " tr th td hr details summary figure figcaption"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
MAX_DEPTH = 60  # deeper elements are dropped and their text kept: everything below may recurse


@dataclass(slots=True)
class Element:
    """One element; `children` holds elements and unescaped text in reading order."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The element's class names, in order; empty without a class attribute."""
        return self.attrs.get("class", "").split()

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def text(self) -> str:
        """Return all text below, in order, with nothing between."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root")
        self.stack = [self.root]
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.stack) >= MAX_DEPTH and tag not in VOID:
            self.dropped.append(tag)
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.dropped and self.dropped[-1] == tag:
            self.dropped.pop()
        elif len(self.stack) > 1 and self.stack[-1].name == tag:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def parse(html: str) -> Element:
    """Return the root of balanced HTML as a sanitiser writes it; end tags must match.

    Elements nested deeper than MAX_DEPTH lose their tags and keep their text. Linear.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def serialize(node: Element | str) -> str:
    """Return `node` as HTML; a root gives its children only."""
    out: list[str] = []
    _write(node, out)
    return "".join(out)


def _write(node: Element | str, out: list[str]) -> None:
    if isinstance(node, str):
        out.append(escape(node, quote=False))
        return
    if node.name == "#root":
        for child in node.children:
            _write(child, out)
        return
    out.append(start_tag(node))
    if node.name in VOID:
        return
    for child in node.children:
        _write(child, out)
    out.append(f"</{node.name}>")


def start_tag(node: Element) -> str:
    """Return the opening tag of `node` with every attribute value escaped."""
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    return f"<{node.name}{attrs}>"
