"""The difference between two texts as rows: lines first, then words inside changed lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from wiki.text.opcodes import Budget, Opcode, matches, opcodes
from wiki.text.tokens import count_words
from wiki.text.word_diff import Piece, compare_line, pair_lines

__all__ = ["Diff", "Piece", "Row", "compare", "line_opcodes", "lines_of"]

CONTEXT = 3  # unchanged lines shown on each side of a change
MAX_ROWS = 4_000  # changed lines shown; nobody reads more, and no browser should have to

Kind = Literal["same", "changed", "removed", "added", "gap"]


@dataclass(frozen=True)
class Row:
    """One line of a diff in its two versions; the side that has no such line is empty.

    Numbers count from 1. A "gap" stands for `skipped` unchanged lines, of which it has the first
    numbers. A "changed" line has a changed piece on at least one side.
    """

    kind: Kind
    old_number: int | None
    new_number: int | None
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True)
class Diff:
    """What changed, for the eye. `rows` is empty if the texts are equal.

    `coarse`: somewhere more is marked as changed than need be, because finding out would have
    taken too long. `omitted`: changed lines beyond MAX_ROWS that have no row; their words count.
    """

    rows: tuple[Row, ...]
    added_words: int
    removed_words: int
    coarse: bool
    omitted: int = 0


def compare(old: str, new: str) -> Diff:
    """The difference between two texts. Never raises.

    Cost: linear, with bounded effort for tangled parts: 1 ms for a word changed in 60 kB, about
    0.5 s at worst for hostile texts of 1 MB (one core).
    """
    if old == new:
        return Diff((), 0, 0, coarse=False)
    left, right = lines_of(old), lines_of(new)
    if old.endswith("\n") and new.endswith("\n"):
        left.pop()
        right.pop()
    table = _Table(left, right)
    steps = _joined(opcodes(left, right, table.line_budget), left)
    for place, step in enumerate(steps):
        if step[0] == "equal":
            table.add_same(step, first=place == 0, last=place == len(steps) - 1)
        else:
            table.add_changed(step)
    return table.diff()


def line_opcodes(old_lines: Sequence[str], new_lines: Sequence[str]) -> list[Opcode]:
    """Opcodes (tag, i1, i2, j1, j2) as difflib's: equal, replace, delete, insert; in order, and
    covering both sides. Cost: bounded as `compare`; a tangled part comes back as one replace.
    """
    return opcodes(old_lines, new_lines)


def lines_of(text: str) -> list[str]:
    """The lines without their ends; a text that ends in a line end has an empty last one."""
    return text.split("\n")


@dataclass
class _Table:
    """The rows so far, and what may still be spent on them."""

    left: list[str]
    right: list[str]
    line_budget: Budget = field(default_factory=Budget)
    pair_budget: Budget = field(default_factory=lambda: Budget(300_000, 300_000))
    word_budget: Budget = field(default_factory=Budget)
    rows: list[Row] = field(default_factory=list)
    shown: int = 0
    omitted: int = 0
    removed_words: int = 0
    added_words: int = 0

    def diff(self) -> Diff:
        """The finished difference."""
        budgets = (self.line_budget, self.pair_budget, self.word_budget)
        return Diff(
            tuple(self.rows),
            self.added_words,
            self.removed_words,
            coarse=any(budget.spent_out for budget in budgets),
            omitted=self.omitted,
        )

    def add_same(self, step: Opcode, *, first: bool, last: bool) -> None:
        """Lines near a change, and a gap for the rest unless it would stand for one line only."""
        _, i1, i2, j1, _ = step
        head = 0 if first else CONTEXT
        tail = 0 if last else CONTEXT
        skipped = i2 - i1 - head - tail
        if skipped <= 1:
            head, skipped = i2 - i1, 0
        if self.shown >= MAX_ROWS:
            return
        for k in range(head):
            self._same(i1 + k, j1 + k)
        if skipped:
            i, j = i1 + head, j1 + head
            self.rows.append(Row("gap", i + 1, j + 1, skipped=skipped))
            for k in range(skipped, skipped + tail):
                self._same(i + k, j + k)

    def add_changed(self, step: Opcode) -> None:
        """Lines that were taken out, put in or changed; versions of a line side by side."""
        _, i, i2, j, j2 = step
        pairs = []
        if i < i2 and j < j2 and self.shown < MAX_ROWS:
            pairs = pair_lines(self.left[i:i2], self.right[j:j2], self.pair_budget)
        for at, to in [(i + at, j + to) for at, to in pairs]:
            self._between(i, at, j, to)
            if self.left[at] == self.right[to]:
                self._same(at, to)
            else:
                self._versions(at, to)
            i, j = at + 1, to + 1
        self._between(i, i2, j, j2)

    def _between(self, i1: int, i2: int, j1: int, j2: int) -> None:
        """Lines without a version on the other side, but for equal (blank) ones."""
        i, j = i1, j1
        found = matches(self.left[i1:i2], self.right[j1:j2], self.line_budget)
        for at, to, length in found:
            self._removed(i, i1 + at)
            self._added(j, j1 + to)
            i, j = i1 + at, j1 + to
            if self.shown < MAX_ROWS:
                for k in range(length):
                    self._same(i + k, j + k)
            i, j = i + length, j + length
        self._removed(i, i2)
        self._added(j, j2)

    def _same(self, i: int, j: int) -> None:
        pieces = (Piece(self.left[i], False),) if self.left[i] else ()
        self.rows.append(Row("same", i + 1, j + 1, pieces, pieces))

    def _versions(self, i: int, j: int) -> None:
        if not self._room(1):
            self.removed_words += count_words(self.left[i])
            self.added_words += count_words(self.right[j])
            return
        changes = compare_line(self.left[i], self.right[j], self.word_budget)
        self.removed_words += changes.removed_words
        self.added_words += changes.added_words
        self.rows.append(Row("changed", i + 1, j + 1, changes.old, changes.new))

    def _removed(self, start: int, end: int) -> None:
        self.removed_words += count_words("\n".join(self.left[start:end]))
        for i in range(start, start + self._room(end - start)):
            self.rows.append(Row("removed", i + 1, None, old=_whole(self.left[i])))

    def _added(self, start: int, end: int) -> None:
        self.added_words += count_words("\n".join(self.right[start:end]))
        for j in range(start, start + self._room(end - start)):
            self.rows.append(Row("added", None, j + 1, new=_whole(self.right[j])))

    def _room(self, wanted: int) -> int:
        """How many of so many changed lines get a row; the others are counted as omitted."""
        room = min(wanted, MAX_ROWS - self.shown)
        self.shown += room
        self.omitted += wanted - room
        return room


def _joined(steps: list[Opcode], left: list[str]) -> list[Opcode]:
    """Changes with only blank lines between them as one: those lie between any paragraphs, and
    say nothing about which paragraph became which.
    """
    joined: list[Opcode] = []
    for place, step in enumerate(steps):
        tag, i1, i2, j1, j2 = step
        inside = 0 < place < len(steps) - 1
        blank = tag == "equal" and inside and not any(map(str.strip, left[i1:i2]))
        if joined and joined[-1][0] != "equal" and (tag != "equal" or blank):
            _, first, _, start, _ = joined[-1]
            joined[-1] = ("replace", first, i2, start, j2)
        else:
            joined.append(step)
    return joined


def _whole(line: str) -> tuple[Piece, ...]:
    return (Piece(line, True),) if line else ()
