"""Who speaks how many words of a text: by marks where there are any, else its writers; pure."""

from collections import Counter
from collections.abc import Sequence

from wiki.text.tokens import token_spans
from wiki.voices.marks import Mark, marks, stands_for_others

WRITTEN = "direct_written"
DESK = "reported_from_document"  # what somebody at a desk tells from documents


def count(
    source: str, mask: Sequence[bool], writers: Sequence[str], *, desk: bool
) -> list[tuple[str, str, int]]:
    """(speaker, mode, words) of the narrative, in a fixed order; a speaker is the key of a voice,
    or who wrote words that no mark stands around.

    For each token of the source, `mask` says whether it counts and `writers` who wrote it. `desk`:
    the page is a desk summary, so what its writers say for themselves is reported. Words that a
    machine translated are nobody's, and so is what stands in the place of others. ValueError
    if the lengths differ. Linear.
    """
    found = marks(source)
    own = DESK if desk else WRITTEN
    counts: Counter[tuple[str, str]] = Counter()
    for (start, _), counted, writer in zip(token_spans(source), mask, writers, strict=True):
        if not counted:
            continue
        inner = _around(found, start)
        if inner is None:
            counts[writer, own] += 1
        elif inner.attributes.get("machine") != "yes" and not stands_for_others(inner):
            counts[inner.by, inner.mode] += 1
    return sorted((speaker, mode, words) for (speaker, mode), words in counts.items())


def _around(found: Sequence[Mark], place: int) -> Mark | None:
    """The innermost mark around a place."""
    inner = None
    for mark in found:
        if mark.start > place:
            break
        if place < mark.end:
            inner = mark
    return inner
