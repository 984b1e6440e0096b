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
    the page is a desk summary, so what its writers say for themselves is reported. Words that are
    nobody's count for nobody. ValueError if the lengths differ. Linear.
    """
    found = marks(source)
    own = DESK if desk else WRITTEN
    if not found:
        by = Counter(writer for writer, counted in zip(writers, mask, strict=True) if counted)
        return sorted((speaker, own, words) for speaker, words in by.items())
    counts: Counter[tuple[str, str]] = Counter()
    for (start, _), counted, writer in zip(token_spans(source), mask, writers, strict=True):
        if not counted:
            continue
        inner = _around(found, start)
        if inner is None:
            counts[writer, own] += 1
        elif not nobodys(inner):
            counts[inner.by, inner.mode] += 1
    return sorted((speaker, mode, words) for (speaker, mode), words in counts.items())


def nobodys(mark: Mark) -> bool:
    """Whether the words of a passage are nobody's: a machine translated them, or they stand in the
    place of others."""
    return mark.attributes.get("machine") == "yes" or stands_for_others(mark)


def somebodys(source: str, mask: Sequence[bool]) -> list[bool]:
    """The mask without the tokens of such passages: who typed those has no voice in them. Linear.

    ValueError if there is not one for each token.
    """
    found = marks(source)
    if not any(map(nobodys, found)):
        return list(mask)
    return [
        counts and ((inner := _around(found, start)) is None or not nobodys(inner))
        for (start, _), counts in zip(token_spans(source), mask, strict=True)
    ]


def _around(found: Sequence[Mark], place: int) -> Mark | None:
    """The innermost mark around a place."""
    inner = None
    for mark in found:
        if mark.start > place:
            break
        if place < mark.end:
            inner = mark
    return inner
