"""What is done to the cleaned tree: headings, links, pictures, tables, tasks, direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from wiki.rendering import sanitize
from wiki.rendering.addresses import page_address, section_id
from wiki.rendering.phrases import Phrases, is_right_to_left, phrases
from wiki.rendering.plain import is_added
from wiki.rendering.toc import Heading, UniqueIds, levels
from wiki.rendering.tree import BLOCKS, Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DIRECTED = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "caption", "figcaption"}
    | {"summary", "pre"}
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NOTE_NUMBER = re.compile(r"#fn(?:ref[0-9]*)?-([0-9]+)")


@dataclass(slots=True)
class Finished:
    """What was learned on the way: headings in order, slugs in order of first use."""

    headings: list[Heading] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)


def finish(root: Element, *, language: str) -> Finished:
    """Change `root` in place into the page as it will be shown. Linear in its size."""
    words = phrases(language)
    ids = UniqueIds()
    result = Finished()
    for element in root.walk():
        _keep_id_once(element, ids)
    _headings(root, ids, result)
    for element in root.walk():
        if element.name == "a":
            _link(element, ids, words, result)
    _rewrite(root, words, in_link=False, in_paragraph=False)
    _name_tables(root, words)
    _direct(root, always=is_right_to_left(language))
    return result


def _keep_id_once(element: Element, ids: UniqueIds) -> None:
    wanted = element.attrs.get("id")
    if wanted is None:
        return
    if element.name in _HEADINGS or wanted in ids:
        del element.attrs["id"]
    else:
        ids.claim(wanted)


def _headings(root: Element, ids: UniqueIds, result: Finished) -> None:
    found = [element for element in root.walk() if element.name in _HEADINGS]
    for element, level in zip(found, levels(int(e.name[1]) for e in found), strict=True):
        text = " ".join(_own_words(element).split())
        element.name = f"h{level}"
        element.attrs["id"] = ids.claim(section_id(text))
        result.headings.append(Heading(level, element.attrs["id"], text))


def _own_words(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "" if is_added(child) else _own_words(child)
        for child in element.children
    )


def _link(anchor: Element, ids: UniqueIds, words: Phrases, result: Finished) -> None:
    address = anchor.attrs.get("href", "")
    slug = anchor.attrs.get("data-slug")
    if slug is not None or "wiki-link" in anchor.classes:
        if slug and address.partition("#")[0] == page_address(slug, None):
            anchor.attrs["class"] = "wiki-link"
            result.links.setdefault(slug)
        else:  # typed by hand to look like a link into the wiki
            anchor.attrs.pop("data-slug", None)
            anchor.attrs.pop("class", None)
    if sanitize.is_foreign(address):
        anchor.attrs["rel"] = "nofollow noopener ugc"
    elif address.startswith("#"):
        _inner_link(anchor, address, ids, words)


def _inner_link(anchor: Element, address: str, ids: UniqueIds, words: Phrases) -> None:
    number = _NOTE_NUMBER.fullmatch(address)
    if number and "footnote-ref" in anchor.classes:
        anchor.attrs["aria-label"] = words.note.format(number[1])
    elif number and "footnote-backref" in anchor.classes:
        anchor.attrs.pop("title", None)
        anchor.attrs["aria-label"] = words.back.format(number[1])
    elif unquote(address[1:]) not in ids:
        section = section_id(unquote(address[1:]))
        if section in ids:
            anchor.attrs["href"] = page_address("", unquote(address[1:]))


def _rewrite(node: Element, words: Phrases, *, in_link: bool, in_paragraph: bool) -> None:
    for index, child in enumerate(node.children):
        if isinstance(child, str):
            continue
        if "data-list" in child.attrs and (in_link or in_paragraph):
            child.attrs = {}  # typed by hand, where no list can stand
        if child.name == "img":
            node.children[index] = _picture(child, words, in_link=in_link)
            continue
        _rewrite(
            child,
            words,
            in_link=in_link or child.name == "a",
            in_paragraph=child.name == "p" or (in_paragraph and child.name not in BLOCKS),
        )
        node.children[index] = _drawn(child, words, in_paragraph=in_paragraph)


def _drawn(element: Element, words: Phrases, *, in_paragraph: bool) -> Element:
    if element.name in {"td", "th"} and "align" in element.attrs:
        element.attrs["class"] = f"align-{element.attrs.pop('align')}"
    elif element.name == "span" and "task" in element.classes:
        _task(element, words)
    elif element.name == "div" and "footnote" in element.classes:
        element.attrs["class"] = "footnotes"
    elif in_paragraph:
        return element  # a block here would end the paragraph
    elif element.name == "table":
        attrs = {"class": "table-scroll", "tabindex": "0", "role": "region"}
        return Element("div", attrs, [element])
    elif element.name in _HEADINGS:
        return _linked_heading(element, words)
    return element


def _name_tables(root: Element, words: Phrases) -> None:
    """Give each scrolling table a name of its own: regions are a list to choose from."""
    tables = (element for element in root.walk() if "table-scroll" in element.classes)
    for number, table in enumerate(tables, start=1):
        table.attrs["aria-label"] = words.table.format(number)


def _task(span: Element, words: Phrases) -> None:
    done = "task-done" in span.classes
    span.attrs = {"class": "task task-done" if done else "task"}
    span.children = [
        Element("span", {"class": "task-mark", "aria-hidden": "true"}, ["☑" if done else "☐"]),
        Element("span", {"class": "visually-hidden"}, [words.done if done else words.to_do]),
        " ",
    ]


def _linked_heading(heading: Element, words: Phrases) -> Element:
    """Put the link beside the heading, so that it is no part of the heading's name."""
    title = " ".join(_own_words(heading).split())
    link = Element(
        "a",
        {
            "class": "heading-link",
            "href": f"#{heading.attrs['id']}",
            "aria-label": words.section_link.format(title),
        },
        ["#"],
    )
    return Element("div", {"class": "heading"}, [heading, link])


def _picture(image: Element, words: Phrases, *, in_link: bool) -> Element:
    source = image.attrs.get("src", "")
    if sanitize.is_own_picture(source):
        image.attrs.setdefault("alt", "")
        image.attrs["loading"] = "lazy"
        return image
    label: list[Element | str] = [image.attrs.get("alt") or words.picture]
    if in_link or not source:
        return Element("span", {"class": "remote-image"}, label)
    attrs = {"class": "remote-image", "href": source}
    if sanitize.is_foreign(source):
        attrs["rel"] = "nofollow noopener ugc"
    return Element("a", attrs, label)


def _direct(node: Element, *, always: bool) -> bool:
    """Mark blocks that hold right-to-left script; return whether text outside blocks does."""
    inline = False
    for child in node.children:
        if isinstance(child, str):
            inline = inline or _RIGHT_TO_LEFT.search(child) is not None
        else:
            inside = _direct(child, always=always)
            inline = inline or (inside and child.name not in BLOCKS)
    if node.name in _DIRECTED and (inline or always):
        node.attrs.setdefault("dir", "auto")
    return inline
