"""A short text in its two versions as one line: what went, what came, and a little around it."""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from wiki.text.opcodes import Budget
from wiki.text.word_diff import Piece, compare_line

AROUND = 60  # characters kept on each side of a change


@dataclass(frozen=True, slots=True)
class Bit:
    """Part of the line. "gap": unchanged text that is left out; its text is empty."""

    kind: Literal["same", "gone", "came", "gap"]
    text: str = ""


def word_changes(old: str, new: str) -> list[Bit]:
    """Both versions in one line: the bits that are not "came", joined, are the old one but for
    gaps, those that are not "gone" the new one. Cost: as `compare_line`, bounded.
    """
    changes = compare_line(old, new, Budget())
    return _shortened(_woven(deque(changes.old), deque(changes.new)))


def _woven(old: deque[Piece], new: deque[Piece]) -> list[Bit]:
    bits: list[Bit] = []
    while old or new:
        while old and old[0].changed:
            bits.append(Bit("gone", old.popleft().text))
        while new and new[0].changed:
            bits.append(Bit("came", new.popleft().text))
        if old and new:
            bits.append(Bit("same", _common(old, new)))
        elif old or new:  # unchanged text on one side only: white space at an end
            (old or new).popleft()
    return bits


def _common(old: deque[Piece], new: deque[Piece]) -> str:
    """Take the unchanged text that both begin with; a piece may be cut in more parts than the
    other's."""
    left, right = old.popleft().text, new.popleft().text
    length = min(len(left), len(right))
    if left[length:]:
        old.appendleft(Piece(left[length:], False))
    if right[length:]:
        new.appendleft(Piece(right[length:], False))
    return right[:length]


def _shortened(bits: list[Bit]) -> list[Bit]:
    short: list[Bit] = []
    for place, bit in enumerate(bits):
        head = 0 if place == 0 and len(bits) > 1 else AROUND  # without a change, the beginning
        tail = 0 if place == len(bits) - 1 else AROUND
        if bit.kind != "same" or len(bit.text) <= head + tail + AROUND:
            short.append(bit)
            continue
        ahead = bit.text[:head].rsplit(" ", 1)[0]
        behind = bit.text[len(bit.text) - tail :].split(" ", 1)[-1] if tail else ""
        parts = [Bit("same", ahead), Bit("gap"), Bit("same", behind)]
        short += [part for part in parts if part.text or part.kind == "gap"]
    return short
