"""Who first wrote each token of a revision: the order in which a save asks.

1. Was this very text on the page before? Then each word belongs to whom it belonged then.
2. What was kept or moved: common ends, lines, sentences, seeds of three words, gaps.
3. If much is unknown: what was kept of a revision set aside, as after a vandal's save.
4. What comes back from text deleted earlier, however long ago.
5. What is copied from elsewhere on the page.
6. The rest is new: it belongs to this revision.

Conventions: moving, reformatting and changing capitals take nothing from a word's owner; mending
a slip inside a word neither; a word replaced by another belongs to the replacer; every revision
gets an answer.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from wiki.attribution.alignment import Alignment, align
from wiki.attribution.board import Evidence
from wiki.attribution.copies import fill_copies
from wiki.attribution.forgetting import ASIDE, bury_aside, lines_lost, lose
from wiki.attribution.lines import NOTHING, Reading, read_after
from wiki.attribution.memory import HeldMemory, Memory
from wiki.attribution.returns import Gap, fill_from_aside, fill_from_memory
from wiki.attribution.runs import Credits
from wiki.attribution.setters import remember_fields, setters_after
from wiki.attribution.version import Version

__all__ = ["Past", "State", "advance", "blank_state"]

_RECOUNT = 4000  # tokens of a change from which on the page's words are counted anew


class Past(Protocol):
    """The page's earlier revisions, wherever they are kept."""

    def again(self, number: int, reading: Reading) -> Version:
        """A revision whose text, as read, is on the page again. ValueError if its spans are not
        kept or do not fit the text."""

    def version(self, number: int) -> Version | None:
        """A revision again; None if its text is gone."""


class State(NamedTuple):
    """What one save needs: the head as read, and the memory of what was deleted before.

    `number` is the revision that first had the head's text. `memory` and `counts` are carried on
    from state to state and change with every advance: a state is used once. `aside` are revisions
    that lost much at once, the newest first. `counts`: how often each folded token stands in the
    head; None: not counted yet.
    """

    number: int
    head: Version
    memory: Memory
    past: Past
    aside: Sequence[int] = ()
    counts: Counter[str] | None = None


def blank_state(past: Past, memory: Memory | None = None) -> State:
    """The state of a page without a revision."""
    return State(0, Version(NOTHING, Credits()), memory or HeldMemory(), past)


def advance(state: State, text: str, number: int, first: int | None = None) -> State:
    """The state after revision `number` with this text.

    `first` is the first revision of the page with exactly this text, if there was one: then the
    state has its number and its credits; ValueError if those do not fit the text.
    Cost: the page's lines compared and its tokens copied at C speed; everything else is
    proportional to the change, and to a revision set aside if much came back at once.
    """
    if first is not None and first == state.number:
        return state
    old, recall = state.head, state.past.version
    reading, head, tail = read_after(text, old.reading)
    if first is None:
        evidence = Evidence(old.reading.words, state.counts)
        alignment = align(old.reading, reading, evidence, head, tail)
        version = _found(state, reading, number, evidence, alignment)
        lost = alignment.lost
        counts = _recounted(evidence.known, *_exchanged(old.reading, reading, alignment))
    else:
        number = first
        version = state.past.again(first, reading)
        counts = _recounted(state.counts, *_between(old.reading, reading, head, tail))
        lost = lines_lost(old, set(reading.lines))
    aside = lose(state.memory, old, lost, state.aside, state.number)
    if aside is state.aside or len(aside) > ASIDE:
        leaving = aside if aside is state.aside else aside[ASIDE:]
        bury_aside(state.memory, leaving, reading, recall)
        aside = [other for other in aside if other not in leaving]
    remember_fields(state.memory, old, version)
    reading.learn_signs(old.reading, head, tail)
    return State(number, version, state.memory, state.past, aside, counts)


def _found(
    state: State, reading: Reading, number: int, evidence: Evidence, alignment: Alignment
) -> Version:
    """The credit of each token, and the setter of each field, of a text new to the page."""
    old, recall = state.head, state.past.version
    ends = alignment.head, alignment.tail
    gap = Gap(
        reading, *ends, alignment.carry(old.credits, number), evidence, number, alignment.gained
    )
    if gap.open:
        if state.aside and not (gap.is_large() and fill_from_aside(gap, old, state.aside, recall)):
            bury_aside(state.memory, state.aside, old.reading, recall)
        fill_from_memory(gap, state.memory)
        fill_copies(gap, old)
        for start, stop in gap.open:
            gap.own(start, [number] * (stop - start))
    setters = setters_after(old, reading, number, state.memory)
    return Version(reading, old.credits.replaced(gap.head, gap.tail, gap.credits), setters)


def _exchanged(old: Reading, new: Reading, alignment: Alignment) -> tuple[list[str], list[str]]:
    """The tokens that an alignment takes out of the old text and puts into the new one."""
    gone = [word for start, stop in alignment.lost for word in old.words[start:stop]]
    came = [word for start, stop in alignment.gained for word in new.words[start:stop]]
    for at in alignment.mended:
        came.append(new.words[at])
        gone.append(old.words[alignment.head + alignment.source[at - alignment.head]])
    return gone, came


def _between(old: Reading, new: Reading, head: int, tail: int) -> tuple[list[str], list[str]]:
    """The tokens of both texts between their common ends."""
    return old.words[head : len(old.words) - tail], new.words[head : len(new.words) - tail]


def _recounted(
    counts: Counter[str] | None, gone: list[str], came: list[str]
) -> Counter[str] | None:
    """The counts after tokens were exchanged; None where counting anew is cheaper."""
    if counts is None or len(gone) + len(came) > _RECOUNT:
        return None
    if came:
        counts.update(came)
    for word in gone:
        left = counts[word] - 1
        if left:
            counts[word] = left
        else:
            counts.pop(word)
    return counts
