"""A page's text and voices as a file carries them away: without what may not leave; pure.

In the place of a passage whose words may not leave stand three lines: a mark that says which one
it is, and a sentence that says why. `returning` puts the words back where such a file comes home.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wiki.rendering.phrases import phrases
from wiki.rendering.voice_slots import KEY
from wiki.voices.marks import Mark, marks, stands_for_others, whole
from wiki.voices.modes import HELD_BACK
from wiki.voices.privacy import VoiceFacts, exported, may_leave


@dataclass(frozen=True)
class Leaving:
    """A text that leaves. held: (start, end, what stands there instead) for each passage that does
    not, in characters of the page's own text."""

    text: str
    held: tuple[tuple[int, int, str], ...] = ()

    def place(self, at: int) -> int | None:
        """Where a character of the page's own text is in this one; None within what is held."""
        moved = at
        for start, end, instead in self.held:
            if at < start:
                break
            if at < end:
                return None
            moved += len(instead) - (end - start)
        return moved


def leaving(
    source: str, voices: Mapping[str, VoiceFacts], language: str, now: datetime
) -> Leaving:
    """The text without the passages that may not leave. `language`: of the page. Linear."""
    held: list[tuple[int, int, str]] = []
    until = 0
    for mark, name in named(marks(source)):
        start, end = whole(source, mark)
        if start < until or stands_for_others(mark):  # within one that is held, or nobody's words
            continue
        if not may_leave(voices.get(mark.by), mark.mode, now):
            held.append((start, end, _instead(name, language)))
            until = end
    parts, place = [], 0
    for start, end, instead in held:
        parts += [source[place:start], instead]
        place = end
    return Leaving("".join([*parts, source[place:]]), tuple(held))


def named(found: Sequence[Mark]) -> Iterator[tuple[Mark, str]]:
    """The marks of a text, each with the name a file has for it: the key of its voice and which
    passage of that voice it is; of a line that stands for another passage, the name it has."""
    there = {held_name(mark) for mark in found}
    numbers: Counter[str] = Counter()
    for mark in found:
        name = held_name(mark)
        while name is None or (name in there and held_name(mark) is None):
            key = mark.by if KEY.fullmatch(mark.by) else "x"
            numbers[key] += 1
            name = f"{key}-{numbers[key]}"
        yield mark, name


def held_name(mark: Mark) -> str | None:
    """The passage that it stands for; None if it is another mark."""
    held = stands_for_others(mark) and mark.mode == HELD_BACK
    return mark.attributes.get("passage", "") if held else None


def _instead(passage: str, language: str) -> str:
    mark = f"::: {{.voice mode={HELD_BACK} passage={passage}}}"
    return f"{mark}\n{phrases(language).held_back}\n:::"


def voice_lines(text: str, voices: Mapping[str, VoiceFacts], now: datetime) -> str:
    """`voices.jsonl`: a line for each voice that a passage of the text has, by key; "" for none.

    No row number, no account, no time: neither of the voice nor of its consent.
    """
    keys = {mark.by for mark in marks(text) if may_leave(voices.get(mark.by), mark.mode, now)}
    order = sorted(keys, key=lambda key: (len(key), key))
    return "".join(
        json.dumps(exported(voices[key], now), ensure_ascii=False) + "\n" for key in order
    )
