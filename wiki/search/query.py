"""What a person typed into the search box, understood. Pure; no input is an error.

| typed          | means                                                    |
|----------------|----------------------------------------------------------|
| school water   | pages with both words first, then pages with one of them |
| "school water" | only pages with exactly these words together             |
| -water         | no page with this word                                   |
| title:school   | only pages with this word in the title                   |
| scho*          | words that begin so                                      |
"""

import re
import unicodedata
from dataclasses import dataclass, field

from wiki.search.analysis import STOP, is_unspaced, pairs, words

MAX_CHARACTERS = 400
MAX_TERMS = 32
SHORTEST_PREFIX = 2  # characters; fewer are taken as a whole word

_CHUNK = re.compile(r"(?<!\S)(-?)(title:)?(?:\"([^\"]*)\"?|(\S+))", re.IGNORECASE)
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))  # noqa: RUF001  # what keyboards make of "


@dataclass(frozen=True)
class Query:
    """A query taken apart; all words folded, none twice.

    `words` rank (the more of them the better) and `prefixes` beside them; the rest decides what
    can be found at all. `cut` says that not all of what was typed is used.
    """

    typed: str = ""
    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    title_words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[tuple[str, ...], ...] = ()
    not_title_words: tuple[str, ...] = ()
    key: str = ""  # all that was typed as one folded title; "" when signs have a meaning
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for: no words, or only words to leave out."""
        return not (self.words or self.prefixes or self.phrases or self.title_words)

    @property
    def only_excludes(self) -> bool:
        """Whether it only says what not to find."""
        return self.empty and bool(self.not_words or self.not_phrases or self.not_title_words)


@dataclass
class _Draft:
    """A query in the making; the lists grow, never beyond MAX_TERMS words in all."""

    room: int = MAX_TERMS
    words: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    title_words: list[str] = field(default_factory=list)
    not_words: list[str] = field(default_factory=list)
    not_phrases: list[tuple[str, ...]] = field(default_factory=list)
    not_title_words: list[str] = field(default_factory=list)
    plain: bool = True
    cut: bool = False

    def admit(self, found: list[str]) -> list[str]:
        kept = found[: self.room]
        self.room -= len(kept)
        self.cut = self.cut or len(kept) < len(found)
        return kept


def parse(typed: str) -> Query:
    """Understand what was typed. Linear; at most 400 characters and 32 words are used."""
    text = _clean(typed)
    draft = _Draft(cut=len(text) > MAX_CHARACTERS)
    text = text[:MAX_CHARACTERS]
    for match in _CHUNK.finditer(text):
        minus, title, quoted, bare = match.groups()
        draft.plain = draft.plain and not (minus or title or quoted is not None)
        if quoted is not None:
            _take_quoted(draft, words(quoted), bool(minus), bool(title))
        else:
            _take_bare(draft, bare, bool(minus), bool(title))
    ranked = list(draft.words)
    ranked += [w for phrase in draft.phrases for w in _searchable(list(phrase))]
    ranked += draft.title_words
    return Query(
        typed=text,
        words=_once(_telling(ranked, others=bool(draft.prefixes))),
        prefixes=_once(draft.prefixes),
        phrases=tuple(dict.fromkeys(draft.phrases)),
        title_words=_once(draft.title_words),
        not_words=_once(draft.not_words),
        not_phrases=tuple(dict.fromkeys(draft.not_phrases)),
        not_title_words=_once(draft.not_title_words),
        key=" ".join(words(text)) if draft.plain and not draft.prefixes else "",
        cut=draft.cut,
    )


def _clean(typed: str) -> str:
    """NFC, quotes made straight, anything that is no character of text turned into a space."""
    held = typed[: 4 * MAX_CHARACTERS].translate(_QUOTES)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Zs") else c for c in held)
    return unicodedata.normalize("NFC", text).strip()


def _take_quoted(draft: _Draft, found: list[str], minus: bool, title: bool) -> None:
    kept = tuple(draft.admit(found))
    if not kept:
        return
    if title:
        (draft.not_title_words if minus else draft.title_words).extend(_searchable(list(kept)))
    else:
        (draft.not_phrases if minus else draft.phrases).append(kept)


def _take_bare(draft: _Draft, chunk: str, minus: bool, title: bool) -> None:
    sequence = draft.admit(words(chunk))
    if not sequence:
        return
    last = sequence[-1]
    begins = chunk.endswith("*") and not minus and not title and len(last) >= SHORTEST_PREFIX
    if begins and not is_unspaced(last):
        draft.prefixes.append(last)
        sequence.pop()
    if title:
        (draft.not_title_words if minus else draft.title_words).extend(_searchable(sequence))
    elif minus and len(sequence) > 1:
        draft.not_phrases.append(tuple(sequence))
    else:
        (draft.not_words if minus else draft.words).extend(_searchable(sequence))


def _searchable(sequence: list[str]) -> list[str]:
    """Words as they are, runs of an unspaced script as pairs; a lone character stays."""
    found: list[str] = []
    run: list[str] = []
    for word in [*sequence, ""]:
        if is_unspaced(word):
            run.append(word)
            continue
        found += pairs(run) if len(run) > 1 else run
        run = []
        if word:
            found.append(word)
    return found


def _telling(ranked: list[str], *, others: bool) -> list[str]:
    """Without English function words, unless there is nothing else."""
    telling = [w for w in ranked if w not in STOP]
    return telling if telling or others else ranked


def _once(sequence: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sequence))
