"""Who first wrote each token of a revision: the order in which a save asks.

1. Was this very text on the page before? Then each word belongs to whom it belonged then.
2. What was kept or moved: common ends, lines, sentences, seeds of three words, gaps.
3. What comes back from text deleted earlier, however long ago.
4. What is copied from elsewhere on the page.
5. The rest is new: it belongs to this revision.

Conventions: moving, reformatting and changing capitals take nothing from a word's owner; a word
replaced by another belongs to the replacer; every revision gets an answer.
"""

from dataclasses import dataclass
from typing import Protocol

from wiki.attribution.alignment import Alignment, align
from wiki.attribution.board import Evidence
from wiki.attribution.lines import NOTHING, Reading, read_after
from wiki.attribution.memory import GRAM, Memory, marks
from wiki.attribution.returns import NOBODY, Version, fill_copies, fill_from_memory
from wiki.attribution.spans import Runs, runs_of


class Past(Protocol):
    """The page's earlier revisions, wherever they are kept."""

    def find(self, text: str) -> int | None:
        """The first revision with exactly this text, if there is one."""

    def version(self, number: int) -> Version | None:
        """A revision again; None if its text is gone."""


@dataclass(frozen=True, slots=True)
class State:
    """What one save needs: the head as read, and the memory of what was deleted before.

    `number` is the revision that first had the head's text. `memory` is carried on from state to
    state and changes with every advance: a state is used once.
    """

    number: int
    head: Version
    memory: Memory
    past: Past

    def runs(self) -> Runs:
        """The head's spans."""
        return runs_of(self.head.origins)


def blank_state(past: Past, memory: Memory | None = None) -> State:
    """The state of a page without a revision."""
    return State(0, Version(NOTHING, []), memory or Memory(), past)


def advance(state: State, text: str, number: int) -> State:
    """The state after revision `number` with this text; its number says who first had the text.

    Cost: the page's lines compared and its tokens copied at C speed; everything else is
    proportional to the change, and to at most four old revisions if text came back.
    """
    old = state.head
    reading, head, tail = read_after(text, old.reading)
    first = state.past.find(text)
    before = state.past.version(first) if first is not None else None
    if first is not None and before is not None and len(before.origins) == len(reading.words):
        origins = before.origins
        number = first
        # only the changed stretch matters to the memory
        alignment = Alignment(head, tail, [])
    else:
        origins, alignment = _trace(state, reading, number, head, tail)
    _remember(state, reading, alignment)
    return State(number, Version(reading, origins), state.memory, state.past)


def _trace(
    state: State, reading: Reading, number: int, head: int, tail: int
) -> tuple[list[int], Alignment]:
    """The origin of each token of a text that is new to the page."""
    old = state.head
    evidence = Evidence(old.reading.words)
    alignment = align(old.reading, reading, evidence, head, tail)
    origins = alignment.carry(old.origins, NOBODY)
    if NOBODY in origins:
        fill_from_memory(reading, origins, state.memory, state.past.version, evidence)
    if NOBODY in origins:
        fill_copies(old, reading.words, origins, evidence)
    return [origin or number for origin in origins], alignment


def _remember(state: State, new: Reading, alignment: Alignment) -> None:
    """Bury the marks that the change removed, and dig up those it brought back."""
    old = state.head.reading
    reach = GRAM - 1
    start = max(0, alignment.head - reach)
    stop = max(0, alignment.tail - reach)
    gone = {mark for _, mark in marks(old.words[start : len(old.words) - stop])}
    here = {mark for _, mark in marks(new.words[start : len(new.words) - stop])}
    state.memory.unbury(here - gone)
    state.memory.bury(gone - here, state.number)
