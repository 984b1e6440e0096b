"""Text to words: one way for both engines, for what is indexed, typed and marked. Pure.

Words are folded: case, accents and width do not count. Scripts without spaces between words
(Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer) are taken character by character, and
neighbours as pairs, after the fashion of Lucene's CJKAnalyzer.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

Stem = Callable[[str], str]

WORD_LENGTH = 64  # characters of a word that count
MAX_WORDS = 200_000  # of one page
TITLE_WEIGHT = 3.0  # a word of the title counts as often in the text
HEADING_WEIGHT = 1.0  # on top of its place in the text
GAP = 10  # positions between title and text: no phrase spans them

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # inside words, and no part of them


def _marks() -> str:
    """A character class of all combining marks, which Python's \\w leaves out."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_TAIL = r"(?:['\u2019](?:s|t|d|m|ll|re|ve)(?![^\W_]))?"  # partner's, don't: no words of their own
_PLAIN = re.compile(rf"([a-z0-9]+){_TAIL}")
_WIDE = re.compile(
    rf"([^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_marks()}{_INVISIBLE}])*|[{_UNSPACED}]){_TAIL}",
    re.IGNORECASE,
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")

# Marks that a reader may leave out: accents of Latin, Greek and Cyrillic, Hebrew, Arabic points.
# Letters that Unicode does not take apart follow.
_DROPPED = re.compile(
    f"[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u1dc0-\u1dff{_INVISIBLE}]"
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    whole = unicodedata.normalize("NFC", _DROPPED.sub("", apart))
    return whole.translate(_LETTERS)


def fold(word: str) -> str:
    """The word without case, accents and width, at most 64 characters; may become empty."""
    return (word.lower() if word.isascii() else _fold(word[: 2 * WORD_LENGTH]))[:WORD_LENGTH]


def words(text: str) -> list[str]:
    """The folded words of `text` in order, at most 200,000; unspaced scripts by character.

    Linear: 0.1 ms for 600 words of ASCII, 0.4 ms otherwise.
    """
    if text.isascii():
        found = _PLAIN.findall(text.lower())[:MAX_WORDS]
        return [w[:WORD_LENGTH] for w in found] if max(map(len, found), default=0) > 64 else found
    pieces = _WIDE.findall(unicodedata.normalize("NFC", text))[:MAX_WORDS]
    return [folded for piece in pieces if (folded := fold(piece))]


# Function words of English: typed among others they do not help, so they are not looked for.
STOP = frozenset(
    words(
        "a about an and are as at be been but by can could did do does for from had has have how i"
        " if in into is it its me my no not of on or our should so such than that the their them"
        " then there these they this to us was we were what when where which who whom why will"
        " with would you your"
    )
)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of `text` with the places where they begin and end."""
    ascii_only = text.isascii()
    pattern, source = (_PLAIN, text.lower()) if ascii_only else (_WIDE, text)
    for match in pattern.finditer(source):
        folded = fold(match[1])
        if folded:
            yield folded, match.start(1), match.end(1)


def fold_in_place(text: str) -> str | None:
    """The text with every letter folded where it stands; None if a letter becomes none or two.

    Cost: a pass in C for each different letter beyond ASCII.
    """
    if text.isascii():
        return text.lower()
    folded = text
    for letter in set(text):
        if letter.isascii():
            continue
        if letter.isalnum():
            other = fold(letter)
            if len(other) != 1:
                return None
            folded = folded.replace(letter, other)
        elif letter in _INVISIBLE or unicodedata.category(letter)[0] == "M":
            return None
    return folded.lower()  # only ASCII is left to make small: no letter moves


def has_unspaced(text: str) -> bool:
    """Whether any of the text is in a script that writes no spaces between words."""
    return not text.isascii() and _UNSPACED_CHARACTER.search(text) is not None


def is_unspaced(word: str) -> bool:
    """Whether the word belongs to a script that writes no spaces between words."""
    return not word.isascii() and _UNSPACED_CHARACTER.match(word) is not None


def pairs(sequence: Sequence[str]) -> list[str]:
    """Each two neighbours of an unspaced script, joined."""
    return [
        first + second
        for first, second in zip(sequence, sequence[1:], strict=False)
        if is_unspaced(first) and is_unspaced(second)
    ]


def is_english(language: str) -> bool:
    """Whether English stemming fits a text tagged so; an empty tag is taken for English."""
    return not language or language.lower().partition("-")[0] == "en"


def terms(sequence: Sequence[str], stem: Stem | None) -> Counter[str]:
    """How often each index term stands in `sequence`: stems, or the words where `stem` is None."""
    counts: Counter[str] = Counter()
    for word, count in Counter(sequence).items():
        counts[stem(word) if stem else word] += count
    if not all(map(str.isascii, sequence)):
        counts.update(pairs(sequence))
    return counts


def alternatives(word: str, stem: Stem) -> tuple[str, ...]:
    """The index terms that stand for a typed word: its stem, and itself for other languages."""
    stemmed = stem(word)
    return (stemmed,) if stemmed == word else (stemmed, word)


def trigrams(text: str) -> frozenset[str]:
    """The letter triples of the folded words of `text`, word ends included."""
    key = f" {' '.join(words(text[:400]))} "
    return frozenset(key[i : i + 3] for i in range(len(key) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of trigrams: 0 nothing in common, 1 the same."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


class Analysed(NamedTuple):
    """What both engines store of a document."""

    weights: dict[str, float]  # index term → how much it stands in the page, title included
    places: dict[str, list[int]]  # folded word → positions, rising
    title: frozenset[str]  # index terms of the title
    key: str  # the folded title
    grams: frozenset[str]  # trigrams of the title
    length: int  # words


def analyse(title: str, headings: Iterable[str], text: str, stem: Stem | None) -> Analysed:
    """Take a document apart. Cost: 1 ms for 600 words of ASCII."""
    titled, body = words(title), words(text)
    weights: dict[str, float] = {t: float(n) for t, n in terms(body, stem).items()}
    title_terms = terms(titled, stem)
    for term, count in title_terms.items():
        weights[term] = weights.get(term, 0.0) + TITLE_WEIGHT * count
    for term, count in terms([w for h in headings for w in words(h)], stem).items():
        weights[term] = weights.get(term, 0.0) + HEADING_WEIGHT * count
    places: dict[str, list[int]] = {}
    for first, sequence in ((0, titled), (len(titled) + GAP, body)):
        for position, word in enumerate(sequence, first):
            places.setdefault(word, []).append(position)
    key, length = " ".join(titled), len(titled) + len(body)
    return Analysed(weights, places, frozenset(title_terms), key, trigrams(title), length)
