"""Find each word of a rendered page in the source it was rendered from.

Rendering leaves words out (addresses, front matter), adds a few and moves notes to the end, so
the page is nearly a subsequence of the source. One pass with a bounded look-ahead; where
that fails, words and triples of words that stand in an index lead back to the right place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from wiki.text import tokens

_WINDOW = 64  # words looked ahead before the index is asked
_ENOUGH = 3  # this many agreeing words in a row are taken as the right place
_MOST = 4  # agreeing words counted at most


def align(shown: Sequence[str], source: Sequence[str]) -> list[int | None]:
    """Return for each word of `shown` its position in `source`, None where it has none.

    Case and the underscores of emphasis do not count. A word that stands once in the
    source is always found. Cost: linear, at worst 64 comparisons a word.
    """
    wanted, have = [_key(word) for word in shown], [_key(word) for word in source]
    index = _Index(have)
    places: list[int | None] = []
    at = 0
    for position, word in enumerate(wanted):
        if at >= len(have) or have[at] != word:
            found = _resume(wanted, position, have, at, index)
            if found is None:
                places.append(None)
                continue
            at = found
        places.append(at)
        at += 1
    return places


def _key(word: str) -> str:
    return tokens.fold(word.strip("_")) or word


def _resume(
    wanted: list[str], position: int, have: list[str], at: int, index: _Index
) -> int | None:
    """Return where to go on for the word at `position`, None if it is nowhere to be seen."""
    best, score = None, 0
    for place in range(at, min(at + _WINDOW, len(have))):
        if have[place] != wanted[position]:
            continue
        run = _agreeing(wanted, position, have, place)
        if run > score:
            best, score = place, run
        if run == _MOST:
            return best
    if score >= _ENOUGH:
        return best
    far = index.nearest(wanted, position, at)
    return far if far is not None else best


def _agreeing(wanted: list[str], position: int, have: list[str], place: int) -> int:
    run = 0
    longest = min(_MOST, len(wanted) - position, len(have) - place)
    while run < longest and wanted[position + run] == have[place + run]:
        run += 1
    return run


class _Index:
    """Where single words and triples stand; built at the first question."""

    def __init__(self, have: list[str]) -> None:
        self._have = have
        self._once: dict[str, int] = {}
        self._triples: dict[tuple[str, ...], list[int]] | None = None

    def nearest(self, wanted: list[str], position: int, at: int) -> int | None:
        """Return the place of a word that stands once, or of the nearest same triple."""
        triples = self._triples if self._triples is not None else self._build()
        once = self._once.get(wanted[position], -1)
        if once >= 0:
            return once
        places = triples.get(tuple(wanted[position : position + 3]), [])
        if not places:
            return None
        after = bisect_left(places, at)
        return places[after] if after < len(places) else places[-1]

    def _build(self) -> dict[tuple[str, ...], list[int]]:
        triples: dict[tuple[str, ...], list[int]] = {}
        for place, word in enumerate(self._have):
            self._once[word] = -1 if word in self._once else place
            triples.setdefault(tuple(self._have[place : place + 3]), []).append(place)
        self._triples = triples
        return triples
