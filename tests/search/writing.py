"""Short ways to write documents and to ask for them."""

from wiki.search.protocol import Document, SearchIndex
from wiki.search.query import parse


def document(page_id, title, text="", **more):
    """A document whose address is its title in small letters."""
    slug = title.lower().replace(" ", "-")
    return Document(page_id=page_id, slug=slug, title=title, text=text, **more)


def found(index: SearchIndex, typed: str, **place):
    """The page numbers of the hits, best first."""
    return [hit.page_id for hit in index.search(parse(typed), **place).hits]


def marked(index: SearchIndex, typed: str):
    """The marked words of the first hit's extract."""
    hit = index.search(parse(typed)).hits[0]
    return [piece.text for piece in hit.snippet if piece.marked]
