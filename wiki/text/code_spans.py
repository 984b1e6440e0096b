"""Where a page's body is code: fenced, indented, or between backticks. What is in code is shown
as typed, so it holds no links and is nobody's story.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from wiki.text.tokens import Span

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_TICKS = re.compile(r"\\[\\`]|`+")
_BREAK = re.compile(r"\n[ \t]*(?=\n)")


def code_spans(body: str) -> list[Span]:
    """(start, end) of every piece of code, in order, marks included. Cost: linear."""
    blocks = block_code_spans(body)
    return sorted(blocks + inline_code_spans(masked(body, blocks)))


def masked(body: str, spans: Iterable[Span]) -> str:
    """The body, of the same length, with these spans (in order, apart) as empty lines."""
    parts: list[str] = []
    place = 0
    for start, end in spans:
        parts += (body[place:start], "\n" * (end - start))
        place = end
    parts.append(body[place:])
    return "".join(parts)


def block_code_spans(body: str) -> list[Span]:
    """Fenced and indented code, line ends included. A fence that is never closed is no code."""
    spans: list[Span] = []
    lines = body.splitlines(keepends=True) if "\r" in body else body.split("\n")
    step = 0 if "\r" in body else 1
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + step)
    starts[-1] = len(body)
    state = _State()
    fences = _Fences(lines)
    place = 0
    while place < len(lines):
        end = fences.end(place)
        if end:
            state.after_code()
        elif state.is_indented_code(lines[place]):
            end = place + 1
        if end:
            spans.append((starts[place], starts[end]))
        place = end or place + 1
    return spans


def inline_code_spans(text: str) -> list[Span]:
    """Code between backticks: a run is closed by the next run as long in the same paragraph."""
    runs = [match.span() for match in _TICKS.finditer(text) if text[match.start()] == "`"]
    breaks = [match.start() for match in _BREAK.finditer(text)] if runs else []
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    spans: list[Span] = []
    place = 0
    for start, end in runs:
        if start < place:
            continue
        same = by_length[end - start]
        after = bisect_right(same, start)
        if after == len(same):
            continue
        closing = same[after]
        if bisect_right(breaks, start) == bisect_right(breaks, closing):
            place = closing + end - start
            spans.append((start, place))
    return spans


class _Fences:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # By sign, the shortest fence known to have no end in the rest of the text.
        self._endless = dict.fromkeys("`~", sum(map(len, lines)) + 1)

    def end(self, place: int) -> int:
        """The line after the fenced code that begins on this line; 0 if none does."""
        opening = _FENCE.match(self._lines[place])
        if not opening:
            return 0
        fence = opening["fence"]
        sign = fence[0]
        if len(fence) >= self._endless[sign] or (sign == "`" and "`" in opening["info"]):
            return 0
        for later in range(place + 1, len(self._lines)):
            closing = _FENCE.match(self._lines[later])
            if closing and closing["fence"].startswith(fence) and not closing["info"].strip():
                return later + 1
        self._endless[sign] = len(fence)
        return 0


class _State:
    """What came before a line: only after a blank line does an indent mean code, and after a
    list item it means that the item goes on.
    """

    def __init__(self) -> None:
        self._may_begin = True
        self._in_list = False

    def after_code(self) -> None:
        """Fenced code has ended."""
        self._may_begin = True

    def is_indented_code(self, line: str) -> bool:
        """Whether this line is code by its indent; the line is then part of what came before."""
        if not line.strip():
            self._may_begin = True
            return False
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        if indent >= (8 if self._in_list else 4) and self._may_begin:
            return True
        if _LIST_ITEM.match(line):
            self._in_list = True
        elif indent == 0 and self._may_begin:
            self._in_list = False
        self._may_begin = False
        return False
