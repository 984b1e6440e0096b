"""Words and signs: the unit in which the wiki counts, compares and credits text.

A token is a run of letters, digits and underscores, or one other character that is not a space
(the convention of the shared histories). Three things go beyond that rule, none of which touches
Latin prose: a combining mark or joiner stays with its base, an emoji sequence stays whole, and
scripts written without spaces give one token a character.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

Span = tuple[int, int]

_PLAIN = re.compile(r"\w+|[^\w\s]")
_RUN = re.compile(r"\w+")
# Outside these blocks no mark, joiner, emoji modifier or spaceless script exists.
_NOT_PLAIN = re.compile(
    r"[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u200b\u200e-\u20cf\u2100-\u23ff\u2500-\u25ff]"
)
# Han, kana, bopomofo, Thai, Lao, Myanmar, Khmer: letters only, marks come from Unicode's tables.
_SPACELESS = (
    r"\u0e01-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u104c-\u109f\u1780-\u17dd"
    r"\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    r"\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ef\ua9fa-\ua9fe"
    r"\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_JOINERS = r"\u200c\u200d"
_CACHED_LENGTH = 64


def token_spans(text: str) -> list[Span]:
    """(start, end) of every token, in order; white space is in none.

    A token never reaches over white space, so the tokens of a text are those of its lines.
    Cost: linear; about 5 ms for 60 kB of Latin prose, three times that for other scripts.
    """
    return [match.span() for match in token_matches(text)]


def token_matches(text: str) -> Iterator[re.Match[str]]:
    """Every token with its place, in order. Cost: as `token_spans`."""
    return _pattern(text).finditer(text)


def tokens(text: str) -> list[str]:
    """The tokens as strings, in order. Cost: linear; about 2 ms for 60 kB of Latin prose."""
    return _pattern(text).findall(text)


def is_word(token: str) -> bool:
    """Whether a token counts as a word: it holds a letter or a digit of any script."""
    return token[:1].isalnum() or any(map(str.isalnum, token))


def count_words(text: str) -> int:
    """How many of its tokens are words. Cost: linear; half of that of `tokens` for Latin prose."""
    if _pattern(text) is not _PLAIN:
        return sum(map(is_word, tokens(text)))
    found = _RUN.findall(text)
    return len(found) - sum(not is_word(each) for each in found) if "_" in text else len(found)


def fold(token: str) -> str:
    """The token as it is compared: compatibility forms and capitals folded; idempotent."""
    if len(token) > _CACHED_LENGTH:  # the cache holds many tokens, so only ordinary ones
        return _folded(token)
    return _cached_fold(token)


def _folded(token: str) -> str:
    if token.isascii():
        return token.lower()
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", token).casefold())
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", once).casefold())


_cached_fold = lru_cache(maxsize=65_536)(_folded)


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii() or not _NOT_PLAIN.search(text):
        return _PLAIN
    return _every_script()


@cache
def _every_script() -> re.Pattern[str]:
    """The full pattern; built when first needed because it reads Unicode's tables (25 ms)."""
    # No possessive repeats: Python 3.11.0 to 3.11.3 match groups of them wrongly (gh-101955).
    # Nothing follows a repeat, so a match never goes back.
    mark = marks() + _JOINERS
    letter = rf"[^\W{_SPACELESS}]"
    extend = rf"[{mark}\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    sign = r"[^\w\s\x00-\x7f]"
    return re.compile(
        rf"{letter}+(?:[{mark}]{letter}*)*"
        rf"|[{_SPACELESS}][{mark}]*"
        r"|[\U0001f1e6-\U0001f1ff]{2}"
        rf"|{sign}{extend}*(?:(?<=\u200d){sign}{extend}*)*"
        rf"|[^\w\s][{mark}]*"
    )


@cache
def marks() -> str:
    """Every combining mark, as ranges for the inside of a regular expression's brackets."""
    found: list[str] = []
    for first, last in ((0x300, 0x1FFFF), (0xE0100, 0xE01EF)):
        start = -1
        for code in range(first, last + 2):
            is_mark = code <= last and unicodedata.category(chr(code))[0] == "M"
            if is_mark and start < 0:
                start = code
            elif not is_mark and start >= 0:
                found.append(f"\\U{start:08x}-\\U{code - 1:08x}")
                start = -1
    return "".join(found)
