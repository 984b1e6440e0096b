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
from wiki.attribution.credit import NOBODY
from wiki.attribution.lines import NOTHING, Reading, read_after
from wiki.attribution.memory import GRAM, Memory, marks
from wiki.attribution.returns import Gap, fill_copies, fill_from_lately, fill_from_memory
from wiki.attribution.setters import remember_fields, setters_after
from wiki.attribution.version import Version, restored
from wiki.attribution.voice import voice_mask

__all__ = ["Past", "State", "advance", "blank_state", "voice_mask"]

LATELY = 3  # texts before the head's that a save may be laid beside


class Past(Protocol):
    """The page's earlier revisions, wherever they are kept."""

    def spans(self, number: int) -> bytes:
        """The plain spans of a revision. ValueError if they are not kept."""

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
        version, alignment, kin = _trace(state, reading, number, (head, tail))
    else:
        number, alignment = first, Alignment(head, tail, [], [])  # only its ends are asked for
        version = (
            Version(reading, old.credits, old.setters)
            if first == state.number
            else restored(reading, state.past.spans(first))
        )
    _remember(state, reading, alignment)
    remember_fields(state.memory, old, version)
    lately = (state.number, *state.lately)[:LATELY]
    return State(number, version, state.memory, state.past, lately, kin)


def _trace(
    state: State, reading: Reading, number: int, ends: tuple[int, int]
) -> tuple[Version, Alignment, Sequence[int]]:
    """The credit of each token, and the setter of each field, of a text new to the page."""
    old = state.head
    evidence = Evidence(old.reading.words)
    alignment = align(old.reading, reading, evidence, *ends)
    kin: list[int] = []
    credits = alignment.carry(old.credits, number)
    if NOBODY in credits:
        recall = state.past.version
        lately = [n for n in dict.fromkeys(state.lately) if n and n != state.number]
        gap = Gap(reading, credits, evidence, number)
        kin += fill_from_lately(gap, old.reading, lately, recall)
        kin += fill_from_memory(gap, state.memory, recall)
        if NOBODY in credits:
            fill_copies(gap, old)
        credits = [credit or number for credit in credits]
    setters = setters_after(old, reading, number, state.memory, state.past.version)
    return Version(reading, credits, setters), alignment, kin


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
