"""Titles and the addresses made from them, in any script."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from wiki.text.tokens import fold, marks

TITLE_LENGTH = 200  # characters, composed (NFC)
SLUG_LENGTH = 120
MARKS_ON_ONE_LETTER = 8  # more stack into the lines above and below

# Characters nobody sees: bidi controls, zero-width spaces, soft hyphens, fillers, tags. They are
# taken out rather than refused, because nobody can find what they did not type. Tags spell the
# regional flags after a black flag and stay there.
_INVISIBLE = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007f]+)"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e00ff]"
)
# Joiners shape Persian and Indic words and build emoji; beside a space they do nothing.
_IDLE_JOINER = re.compile("(?:^|(?<=[\\s\u200c\u200d]))[\u200c\u200d]+|[\u200c\u200d]+(?=\\s|$)")
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    + "".join(
        chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(2**16, 17 * 2**16, 2**16)
    )
    + "]"
)
# Not part of an address: joiners, variation selectors, the Arabic stretching stroke.
_NOT_IN_SLUG = re.compile("[\u0640\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Full-width Latin is Latin in another typeface: one page, not two.
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)}


class TitleError(ValueError):
    """A title that cannot be used; `message` has %(name)s places that `values` fill."""

    def __init__(self, message: str, values: Mapping[str, object] | None = None) -> None:
        self.message = message
        self.values = dict(values or {})
        super().__init__(message % self.values)


def clean_title(raw: str) -> str:
    """The title as it is kept: composed (NFC), one space between words, nothing invisible.

    TitleError if it is empty, too long, has nothing an address can be made of, or holds control
    characters. Idempotent.
    """
    if len(raw) > 20 * TITLE_LENGTH:  # before any work is done on it
        raise _too_long(len(raw))
    if _REFUSED.search(raw):
        raise TitleError(
            "This title holds a character that cannot be shown. Please type it again by hand."
        )
    seen = _INVISIBLE.sub(lambda match: match[1] or "", raw)
    title = unicodedata.normalize("NFC", _IDLE_JOINER.sub("", " ".join(seen.split())))
    title = " ".join(title.split())
    if not title:
        raise TitleError("Please give the page a title.")
    if len(title) > TITLE_LENGTH:
        raise _too_long(len(title))
    if not title.isascii() and _mark_pile().search(title):
        raise TitleError(
            "One letter of this title carries more than %(limit)s marks. Please use fewer.",
            {"limit": MARKS_ON_ONE_LETTER},
        )
    slugify(title)
    return title


@lru_cache(maxsize=8_192)
def slugify(title: str) -> str:
    """The address of a title: folded letters, marks and digits of any script, joined by "-".

    At most SLUG_LENGTH characters, never empty, idempotent. TitleError if the title has no
    letter and no digit. Two titles that differ in capitals, composition or punctuation share it.
    """
    seen = _NOT_IN_SLUG.sub("", _INVISIBLE.sub("", title.translate(_NARROW)))
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", seen).casefold())
    folded = unicodedata.normalize("NFC", folded)
    kept: list[str] = []
    for char in folded:
        kind = unicodedata.category(char)[0]
        if kind in "LN" or (kind == "M" and kept and kept[-1] != "-"):
            kept.append(char)
        elif kind != "M" and kept and kept[-1] != "-":
            kept.append("-")
    slug = _cut("".join(kept).strip("-"))
    if not slug:
        raise TitleError("A title needs at least one letter or digit.")
    return slug


def title_from_slug(slug: str) -> str:
    """A first title for the page a red link leads to; it has the same slug (if `slug` is one)."""
    words = slug.replace("-", " ").strip()
    capital = words[:1].title() + words[1:]
    try:
        return capital if slugify(capital) == slug else words
    except TitleError:
        return words


def lookalike_key(title: str) -> str:
    """What the title looks like: equal keys mean a warning, not one page. TitleError as slugify.

    Folds compatibility forms, Arabic and Persian twins, and the Cyrillic and Greek letters that
    are drawn like Latin ones. Made for comparing; never shown, never an address.
    """
    return fold(slugify(title)).translate(_TWINS)


_TWINS = str.maketrans(
    "аеорсухіјѕһԁԛԝмтвкн" + "αορνικτυχγ" + "ɑᴀı" + "ىیکھہۀەٱأإآ",
    "aeopcyxijshdqwmtbkh" + "aopviktuxy" + "aai" + "ييكههههاااا",
)


def _cut(slug: str) -> str:
    if len(slug) <= SLUG_LENGTH:
        return slug
    end = SLUG_LENGTH
    while end > 0 and unicodedata.category(slug[end])[0] == "M":
        end -= 1
    return slug[:end].strip("-")


def _too_long(length: int) -> TitleError:
    return TitleError(
        "This title is %(length)s characters long; at most %(limit)s fit.",
        {"length": length, "limit": TITLE_LENGTH},
    )


@cache
def _mark_pile() -> re.Pattern[str]:
    return re.compile(f"[{marks()}]{{{MARKS_ON_ONE_LETTER + 1},}}")
