"""Where the spans and the state of one page are kept: in the database, or in a draft that is
written there at once.

A draft is made without holding up anybody who saves: it reads texts and writes nothing until the
page is done, so that two pages can be worked on at the same time.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wiki.attribution import rows
from wiki.attribution.models import Attribution, AttributionState
from wiki.attribution.spans import VERSION, unpack


class Shelf:
    """The rows of one page."""

    def __init__(self, session: Session, page_id: int) -> None:
        self.session = session
        self.page_id = page_id
        self._stored: set[int] = set()  # parts of the state that have a row

    def texts(self, numbers: Iterable[int]) -> dict[int, rows.TextOf]:
        """The texts of some revisions, by number. One SELECT."""
        return rows.texts_of(self.session, self.page_id, numbers)

    def text(self, number: int) -> rows.TextOf:
        """The text of one revision. ValueError if there is none."""
        found = self.texts([number])
        if number not in found:
            raise ValueError(f"page {self.page_id} has no revision {number}")
        return found[number]

    def plain(self, text_id: int) -> bytes | None:
        """The plain spans of a text; None if it was never recorded."""
        return rows.plain_spans(self.session, self.page_id, text_id)

    def ancestor(self, text_id: int, depth: int) -> int:
        """The text of this depth on a text's chain."""
        return rows.ancestor_of(self.session, self.page_id, text_id, depth)

    def add(
        self, text_id: int, *, number: int, base_id: int | None, depth: int, body: bytes
    ) -> None:
        """Keep the spans of a text that is new to the page."""
        rows.add_spans(
            self.session,
            self.page_id,
            text_id,
            number=number,
            base_id=base_id,
            depth=depth,
            body=body,
        )

    def parts(self, parts: Iterable[int]) -> dict[int, bytes]:
        """Those of these parts of the state that exist. One SELECT."""
        found = rows.state_parts(self.session, self.page_id, parts)
        self._stored.update(found)
        return found

    def put(self, parts: Mapping[int, bytes]) -> None:
        """Store parts of the state; those that exist were asked for before."""
        rows.put_parts(self.session, self.page_id, parts, self._stored)
        self._stored.update(parts)


class Draft(Shelf):
    """The rows of one page as they will be."""

    def __init__(self, session: Session, page_id: int) -> None:
        super().__init__(session, page_id)
        self._spans: dict[int, tuple[int, int | None, int, bytes]] = {}
        self._parts: dict[int, bytes] = {}

    def texts(self, numbers: Iterable[int]) -> dict[int, rows.TextOf]:
        """As the shelf's, but recorded is what this draft has recorded."""
        found = {}
        for number, of in super().texts(numbers).items():
            first, _, depth, _ = self._spans.get(of.text_id, (None, None, 0, b""))
            found[number] = rows.TextOf(of.text_id, of.sha256, first, depth)
        return found

    def plain(self, text_id: int) -> bytes | None:
        """The plain spans of a text; None if it was never recorded."""
        chain = []
        at: int | None = text_id
        while at is not None and at in self._spans:
            _, at, _, body = self._spans[at]
            chain.append(body)
        plain: bytes | None = None
        for body in reversed(chain):
            plain = unpack(body, plain)
        return plain

    def ancestor(self, text_id: int, depth: int) -> int:
        """The text of this depth on a text's chain."""
        _, base, steps, _ = self._spans[text_id]
        while base is not None and steps > depth:
            text_id = base
            _, base, steps, _ = self._spans[text_id]
        return text_id

    def add(
        self, text_id: int, *, number: int, base_id: int | None, depth: int, body: bytes
    ) -> None:
        """Keep the spans of a text that is new to the page."""
        self._spans[text_id] = (number, base_id, depth, body)

    def parts(self, parts: Iterable[int]) -> dict[int, bytes]:
        """Those of these parts of the state that exist."""
        return {part: self._parts[part] for part in parts if part in self._parts}

    def put(self, parts: Mapping[int, bytes]) -> None:
        """Store parts of the state."""
        self._parts.update(parts)

    def write(self) -> None:
        """Put the draft in the place of all rows of the page. Four statements."""
        rows.delete_rows(self.session, self.page_id)
        spans = [
            {
                "page_id": self.page_id,
                "text_id": text_id,
                "number": number,
                "base_id": base_id,
                "depth": depth,
                "version": VERSION,
                "body": body,
            }
            for text_id, (number, base_id, depth, body) in self._spans.items()
        ]
        parts = [
            {"page_id": self.page_id, "part": part, "body": body}
            for part, body in self._parts.items()
        ]
        for table, values in ((Attribution, spans), (AttributionState, parts)):
            if values:
                self.session.execute(insert(table), values)
