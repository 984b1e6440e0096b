"""Questions about whose words a revision is made of."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.attribution import rows
from wiki.attribution.models import AttributionState
from wiki.attribution.spans import Runs, from_bytes, read_head_form
from wiki.attribution.spans import origins_of as unfold
from wiki.attribution.voice import voice_mask, words_by_origin


def spans_of(session: Session, page_id: int, number: int) -> Runs:
    """The spans of a revision: (tokens, revision of origin) in order.

    LookupError if it has none. Cost: one SELECT for the head, three and a bounded chain for
    another revision.
    """
    head = session.scalar(
        select(AttributionState.body).where(
            AttributionState.page_id == page_id, AttributionState.part == rows.HEAD
        )
    )
    if head is not None:
        recorded, _, plain = read_head_form(head)
        if recorded == number:
            return from_bytes(plain)
    of = rows.texts_of(session, page_id, [number]).get(number)
    old = rows.plain_spans(session, page_id, of.text_id) if of else None
    if old is None:
        raise LookupError(f"revision {number} of page {page_id} is not attributed")
    return from_bytes(old)


def origins_of(session: Session, page_id: int, number: int) -> list[int]:
    """The revision that each token of a revision comes from. As `spans_of`."""
    return unfold(spans_of(session, page_id, number))


def shares(session: Session, page_id: int, number: int, source: str) -> Counter[int]:
    """Narrative words of this revision by the revision they come from; `source` is its text.

    Who wrote those revisions, and whose name is hidden, the caller joins at the time of reading.
    Cost: as `spans_of`, and a walk over the tokens.
    """
    return words_by_origin(origins_of(session, page_id, number), voice_mask(source))
