"""Take the sting out of hostile Markdown before the parser sees it.

Python-Markdown looks for the end of every `[`, `(`, `<` and list marker separately, so a few
kilobytes that open without closing cost seconds (its issue 798, open since 2019). Here each
such character is found in one pass and *defused*: replaced by a stand-in that the parser
does not know and that `arm` turns back into the same character at the end, in code too. No text
is lost. Sane pages are far below every threshold and pass unchanged. What is not foreseen
here is stopped by the worker's time limit.
"""

from __future__ import annotations

import re
from collections import deque

STX, ETX = "\u0002", "\u0003"  # the parser strips both from what people type
MAX_NESTING = 20  # list and quote markers on one line
MAX_BRACKETS = 8  # brackets within brackets, where a paragraph has more than FEW of them
FEW = 20
MAX_OPEN_ANGLES = 100
MAX_NOTE_REFERENCES = 300
MAX_SPACES = 200
MAX_OPEN_FORMATTING = 50  # an HTML parser opens each of them again in every block that follows

_STAND_IN = re.compile(f"{STX}c([0-9]+){ETX}")
_BLANK = re.compile(r"(\n[ \t]*\n)")
_BRACKET = re.compile(r"\\.|\]\(|[\[\]()]", re.DOTALL)
_OPEN_ANGLE = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_FORMATTING = re.compile(
    r"<(?=(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b)", re.IGNORECASE
)
_NOTE = re.compile(r"\[(?=\^[^\]\[\n]{1,100}\])")
_SPACES = re.compile(rf"[ \t]{{{MAX_SPACES},}}")
_MARKERS = re.compile(
    r"^(?>[ \t]*+(?:(?:[-*+:]|[0-9]{1,9}[.)])(?=[ \t])|>))" rf"{{{MAX_NESTING}}}+[ \t]*+",
    re.MULTILINE,
)
_MARKER = re.compile(r"[-*+:>]|[0-9]{1,9}[.)]")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1)*+[ \t]*$", re.MULTILINE)
_WIKI_PIPE = re.compile(r"\[\[([^\[\]\n|]{1,300})\|([^\[\]\n]{0,300})\]\]")


def defuse(character: str) -> str:
    """Return a stand-in for one character that means nothing to the parser."""
    return f"{STX}c{ord(character)}{ETX}"


def arm(html: str) -> str:
    """Turn every stand-in in finished HTML back into its character, escaped."""
    return _STAND_IN.sub(lambda m: _escaped(chr(int(m[1]))), html)


def rearm(text: str) -> str:
    """Turn every stand-in in plain text back into its character."""
    return _STAND_IN.sub(lambda m: chr(int(m[1])), text)


def _escaped(character: str) -> str:
    return "&lt;" if character == "<" else character


def tame(body: str) -> str:
    """Return `body` with hostile openers defused; linear in its length."""
    body = _SPACES.sub(lambda m: m[0][:MAX_SPACES], body)
    body = _tame_markers(body)
    if len(_OPEN_ANGLE.findall(body)) > MAX_OPEN_ANGLES:
        body = _OPEN_ANGLE.sub(defuse("<"), body)
    if _open_formatting(body) > MAX_OPEN_FORMATTING:
        body = _FORMATTING.sub(defuse("<"), body)
    body = _tame_notes(body)
    return "".join(_tame_brackets(chunk) for chunk in _BLANK.split(body))


def protect_wiki_pipes(body: str) -> str:
    """Defuse the `|` of `[[title|label]]`, which a table row would split."""
    return _WIKI_PIPE.sub(lambda m: f"[[{m[1]}{defuse('|')}{m[2]}]]", body)


def _tame_markers(body: str) -> str:
    out, last = [], 0
    for match in _MARKERS.finditer(body):
        more = _MARKER.match(body, match.end())
        if more and not _RULE.match(body, match.start()):
            at = more.end() - 1  # the sign itself, or the point after a number
            out += [body[last:at], defuse(body[at])]
            last = at + 1
    return "".join([*out, body[last:]])


def _open_formatting(body: str) -> int:
    """Return by how many `<b>` and the like outnumber their end tags."""
    return sum(-1 if match[1] else 1 for match in _FORMATTING.finditer(body))


def _tame_notes(body: str) -> str:
    notes = [match.start() for match in _NOTE.finditer(body)]
    return _defuse_at(body, notes[MAX_NOTE_REFERENCES:])


def _tame_brackets(chunk: str) -> str:
    if chunk.count("[") <= FEW:
        return chunk
    return _defuse_at(chunk, sorted(_unclosed(chunk)))


def _unclosed(chunk: str) -> list[int]:
    """Return where brackets and the round brackets of links open that nothing closes in time."""
    squares: deque[int] = deque()
    rounds: list[tuple[int, bool]] = []
    too_deep: list[int] = []
    for match in _BRACKET.finditer(chunk):
        sign, at = match[0], match.start()
        if sign == "[":
            squares.append(at)
            if len(squares) > MAX_BRACKETS:
                too_deep.append(squares.popleft())
        elif sign == "(":
            rounds.append((at, False))
        elif sign == ")" and rounds:
            rounds.pop()
        elif sign[0] == "]":
            if squares:
                squares.pop()
            rounds += [(at + 1, True)] if sign == "](" else []
    return [*too_deep, *squares, *(at for at, of_link in rounds if of_link)]


def _defuse_at(text: str, places: list[int]) -> str:
    out, last = [], 0
    for at in places:
        out += [text[last:at], defuse(text[at])]
        last = at + 1
    return "".join([*out, text[last:]])
