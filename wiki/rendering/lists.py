"""Lists as people type them: no empty line before, two spaces to nest, terms in a row.

The parser wants an empty line before a list and four spaces for each level; CommonMark and
the editors people know ask for neither. Lines are moved here, words never change.
"""

from __future__ import annotations

import re

_ITEM = re.compile(r"([ ]*)([-*+]|[0-9]{1,9}[.])([ \t]+)(?=\S)")
_BULLET = re.compile(r"[ ]{0,3}(?:[-*+]|1[.])[ ]+(?=\S)")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]*\1){2,}[ ]*$")
_ORDINARY = re.compile(r"[ ]{0,3}[^\s#>|:]")  # no heading, quotation, table, definition
_DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}")
_LEVEL = 4


def separate(lines: list[str]) -> list[str]:
    """Return `lines` with lists set apart from the paragraph above and nested by four spaces.

    A line that begins an ordered list in the middle of a paragraph must have the number 1, so
    that a year at the start of a line stays a year (the rule of CommonMark 0.31, 5.2). Linear.
    """
    out: list[str] = []
    columns: list[int] = []  # where the text of each open item begins, outermost first
    apart = False  # inside a second paragraph of an item: the next item needs an empty line
    for line in lines:
        blank_above = not out or not out[-1].strip()
        indent = len(line) - len(line.lstrip(" "))
        item = None if _RULE.match(line) else _ITEM.match(line)
        if not line.strip():
            out.append(line)
        elif item is None or not (columns or _begins(line, out, blank_above)):
            if blank_above:
                columns = _open(columns, indent)
                apart = bool(columns)
            out.append(_shifted(line, indent, columns))
        else:
            if not blank_above and (apart or not columns):
                out.append("")
            columns, apart = _open(columns, indent), False
            out.append(" " * (_LEVEL * len(columns)) + line[indent:])
            columns = [*columns, item.end()]
    return out


def part_definitions(lines: list[str]) -> list[str]:
    """Return `lines` with an empty line before each term that follows a definition at once.

    The parser goes one call deeper for each term of an unbroken run. Linear.
    """
    out: list[str] = []
    defining = False
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if defining and line.strip() and _DEFINITION.match(below) and not _DEFINITION.match(line):
            out.append("")
        out.append(line)
        defining = bool(line.strip()) and (defining or _DEFINITION.match(line) is not None)
    return out


def _begins(line: str, out: list[str], blank_above: bool) -> bool:
    """Say whether a marker opens a list here and not code or the rest of a sentence."""
    if blank_above:
        return not line.startswith(" " * _LEVEL)
    return _BULLET.match(line) is not None and _ORDINARY.match(out[-1]) is not None


def _open(columns: list[int], indent: int) -> list[int]:
    while columns and indent < columns[-1]:
        columns = columns[:-1]
    return columns


def _shifted(line: str, indent: int, columns: list[int]) -> str:
    inside = _open(columns, indent)
    if not inside:
        return line
    return " " * (_LEVEL * len(inside) + indent - inside[-1]) + line[indent:]
