"""A text that comes home from a file: what the file left out is put back; pure.

The words are those of the page's own text as it is now, so nothing returns that was taken back
since. In another wiki, where they never were, the lines that stand for them stay.
"""

from collections import Counter

from wiki.cases.schema import N_
from wiki.errors import InvalidInput
from wiki.voices.leaving import held_name, named
from wiki.voices.marks import marks, whole
from wiki.voices.modes import HELD_BACK


def returned(source: str, head: str) -> str:
    """The text with the passages that its file left out, from the page's present text.

    InvalidInput("source") for one that the page does not have, or that the file names twice:
    saving it would lose the words, or tell them in a place of somebody else's. Linear.
    """
    if HELD_BACK not in source:
        return source
    known, there = _passages(head)
    parts, place = [], 0
    for mark in marks(source):
        start, end = whole(source, mark)
        name = held_name(mark)
        if name is None or start < place:
            continue
        if there[name] > 0:  # the page itself has the words no more than the file
            there[name] -= 1
            continue
        words = known.pop(name, None)
        if words is None:
            raise _lost(name, mark.line)
        parts += [source[place:start], words]
        place = end
    return "".join([*parts, source[place:]])


def _passages(head: str) -> tuple[dict[str, str], Counter[str]]:
    """The passages of a text as a file names them, and the names that stand for others in it."""
    known, there = {}, Counter[str]()
    for mark, name in named(marks(head)):
        if held_name(mark) is not None:
            there[name] += 1
        else:
            start, end = whole(head, mark)
            known[name] = head[start:end]
    return known, there


def _lost(name: str, line: int) -> InvalidInput:
    return InvalidInput(
        "source",
        N_(
            "Line %(line)s stands for a passage that this page does not have any more, or for "
            "one a second time (passage=%(name)s). Take the page away once more, or take these "
            "lines out."
        ),
        {"line": line, "name": name},
    )
