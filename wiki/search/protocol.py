"""What a search engine must do. An index is a copy: it can be thrown away and made again.

Only public revisions are ever put in, so every document may be read by anybody; whoever shows
hits still asks the database, because a page may have gone since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from wiki.errors import WikiError
from wiki.search.query import Query

Progress = Callable[[int], None]  # called with the number of documents done so far


class IndexUnavailable(WikiError):
    """The index is missing or broken; it has to be rebuilt."""

    message = "The search index has to be made again."


class RebuildRunning(WikiError):
    """Another process is making the index at this moment."""

    message = "The search index is being made again already."


@dataclass(frozen=True, kw_only=True)
class Document:
    """The public revision of one page, in plain words.

    `text` has one block a line. `version` changes whenever the stored text may no longer be
    shown: an extract is shown only while it is the page's own.
    """

    page_id: int
    slug: str
    title: str
    text: str
    language: str = "en"
    kind: str = "page"
    headings: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of an extract; `marked` where it is a word that was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A page that was found. A higher score is a better one, within one answer only."""

    page_id: int
    slug: str
    title: str
    score: float
    language: str = "en"
    kind: str = "page"
    version: str = ""
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Results:
    """One page of hits. `total` counts all; `with_all_words` those that have every word."""

    total: int = 0
    with_all_words: int = 0
    total_is_exact: bool = True
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Title:
    """A page whose title resembles what was typed."""

    page_id: int
    slug: str
    title: str
    likeness: float  # 0 to 1


class SearchIndex(Protocol):
    """A search engine. Thread safe. Every method but `close` may raise IndexUnavailable."""

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        """Hits number `offset` to `offset + limit`, best first, with extracts.

        Order: the title is the query, the title has all words, the page has all words, the page
        has some; within each by BM25. A place past the end gives no hits. No query is an error.
        """
        ...

    def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Title, ...]:
        """Titles spelled like `text`, most alike first; nothing below a likeness of .3."""
        ...

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in, each in place of an older one of its page; all of them or none."""
        ...

    def remove(self, page_ids: Iterable[int]) -> None:
        """Take pages out. Pages that are not there are no error."""
        ...

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """Make a whole new index and swap it in; the old one answers until then.

        Returns the number of documents. RebuildRunning if somebody else does the same.
        """
        ...

    def versions(self) -> dict[int, str]:
        """The version of every document by page: what an update compares with the database."""
        ...

    def count(self) -> int:
        """The number of documents."""
        ...

    def tidy(self) -> None:
        """Whatever makes later answers cheaper; for a worker that has nothing else to do."""
        ...

    def close(self) -> None:
        """Give files and connections back. The index may not be used again."""
        ...
