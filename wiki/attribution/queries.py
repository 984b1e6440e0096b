"""Questions about whose words a revision is made of, and who set its fields."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.attribution import rows
from wiki.attribution.credit import Credit, fixer_of, origin_of
from wiki.attribution.fields import leaves
from wiki.attribution.models import AttributionState
from wiki.attribution.runs import Credits, runs_of
from wiki.attribution.spans import HeadForm, from_plain
from wiki.attribution.voice import voice_mask, words_by_origin


@dataclass(frozen=True, slots=True)
class Owned:
    """Tokens from `start` up to `stop` that have one owner. `origin`: the revision that first had
    them. `fixer`: the last one that mended a slip inside the word; None if there was none."""

    start: int
    stop: int
    origin: int
    fixer: int | None


@dataclass(frozen=True, slots=True)
class Set:
    """A value in the front matter and the revision that set it. `path` as in `fields.Leaf.shown`;
    value None: empty, or an explicit null."""

    path: str
    value: str | None
    number: int


def owned_spans(session: Session, page_id: int, number: int) -> list[Owned]:
    """The owners of all tokens of a revision, in order; tokens as `text.tokens` counts them.

    LookupError if the revision is not attributed. Cost: one SELECT for the head, three and a
    bounded chain for another revision.
    """
    return as_spans(credits_of(session, page_id, number))


def as_spans(credits: Sequence[Credit]) -> list[Owned]:
    """One credit a token as spans with their places."""
    spans = []
    start = 0
    for length, credit in runs_of(credits):
        spans.append(Owned(start, start + length, origin_of(credit), fixer_of(credit)))
        start += length
    return spans


def set_fields(session: Session, page_id: int, number: int, source: str) -> list[Set]:
    """Which revision set the present value of each field of a revision; `source` is its text.

    In the order written; none for a text without front matter. As `owned_spans`.
    """
    setters = _stored(session, page_id, number)[1]
    found = leaves(source)
    if len(setters) != len(found):  # recorded before fields were
        return []
    return [
        Set(leaf.shown, leaf.value, setter) for leaf, setter in zip(found, setters, strict=True)
    ]


def credits_of(session: Session, page_id: int, number: int) -> list[Credit]:
    """The credit of each token of a revision. As `owned_spans`."""
    return list(_stored(session, page_id, number)[0])


def origins_of(session: Session, page_id: int, number: int) -> list[int]:
    """The revision that each token of a revision comes from. As `owned_spans`."""
    return list(map(origin_of, credits_of(session, page_id, number)))


def shares(session: Session, page_id: int, number: int, source: str) -> Counter[int]:
    """Narrative words of this revision by the revision they come from; `source` is its text.

    Who wrote those revisions, and whose name is hidden, the caller joins at the time of reading.
    Cost: as `owned_spans`, and a walk over the tokens.
    """
    return words_by_origin(origins_of(session, page_id, number), voice_mask(source))


def _stored(session: Session, page_id: int, number: int) -> tuple[Credits, list[int]]:
    """The stored credits of tokens and setters of fields."""
    head = session.scalar(
        select(AttributionState.body).where(
            AttributionState.page_id == page_id, AttributionState.part == rows.HEAD
        )
    )
    form = _head_form(head)
    if form is not None and form.number == number:
        return from_plain(form.plain)
    of = rows.texts_of(session, page_id, [number]).get(number)
    old = rows.plain_spans(session, page_id, of.text_id) if of else None
    if old is None:
        raise LookupError(f"revision {number} of page {page_id} is not attributed")
    return from_plain(old)


def _head_form(stored: bytes | None) -> HeadForm | None:
    """None too where it is damaged, or of another version: the next save makes it anew."""
    try:
        return None if stored is None else HeadForm.from_bytes(stored)
    except ValueError:
        return None
