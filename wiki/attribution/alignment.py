"""Laying a new text beside an old one: which old token, if any, each new token is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiki.attribution.board import Board, Evidence
from wiki.attribution.credit import NOBODY, Credit, mended
from wiki.attribution.gaps import match_gaps
from wiki.attribution.lines import Reading, common_ends, holes
from wiki.attribution.respelling import match_respelt
from wiki.attribution.runs import Credits
from wiki.attribution.seeds import match_seeds
from wiki.attribution.segments import ENDS, Segment, pair_segments

_SCRAP = 3  # tokens at the edge of a change that prove nothing
_SLIDE = 60  # tokens an ambiguous edge may slide


class Alignment(NamedTuple):
    """`head` tokens in common at the start, `tail` at the end; between them `source` names for
    each new token its place between the old ends, or -1. `mended` are those of the new tokens
    that are carried over although a letter of them changed, `lost` the stretches of old tokens
    that are not in the new text, `gained` those of new ones that are not in the old."""

    head: int
    tail: int
    source: list[int]
    mended: list[int]
    lost: list[Segment]
    gained: list[Segment]

    def carry(self, credits: Credits, number: int) -> list[Credit]:
        """The credits of the new tokens between the common ends, NOBODY where a token is new.

        `number` is the revision of the new text: it mended what is `mended`.
        """
        if not self.source or max(self.source) < 0:
            return [NOBODY] * len(self.source)
        old = credits.between(self.head, len(credits) - self.tail)
        old.append(NOBODY)  # place -1 is the last
        carried = list(map(old.__getitem__, self.source))
        for at in self.mended:
            carried[at - self.head] = mended(carried[at - self.head], number)
        return carried


def align(
    old: Reading, new: Reading, evidence: Evidence, head: int = 0, tail: int = 0
) -> Alignment:
    """Find what was kept or moved. `head` and `tail` are known to be common.

    Cost: one comparison of all tokens at C speed, then the change; linear in its size for any
    input, because every stage stops when the board's allowance of work is spent.
    """
    lines = head, tail
    head, tail = common_ends(old.words, new.words, head, tail)
    head, tail = _give_back(old.words, new.words, (head, tail), lines)
    if head > lines[0]:
        head, tail = _slide(old.words, new.words, head, tail)
    old_end, new_end = len(old.words) - tail, len(new.words) - tail
    board = Board(old.words[head:old_end], new.words[head:new_end], evidence)
    if board.old and board.new:
        if not set(board.new).isdisjoint(board.old):
            pair_segments(
                board,
                _shifted(old.segments(head, old_end), head),
                _shifted(new.segments(head, new_end), head),
            )
            match_seeds(board)
            match_gaps(board)
        match_respelt(board)
    source = board.source
    return Alignment(
        head,
        tail,
        source,
        [head + at for at in board.mended],
        list(_lost(board.taken, head)),
        [(head + start, head + stop) for start, stop in holes(source, -1, 0, len(source))],
    )


def _lost(taken: bytearray, shift: int) -> Iterator[tuple[int, int]]:
    start = taken.find(0)
    while start >= 0:
        stop = taken.find(1, start)
        stop = len(taken) if stop < 0 else stop
        yield start + shift, stop + shift
        start = taken.find(0, stop)


def _shifted(segments: list[Segment], by: int) -> list[Segment]:
    return [(start - by, stop - by) for start, stop in segments]


def _give_back(
    old: Sequence[str], new: Sequence[str], ends: tuple[int, int], lines: tuple[int, int]
) -> tuple[int, int]:
    """Take from the common ends what is a mere scrap of a sentence of the change.

    Two paragraphs that begin with "The" have not exchanged their first word. `lines` are the
    common ends in whole lines, which are never touched.
    """
    head, tail = ends
    if head + tail in (len(old), len(new)):
        return ends
    for step in range(1, _SCRAP + 1):
        if head - step < lines[0]:
            break
        if head - step == lines[0] or new[head - step - 1] in ENDS:
            head -= step
            break
    for step in range(1, _SCRAP + 1):
        if tail - step < lines[1]:
            break
        if tail - step == lines[1] or new[len(new) - tail + step - 1] in ENDS:
            tail -= step
            break
    return head, tail


def _slide(old: Sequence[str], new: Sequence[str], head: int, tail: int) -> tuple[int, int]:
    """Let a pure insertion or deletion with an ambiguous edge begin at the start of a sentence.

    "One. [Two one.] Three" could as well be "One. Two [one. Two] …": people write sentences.
    """
    old_end, new_end = len(old) - tail, len(new) - tail
    if (old_end == head) == (new_end == head):
        return head, tail
    words, start, stop = (new, head, new_end) if old_end == head else (old, head, old_end)
    if start == 0 or words[start - 1] in ENDS:
        return head, tail
    for step in range(1, min(head, _SLIDE) + 1):
        if words[start - step] != words[stop - step]:
            break
        if start == step or words[start - step - 1] in ENDS:
            return head - step, tail + step
    return head, tail
