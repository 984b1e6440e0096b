"""Links between pages: `[[Title]]`, `[[Title|label]]`, `[[Title#Heading]]`, `[[#Heading]]`."""

import re
from dataclasses import dataclass

from wiki.text.code_spans import code_spans, masked
from wiki.text.slugs import TITLE_LENGTH, TitleError, slugify
from wiki.text.tokens import Span

LABEL_LENGTH = 300  # characters; of a heading too
_LINK = re.compile(
    rf"\[\[(?P<title>[^\[\]|#\\\n]{{0,{TITLE_LENGTH}}}+)"
    rf"(?:\#(?P<fragment>[^\[\]|\\\n]{{1,{LABEL_LENGTH}}}+))?"
    rf"(?:\\?\|(?P<label>[^\[\]\n]{{0,{LABEL_LENGTH}}}+))?\]\]"
)
_ESCAPED = re.compile(r"\\[\\\[\]]")
_NOT_IN_TITLE = re.compile(r"[\[\]|#\\`]")


@dataclass(frozen=True)
class WikiLink:
    """A link as it stands in a body, from `start` to `end`, brackets included.

    `slug` is "" for a heading of the same page. `label` is what the reader sees: what follows the
    bar, else the title, else the heading. In a table the bar may be written `\\|`.
    """

    start: int
    end: int
    title: str
    slug: str
    fragment: str | None
    label: str


def find(body: str) -> list[WikiLink]:
    """The links of a body, in order; not those in code, nor after a backslash, nor whose title
    has no letter and no digit. Cost: linear, on hostile input too; 10 ms for 2,000 links.
    """
    if "[[" not in body:
        return []
    spans = code_spans(body) if "`" in body or "~~~" in body or _may_indent(body) else []
    visible = masked(body, spans)
    if "\\" in visible:
        visible = _ESCAPED.sub("\n\n", visible)
    links = (_link(match) for match in _LINK.finditer(visible))
    return [link for link in links if link is not None]


def rename(body: str, old_slug: str, new_title: str) -> str:
    """The body with its links to `old_slug` leading to `new_title`; labels and headings stay.

    A title with [, ], |, #, ` or \\ cannot stand in a link: its slug does, and if the link had no
    label the title becomes it, less those characters. TitleError if the title has no slug. Cost:
    linear.
    """
    new_slug = slugify(new_title)
    plain = _NOT_IN_TITLE.search(new_title) is None and len(new_title) <= TITLE_LENGTH
    parts: list[str] = []
    place = 0
    for link in find(body):
        if link.slug != old_slug:
            continue
        start, end = _title_span(body, link)
        rest = body[end : link.end]
        if not plain and "|" not in rest:
            shown = " ".join(_NOT_IN_TITLE.sub(" ", new_title).split())[:LABEL_LENGTH]
            rest = f"{rest[:-2]}|{shown}]]"
        parts += (body[place:start], new_title if plain else new_slug, rest)
        place = link.end
    return "".join([*parts, body[place:]])


def _link(match: re.Match[str]) -> WikiLink | None:
    title = " ".join(match["title"].split())
    fragment = " ".join((match["fragment"] or "").split()) or None
    try:
        slug = slugify(title) if title else ""
        if fragment is not None:
            slugify(fragment)
    except TitleError:
        return None
    if not title and fragment is None:
        return None
    label = " ".join((match["label"] or "").split()) or title or fragment or ""
    return WikiLink(match.start(), match.end(), title, slug, fragment, label)


def _title_span(body: str, link: WikiLink) -> Span:
    start = link.start + 2
    end = min(place for place in (body.find(sign, start) for sign in "\\#|]") if place >= 0)
    return start, end


def _may_indent(body: str) -> bool:
    return "\n    " in body or "\t" in body or body.startswith("    ")
