"""Words that keep their first author though they look different: reformatted, or spelt anew.

Where the words of a gap are, one by one, those of the old text that stood there, only the marks
around them changed. A word counts as the same if one letter of it was added, dropped, replaced or
two were swapped, and one of the two spellings is not a word of the page: fixing "partnesrhip" is
not writing it, but "could" in place of "would" is another word.
"""

from wiki.attribution.board import COMMON, Board, Evidence
from wiki.attribution.gaps import facing
from wiki.attribution.lines import holes
from wiki.text.tokens import is_word

_LONGEST = 64  # tokens of a gap that is looked at
_LETTERS = 4  # of the shortest word that can be respelt


def match_respelt(board: Board) -> None:
    """Carry over the words of gaps that hold the same words as before."""
    for start, stop in list(holes(board.source, -1, 0, len(board.new))):
        if stop - start > _LONGEST:
            continue
        stretches = facing(board, start, stop)
        if len(stretches) == 1 and stretches[0][1] - stretches[0][0] <= _LONGEST:
            _carry(board, stretches[0], (start, stop))


def _carry(board: Board, old: tuple[int, int], new: tuple[int, int]) -> None:
    places = [place for place in range(*old) if is_word(board.old[place])]
    spots = [at for at in range(*new) if is_word(board.new[at])]
    if len(places) != len(spots):
        return
    pairs = list(zip(places, spots, strict=True))
    if all(_is_same(board.old[place], board.new[at], board.evidence) for place, at in pairs):
        for place, at in pairs:
            board.take(at, place, 1)
            if board.old[place] != board.new[at]:
                board.mended.append(at)


def _is_same(old: str, new: str, evidence: Evidence) -> bool:
    if old == new:
        return True
    if old in COMMON and new in COMMON:
        return False
    known = evidence.counts
    return (known[old] == 1 or new not in known) and is_respelling(old, new)


def is_respelling(old: str, new: str) -> bool:
    """Whether one slip of the hand lies between two folded words. A final s is no slip."""
    shorter, longer = sorted((old, new), key=len)
    if len(shorter) < _LETTERS or len(longer) - len(shorter) > 1 or not (old + new).isalpha():
        return False
    head = 0
    while head < len(shorter) and shorter[head] == longer[head]:
        head += 1
    tail = 0
    while tail < len(shorter) - head and shorter[-1 - tail] == longer[-1 - tail]:
        tail += 1
    before, after = shorter[head : len(shorter) - tail], longer[head : len(longer) - tail]
    if len(after) == 1:
        return bool(before) or tail > 0 or after != "s"
    return len(before) == len(after) == 2 and before == after[::-1]
