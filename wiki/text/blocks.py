"""Blocks of a Markdown source, and what a block was in an earlier text.

A block is what people call a paragraph: lines between empty ones, a heading, one item of a list,
one row of a table. Pure, for following one passage back through the revisions of its page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wiki.text.tokens import Span, fold, is_word, tokens

ALIKE = 0.5  # share of words in common (Dice) from which two blocks are versions of each other
_OWN_LINE = re.compile(r"[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|[|#>]|:[ \t])")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")


def block_spans(text: str) -> list[Span]:
    """(start, end) of each block in order, without the line ends around it. Linear."""
    spans: list[Span] = []
    open_ = False
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if not line.strip():
            open_ = False
        elif not open_ or _OWN_LINE.match(line):
            spans.append((at, end))
            open_ = _HEADING.match(line) is None
        else:
            spans[-1] = (spans[-1][0], end)
        at = end + 1
    return spans


def blocks_of(text: str) -> list[str]:
    """The blocks of a text in order. Linear."""
    return [text[start:end] for start, end in block_spans(text)]


def block_around(text: str, start: int, end: int) -> Span | None:
    """The span from the first to the last block that this stretch of the text touches."""
    touched = [(a, b) for a, b in block_spans(text) if a < end and b > start]
    return (touched[0][0], touched[-1][1]) if touched else None


def begins_block(before: str, line: str) -> bool:
    """Whether a line that follows `before` begins a block or stands between blocks."""
    return (
        not before.strip()
        or not line.strip()
        or bool(_OWN_LINE.match(line) or _HEADING.match(before))
    )


def likeness(one: str, other: str) -> float:
    """Share of words in common, 0 to 1 (Dice's coefficient over words as they are compared)."""
    return _likeness(_words(one), _words(other))


def version_of(block: str, blocks: Sequence[str]) -> str | None:
    """The block of an earlier text that `block` is a version of: itself, else the one that
    shares most words with it; None if none shares half of them.

    Several blocks together (`block_around` may give a stretch of them) are looked for one by one.
    Cost: linear in the words of `blocks`, which are counted once for each block in this process.
    """
    if block in blocks:
        return block
    parts = blocks_of(block)
    if len(parts) > 1:
        found = [version_of(part, blocks) for part in parts]
        known = dict.fromkeys(part for part in found if part is not None)
        return "\n\n".join(known) if known else None
    mine = _words(block)
    best, score = None, ALIKE
    for other in blocks:
        alike = _likeness(mine, _words(other))
        if alike > score or (alike == score and best is None):
            best, score = other, alike
    return best


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words in common over all words of both (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@lru_cache(maxsize=4_096)
def _words(block: str) -> Counter[str]:
    return Counter(_folded(tokens(block)))


def _folded(found: Iterable[str]) -> Iterable[str]:
    return (fold(token) for token in found if is_word(token))
