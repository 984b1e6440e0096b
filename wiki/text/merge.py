"""Two people changed the same text: both changes in one text, or the places where they clash.

A three-way merge after diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS
2007) with two changes. Lines are compared first, and words only within lines that both changed,
so the cost stays bounded. And changes with fewer than APART unchanged words between them count as
one: in prose, neighbours depend on each other, and nobody must be made to say what they did not.
Pure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from wiki.text.blocks import ALIKE, begins_block, likeness
from wiki.text.opcodes import Budget, opcodes
from wiki.text.tokens import Span, is_word, token_spans

APART = 3  # unchanged words between two changes that are two
LONGEST = 400_000  # characters, of the three versions of a stretch that is looked into by words


@dataclass(frozen=True)
class Agreed:
    """Text of the result, and where it begins in each version, in characters; None: not there."""

    text: str
    base: int | None
    mine: int | None
    theirs: int | None


@dataclass(frozen=True)
class Clash:
    """A stretch that both changed in ways that do not go together: lines as each has them.

    `joined`: a proposal; theirs with my changes, and mine where the two stand in each other's way.
    """

    base: str
    mine: str
    theirs: str
    joined: str


Part = Agreed | Clash


@dataclass(frozen=True)
class Merged:
    """The parts of the result in order."""

    parts: tuple[Part, ...]

    @property
    def clashes(self) -> list[Clash]:
        """The places where somebody has to decide."""
        return [part for part in self.parts if isinstance(part, Clash)]

    @property
    def text(self) -> str:
        """The result, with what is proposed where the two clash."""
        return "".join(p.text if isinstance(p, Agreed) else p.joined for p in self.parts)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What became of `base` in two hands, as one text.

    New paragraphs, items or rows that both put in the same place are both kept, theirs first,
    unless they say nearly the same. Cost: linear, with bounded effort for tangled parts; about
    1 ms for two words changed in 60 kB, 1 s at worst for hostile texts of 1 MB.
    """
    versions = _Versions(*(_Units(text, _lines(text)) for text in (base, mine, theirs)))
    parts: list[Part] = []
    budget = Budget()
    for chunk in versions.chunks(_lines_apart(versions.base.units), Budget()):
        at = versions.cut(chunk)
        around = _neighbours(versions.base, chunk.spans[0])
        parts += _decided(chunk, at) or _inside(at, *around, budget)
    return Merged(tuple(parts))


class _Units:
    """A stretch of a text and what it is compared by; `at`: where it begins in the whole."""

    def __init__(self, text: str, units: Sequence[str], at: int = 0) -> None:
        self.text, self.units, self.at = text, units, at
        self.starts = list(accumulate(map(len, units), initial=0))

    def cut(self, span: Span) -> "_Units":
        """Some of the units, in order."""
        start, end = (self.starts[place] for place in span)
        return _Units(self.text[start:end], self.units[span[0] : span[1]], self.at + start)


@dataclass(frozen=True)
class Chunk:
    """A stretch of units in base, mine and theirs; within, all is changed or nothing is."""

    spans: tuple[Span, Span, Span]
    by: frozenset[int]  # 1: I changed it, 2: they did


Hunk = tuple[int, int, int, int]  # start and end in the base, units more than there, side
Apart = Callable[[int, int, bool], bool]  # end of a change, start of the next, both only insert


@dataclass(frozen=True)
class _Versions:
    """A stretch as it was, and as the two have it."""

    base: _Units
    mine: _Units
    theirs: _Units

    def cut(self, chunk: Chunk) -> "_Versions":
        """The stretch of a chunk."""
        base, mine, theirs = chunk.spans
        return _Versions(self.base.cut(base), self.mine.cut(mine), self.theirs.cut(theirs))

    def chunks(self, apart: Apart, budget: Budget) -> list[Chunk]:
        """Where something changed, by whom, and what is between."""
        return chunks(self.base.units, self.mine.units, self.theirs.units, apart, budget)


def chunks(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], apart: Apart, budget: Budget
) -> list[Chunk]:
    """Three sequences cut where something changed; those changes together that are not `apart`.

    Cost: linear, with effort for tangled parts as `budget` allows.
    """
    hunks = sorted(
        (start, end, new_end - new_start - (end - start), side)
        for side, other in ((1, mine), (2, theirs))
        for tag, start, end, new_start, new_end in opcodes(base, other, budget)
        if tag != "equal"
    )
    return _spans(_grouped(hunks, apart), len(base))


def _grouped(hunks: list[Hunk], apart: Apart) -> list[list[Hunk]]:
    """The changes of both, those together that depend on each other."""
    groups: list[list[Hunk]] = []
    reach = 0
    for hunk in hunks:
        start, end, _grown, _side = hunk
        inserts = bool(groups) and groups[-1][-1][0] == reach == start == end
        if groups and (start < reach or not apart(reach, start, inserts)):
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
            reach = start
        reach = max(reach, end)
    return groups


def _spans(groups: list[list[Hunk]], length: int) -> list[Chunk]:
    """The chunks between and of the groups of changes, with their places in all three."""
    chunks: list[Chunk] = []
    at = [0, 0, 0]

    def step(end: int, grown: Sequence[int], by: frozenset[int]) -> None:
        ends = [end, *(at[side] + end - at[0] + grown[side] for side in (1, 2))]
        a, b, c = zip(at, ends, strict=True)
        chunks.append(Chunk((a, b, c), by))
        at[:] = ends

    for group in groups:
        start, end = group[0][0], max(hunk[1] for hunk in group)
        if at[0] < start:
            step(start, (0, 0, 0), frozenset())
        grown = [sum(g for _s, _e, g, side in group if side == of) for of in range(3)]
        step(end, grown, frozenset(side for *_rest, side in group))
    if at[0] < length:
        step(length, (0, 0, 0), frozenset())
    return chunks


def _decided(chunk: Chunk, at: _Versions) -> list[Agreed]:
    """What one made of a stretch that the other left alone, or both alike; else nothing."""
    mine, theirs = at.mine, at.theirs
    if chunk.by == {1}:
        return [Agreed(mine.text, None, mine.at, None)]
    if chunk.by == {2}:
        return [Agreed(theirs.text, None, None, theirs.at)]
    if mine.text != theirs.text:
        return []
    return [Agreed(mine.text, None if chunk.by else at.base.at, mine.at, theirs.at)]


def _inside(lines: _Versions, before: str, after: str, budget: Budget) -> list[Part]:
    """A stretch of lines that both changed; `before`, `after`: the lines around it."""
    base, mine, theirs = lines.base, lines.mine, lines.theirs
    if not base.text and _both_fit(mine.text, theirs.text, before, after):
        return [
            Agreed(theirs.text, None, None, theirs.at),
            Agreed(mine.text, None, mine.at, None),
        ]
    clash = Clash(base.text, mine.text, theirs.text, mine.text)
    if len(base.text) + len(mine.text) + len(theirs.text) > LONGEST:
        return [clash]
    words = _Versions(*(_Units(x.text, _words(x.text), x.at) for x in (base, mine, theirs)))
    parts: list[Part] = []
    for chunk in words.chunks(_words_apart(words.base.units), budget):
        at = words.cut(chunk)
        parts += _decided(chunk, at) or [
            Clash(at.base.text, at.mine.text, at.theirs.text, at.mine.text)
        ]
    merged = Merged(tuple(parts))
    return [replace(clash, joined=merged.text)] if merged.clashes else parts


def _both_fit(mine: str, theirs: str, before: str, after: str) -> bool:
    """Whether two insertions at one place can follow each other: whole blocks, not much alike."""
    one, other = _lines(mine), _lines(theirs)
    meetings = [(before, one), (before, other), (one[-1], other), (other[-1], one)]
    if not all(begins_block(line, lines[0]) for line, lines in meetings):
        return False
    if not all(begins_block(lines[-1], after) for lines in (one, other)):
        return False
    return likeness(mine, theirs) < ALIKE


def _neighbours(base: _Units, span: Span) -> tuple[str, str]:
    """The lines before and after a stretch; "" at the ends of the text."""
    start, end = span
    before = base.units[start - 1] if start else ""
    return before, base.units[end] if end < len(base.units) else ""


def _lines_apart(base: Sequence[str]) -> Apart:
    def apart(end: int, start: int, inserts: bool) -> bool:
        if start > end:
            return True
        before = base[start - 1] if start else ""
        return not inserts and begins_block(before, base[start] if start < len(base) else "")

    return apart


def _words_apart(base: Sequence[str]) -> Apart:
    words = [0]
    for unit in base:
        words.append(words[-1] + is_word(unit))
    return lambda end, start, _inserts: words[start] - words[end] >= APART


def _lines(text: str) -> list[str]:
    """The lines with their ends; they make up the text."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _words(text: str) -> list[str]:
    """Tokens and what is between them; they make up the text."""
    units: list[str] = []
    at = 0
    for start, end in token_spans(text):
        if at < start:
            units.append(text[at:start])
        units.append(text[start:end])
        at = end
    return [*units, text[at:]] if at < len(text) else units
