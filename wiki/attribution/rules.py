"""Who first wrote each token of a revision: the order in which a save asks.

1. Was this very text on the page before? Then each word belongs to whom it belonged then.
2. What was kept or moved: common ends, lines, sentences, seeds of three words, gaps.
3. What comes back from text deleted earlier, however long ago.
4. What is copied from elsewhere on the page.
5. The rest is new: it belongs to this revision.

Conventions: moving, reformatting and changing capitals take nothing from a word's owner; a word
replaced by another belongs to the replacer; every revision gets an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from wiki.attribution.alignment import Alignment, align
from wiki.attribution.board import Evidence
from wiki.attribution.lines import NOTHING, Reading, read_after
from wiki.attribution.memory import GRAM, Memory, marks
from wiki.attribution.returns import (
    NOBODY,
    Version,
    fill_copies,
    fill_from_lately,
    fill_from_memory,
)
from wiki.attribution.spans import Runs, runs_of
from wiki.attribution.voice import voice_mask

__all__ = ["Past", "State", "advance", "blank_state", "voice_mask"]

LATELY = 3  # texts before the head's that a save may be laid beside


class Past(Protocol):
    """The page's earlier revisions, wherever they are kept."""

    def origins(self, number: int) -> list[int]:
        """The origins of a revision's tokens. ValueError if they are not kept."""

    def version(self, number: int) -> Version | None:
        """A revision again; None if its text is gone."""


@dataclass(frozen=True, slots=True)
class State:
    """What one save needs: the head as read, and the memory of what was deleted before.

    `number` is the revision that first had the head's text. `memory` is carried on from state to
    state and changes with every advance: a state is used once. `lately` are the revisions that
    first had the texts of the revisions before the head, the newest first; `kin` are old
    revisions that the head got words back from.
    """

    number: int
    head: Version
    memory: Memory
    past: Past
    lately: Sequence[int] = ()
    kin: Sequence[int] = ()

    def runs(self) -> Runs:
        """The head's spans."""
        return runs_of(self.head.origins)


def blank_state(past: Past, memory: Memory | None = None) -> State:
    """The state of a page without a revision."""
    return State(0, Version(NOTHING, []), memory or Memory(), past)


def advance(state: State, text: str, number: int, first: int | None = None) -> State:
    """The state after revision `number` with this text.

    `first` is the first revision of the page with exactly this text, if there was one: then the
    state has its number and its origins; ValueError if those do not fit the text.
    Cost: the page's lines compared and its tokens copied at C speed; everything else is
    proportional to the change, and to at most four old revisions if text came back.
    """
    old = state.head
    reading, head, tail = read_after(text, old.reading)
    kin: Sequence[int] = ()
    if first is None:
        origins, alignment, kin = _trace(state, reading, number, head, tail)
    else:
        number, alignment = first, Alignment(head, tail, [])  # only its ends are asked for
        origins = old.origins if first == state.number else state.past.origins(first)
        if len(origins) != len(reading.words):
            raise ValueError(f"the spans of revision {first} do not fit its text")
    _remember(state, reading, alignment)
    lately = (state.number, *state.lately)[:LATELY]
    return State(number, Version(reading, origins), state.memory, state.past, lately, kin)


def _trace(
    state: State, reading: Reading, number: int, head: int, tail: int
) -> tuple[list[int], Alignment, Sequence[int]]:
    """The origin of each token of a text that is new to the page."""
    old = state.head
    evidence = Evidence(old.reading.words)
    alignment = align(old.reading, reading, evidence, head, tail)
    kin: list[int] = []
    origins = alignment.carry(old.origins, NOBODY)
    if NOBODY in origins:
        recall = state.past.version
        lately = [n for n in dict.fromkeys(state.lately) if n and n != state.number]
        kin += fill_from_lately(reading, origins, old.reading, lately, recall, evidence)
        kin += fill_from_memory(reading, origins, state.memory, recall, evidence)
    if NOBODY in origins:
        fill_copies(old, reading.words, origins, evidence)
    return [origin or number for origin in origins], alignment, kin


def _remember(state: State, new: Reading, alignment: Alignment) -> None:
    """Bury the marks that the change removed, and dig up those it brought back."""
    old = state.head.reading
    reach = GRAM - 1
    start = max(0, alignment.head - reach)
    stop = max(0, alignment.tail - reach)
    gone = marks(old.words[start : len(old.words) - stop])
    here = marks(new.words[start : len(new.words) - stop])
    now, then = set(here), set(gone)
    state.memory.unbury(now - then)
    state.memory.bury([mark for mark in gone if mark not in now], state.number)
