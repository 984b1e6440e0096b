"""What stands in the place of a passage that was taken back, and what leaves with it; pure."""

from collections.abc import Collection, Sequence

from wiki.voices.marks import Mark, marks, whole
from wiki.voices.modes import TAKEN_BACK

TOMBSTONE = f"::: {{.voice mode={TAKEN_BACK}}}\n:::"


def without_voice(source: str, key: str) -> str:
    """The text with an empty mark in the place of each passage of this voice. Linear."""
    place, parts = 0, []
    for mark in marks(source):
        start, end = whole(source, mark)
        if mark.by != key or start < place:  # another voice's, or within one that is gone
            continue
        parts += [source[place:start], TOMBSTONE]
        place = end
    return "".join([*parts, source[place:]])


def without_words(source: str, passages: Collection[str]) -> str:
    """The text without these passages where no mark tells them: in what is not finished yet."""
    for words in sorted(passages, key=len, reverse=True):
        if words.strip():
            source = source.replace(words, "")
    return source


def passages_of(source: str, key: str) -> list[tuple[str, str]]:
    """(what the mark says beside the voice, the words) of each passage of this voice; passages
    within one are not part of its words."""
    found = marks(source)
    return [
        (
            " ".join(f"{name}={said}" for name, said in mark.attributes.items() if name != "by"),
            _without_inner(source, mark, found),
        )
        for mark in found
        if mark.by == key
    ]


def _without_inner(source: str, outer: Mark, found: Sequence[Mark]) -> str:
    place, parts = outer.start, []
    for mark in found:
        if outer.start < mark.start and mark.end <= outer.end and mark.start >= place:
            start, end = whole(source, mark)
            parts.append(source[place:start])
            place = end
    return "".join([*parts, source[place : outer.end]]).strip("\n")
