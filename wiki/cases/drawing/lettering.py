"""How wide a text will be and where it breaks, without a font: drawings are made on the server.

Widths are estimates on the safe side, in em: those of DejaVu Sans, the widest of the usual system
fonts, by kind of character; ideographs are square (Unicode Standard Annex 11). The reader's own
font is narrower, so what fits here fits there.
"""

import re
from functools import lru_cache
from unicodedata import bidirectional, category, combining, east_asian_width

BOLD = 1.13  # a bold letter is wider by so much
ELLIPSIS = "…"
_JOINER = "\u200d"
_KINDS = (
    (0.36, "iIjl.,:;'’‘|!·"),
    (0.43, "ftr()[]{}/\\-\u00a0 "),
    (0.60, "cksvxyz"),
    (0.65, "EFLPST"),
    (1.02, "mwMW@%&—→…"),
)
_KNOWN = {char: em for em, chars in _KINDS for char in chars}
_SHADES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")  # of skin
_WORD = re.compile(r"\S+?(?:[-/–—\u200b]+(?=\S)|(?=\s)|$)|\s+")


@lru_cache(maxsize=4_096)
def _em(char: str) -> float:
    kind = category(char)
    if combining(char) or kind in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if char in _KNOWN:
        return _KNOWN[char]
    if east_asian_width(char) in ("W", "F"):
        return 1.05
    if kind == "Lu":
        return 0.79
    if kind in ("Ll", "Nd") and char < "\u0250":
        return 0.64
    return 0.8


@lru_cache(maxsize=4_096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in the unit of `size` (the font's em), rather too wide than too narrow.

    Cost: about 0.1 µs a character; kept.
    """
    return sum(map(_em, text)) * size * (BOLD if bold else 1.0)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs to the left (UAX 9, P2 and P3)."""
    for char in text:
        found = bidirectional(char)
        if found in ("R", "AL"):
            return True
        if found == "L":
            return False
    return False


def isolated(text: str) -> str:
    """The text as it can stand among words of the other direction without turning them round:
    between isolates (UAX 9, FSI and PDI) if it has letters that run to the left.
    """
    backwards = any(bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if backwards else text


def clusters(text: str) -> list[str]:
    """Letters with the marks that belong to them; joined signs stay one (after UAX 29)."""
    found: list[str] = []
    for char in text:
        follows = found and (
            category(char) in ("Mn", "Me", "Mc", "Cf")
            or char in _SHADES
            or found[-1].endswith(_JOINER)
        )
        if follows:
            found[-1] += char
        else:
            found.append(char)
    return found


@lru_cache(maxsize=4_096)
def wrapped(
    text: str, size: float, width: float, *, most: int = 9, bold: bool = False
) -> tuple[str, ...]:
    """The text in lines of at most `width`: broken at spaces and after hyphens, between
    ideographs, inside a word only if it is wider than a line. What is more than `most` lines is
    cut with an ellipsis. No line for a text of white space. Cost: about 1 µs a character; kept.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split()), size, width, bold):
        if line and width_of((line + piece).rstrip(), size, bold=bold) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], size, width, bold)]
    return tuple(lines)


def _pieces(text: str, size: float, width: float, bold: bool) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text):
        if width_of(word, size, bold=bold) > width or any(
            east_asian_width(char) in ("W", "F") for char in word
        ):
            for cluster in clusters(word):
                fits = width_of(cluster, size, bold=bold) <= width
                found += [cluster] if fits else list(cluster)
        else:
            found.append(word)
    return found


def _cut(line: str, size: float, width: float, bold: bool) -> str:
    kept = clusters(line)
    while kept and width_of("".join(kept) + ELLIPSIS, size, bold=bold) > width:
        kept.pop()
    return "".join(kept).rstrip() + ELLIPSIS
