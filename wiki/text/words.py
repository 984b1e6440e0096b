"""The words that count as somebody's story, and how many they are."""

import re

from wiki.text import front_matter
from wiki.text.code_spans import block_code_spans, inline_code_spans, masked
from wiki.text.tokens import Span, count_words

__all__ = ["count_words", "narrative", "narrative_spans"]

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_NOTE = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:")
_TABLE_RULE = frozenset("|:- \t")
# What a reader does not read as words, with a bound on every part so that the cost stays linear.
_MARKUP = re.compile(
    r"<(?:https?|mailto):[^<>\s]{1,2000}>"
    r"|</?[A-Za-z][^<>\n]{0,2000}>"
    r"|!\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])?"
    r"|\[\[(?:[^\[\]|\n]{1,600}\|)?|\]\]"
    r"|(?<=\])\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)"
    r"|(?<=\])\[[^\[\]\n]{0,200}\]"
    r"|\[\^[^\[\]\n]{1,200}\]"
    r"|\{[:#.][^{}\n]{0,500}\}"
    r"|&(?:\#\d{1,7}|\#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31});"
    r"|\bhttps?://[^\s<>\]]{1,2000}"
)


def narrative_spans(source: str) -> list[Span]:
    """(start, end) in the source of what is told in sentences: the base of every voice measure.

    Left out: front matter, headings, code, tables, notes and sources below the text, link
    targets, pictures, addresses, markup. Two spans never touch. Cost: linear; 10 ms for 60 kB.
    """
    body = front_matter.split(source)[1]
    text = body
    left_out: list[Span] = []
    for find in (block_code_spans, inline_code_spans, _comments, _facts, _markup):
        found = find(text)
        left_out += found
        text = masked(text, found)
    spans: list[Span] = []
    place = 0
    offset = len(source) - len(body)
    for start, end in [*sorted(left_out), (len(body), len(body))]:
        _add_words(spans, body, place, start, offset)
        place = max(place, end)
    return spans


def narrative(source: str) -> str:
    """The narrative as text: its spans, with a space or, between lines, a line end between."""
    parts: list[str] = []
    place = 0
    for start, end in narrative_spans(source):
        if parts:
            parts.append("\n" if "\n" in source[place:start] else " ")
        parts.append(source[start:end])
        place = end
    return "".join(parts)


def _add_words(spans: list[Span], text: str, start: int, end: int, offset: int) -> None:
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        start += len(piece) - len(piece.lstrip())
        spans.append((offset + start, offset + start + len(inner)))


def _comments(text: str) -> list[Span]:
    spans: list[Span] = []
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        spans.append((start, end + 3))
        start = text.find("<!--", end + 3)
    return spans


def _markup(text: str) -> list[Span]:
    return [match.span() for match in _MARKUP.finditer(text)]


def _facts(text: str) -> list[Span]:
    """Lines that are a heading, a note or part of a table, joined where they follow each other."""
    lines = text.split("\n")
    left_out = [False] * len(lines)
    for place, line in enumerate(lines):
        if _HEADING.match(line) or _NOTE.match(line):
            left_out[place] = True
        elif place and _UNDERLINE.match(line) and lines[place - 1].strip():
            left_out[place - 1] = left_out[place] = True
        elif place and "-" in line and "|" in line and _TABLE_RULE.issuperset(line):
            _leave_out_table(lines, left_out, place)
    spans: list[Span] = []
    start = 0
    for line, out in zip(lines, left_out, strict=True):
        end = min(start + len(line) + 1, len(text))
        if out:
            spans.append((start, end))
        start = end
    return spans


def _leave_out_table(lines: list[str], left_out: list[bool], rule: int) -> None:
    left_out[rule - 1] = left_out[rule] = True
    place = rule + 1
    while place < len(lines) and "|" in lines[place] and not left_out[place]:
        left_out[place] = True
        place += 1
