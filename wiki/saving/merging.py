"""A text written on an older revision, joined with what was saved meanwhile; pure.

Facts are joined field by field, the story by paragraphs and words. And nobody is made to speak:
words that one wrote stay in the voice in which they wrote them, or the two clash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wiki.text import front_matter
from wiki.text.field_merge import ABSENT, merge_fields
from wiki.text.front_matter import FrontMatterError
from wiki.text.merge import Agreed, Clash, Merged, Part, merge
from wiki.voices.marks import Mark, marks

RULE = "---\n"  # above and below the facts


@dataclass(frozen=True)
class Joined:
    """The two parts of a page, each with the places where somebody has to decide."""

    facts: Merged
    story: Merged

    @property
    def clashes(self) -> list[Clash]:
        """All places where somebody has to decide."""
        return [*self.facts.clashes, *self.story.clashes]

    @property
    def text(self) -> str:
        """The source, with what is proposed where the two clash."""
        return self.facts.text + self.story.text


def join(base: str, mine: str, theirs: str) -> Joined:
    """My changes of `base` made to `theirs`. Never raises. Cost: as `text.merge`, three parses."""
    versions = [_Version(source) for source in (base, mine, theirs)]
    joined = Joined(_facts(*versions), merge(*(version.body for version in versions)))
    if joined.story.clashes or _speak_for_themselves(joined, versions):
        return joined
    was, own, new = (version.body for version in versions)
    return Joined(joined.facts, Merged((Clash(was, own, new, own),)))


class _Version:
    """One of the three: its facts, its body, and who speaks where in it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.raw, self.body = front_matter.split(source)
        self.head = source[: len(source) - len(self.body)]
        self.marks = marks(source)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The facts. FrontMatterError if they cannot be read."""
        return dict(front_matter.read(self.source).fields)

    @cached_property
    def lines(self) -> dict[str, str]:
        """The lines of each fact as they were written; as the wiki writes them, if that is not
        to be told."""
        found = front_matter.entries(self.raw)
        if list(found) == list(self.fields):
            return found
        return {name: front_matter.entry(name, value) for name, value in self.fields.items()}

    def speaker(self, place: int | None) -> tuple[object, ...]:
        """Who speaks at a place of the body; () where there is none."""
        return () if place is None else _speaker(self.marks, len(self.head) + place)


def _speaker(found: Sequence[Mark], place: int) -> tuple[object, ...]:
    """What the innermost mark around a place says; that of words without one says nothing."""
    inner: tuple[object, ...] = (None,)
    for mark in found:
        if mark.start <= place < mark.end:
            inner = (mark.by, mark.mode, sorted(mark.attributes.items()))
    return inner


def _speak_for_themselves(joined: Joined, versions: Sequence[_Version]) -> bool:
    """Whether each line of the story is in the voice of the version that it comes from."""
    if not any(version.marks for version in versions):
        return True
    found, at = marks(joined.text), len(joined.facts.text)
    for part in joined.story.parts:
        if isinstance(part, Clash):
            continue
        places = (part.base, part.mine, part.theirs)
        for line in _line_starts(part.text):
            was, mine, theirs = (
                version.speaker(None if place is None else place + line)
                for version, place in zip(versions, places, strict=True)
            )
            if _speaker(found, at + line) not in _allowed(was, mine, theirs):
                return False
        at += len(part.text)
    return True


def _allowed(
    was: tuple[object, ...], mine: tuple[object, ...], theirs: tuple[object, ...]
) -> list[tuple[object, ...]]:
    """In whose voice words may be: that of the one who changed it, of both if they agree."""
    if not mine or not theirs:
        return [mine or theirs]
    if mine == theirs:
        return [mine]
    return [theirs] if mine == was else [mine] if theirs == was else []


def _line_starts(text: str) -> list[int]:
    """Where the text and each line in it begins."""
    starts = [0]
    while 0 < (after := text.find("\n", starts[-1]) + 1) < len(text):
        starts.append(after)
    return starts


def _facts(base: _Version, mine: _Version, theirs: _Version) -> Merged:
    """The lines of facts, between their two rules."""
    if mine.head in (base.head, theirs.head) or base.head == theirs.head:
        kept = mine if base.head == theirs.head else theirs
        return Merged((Agreed(kept.head, None, None, None),) if kept.head else ())
    try:
        merged = merge_fields(base.fields, mine.fields, theirs.fields)
    except FrontMatterError:
        return merge(base.head, mine.head, theirs.head)
    parts: list[Part] = []
    contested = {path[0] for path in merged.clashes}
    for name in _order(theirs.fields, mine.fields):
        lines = _lines(name, merged.fields.get(name, ABSENT), (theirs, mine))
        if name in contested:
            was, own, new = (version.lines.get(name, "") for version in (base, mine, theirs))
            parts.append(Clash(was, own, new, lines))
        elif lines:
            parts.append(Agreed(lines, None, None, None))
    rule = Agreed(RULE, None, None, None)
    return Merged((rule, *parts, rule) if parts else ())


def _lines(name: str, value: Any, versions: Sequence[_Version]) -> str:
    """A fact as one of these wrote it; as the wiki writes it, if none did."""
    for version in versions:
        if version.fields.get(name, ABSENT) == value:
            return version.lines.get(name, "")
    return front_matter.entry(name, value)


def _order(theirs: Sequence[str] | dict[str, Any], mine: dict[str, Any]) -> list[str]:
    """The names of all facts: those that I added stand where I put them."""
    names = list(theirs)
    before = ""
    for name in mine:
        if name not in names:
            names.insert(names.index(before) + 1 if before else 0, name)
        before = name
    return names
