"""The difference of two texts in the shape the templates draw."""

from dataclasses import dataclass

from wiki.text import diff


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: same, del or ins."""

    kind: str
    text: str


@dataclass(frozen=True)
class DiffRow:
    """A row: same, changed, added, removed or gap; `count` lines are left out by a gap."""

    kind: str
    old_line: int | None
    new_line: int | None
    old: list[Piece]
    new: list[Piece]
    count: int


def drawn(found: diff.Diff) -> list[DiffRow]:
    """The rows of a difference as the templates draw them."""
    return [
        DiffRow(
            kind=row.kind,
            old_line=row.old_number,
            new_line=row.new_number,
            old=[Piece("del" if piece.changed else "same", piece.text) for piece in row.old],
            new=[Piece("ins" if piece.changed else "same", piece.text) for piece in row.new],
            count=row.skipped,
        )
        for row in found.rows
    ]


def rows_between(old: str, new: str) -> list[DiffRow]:
    """What changed from `old` to `new`; cost as `diff.compare`."""
    return drawn(diff.compare(old, new))
