"""The setters of a new text's fields, and the memory of values that fields no longer have."""

from collections.abc import Callable
from zlib import crc32

from wiki.attribution.fields import Leaf, gone, leaves, settle
from wiki.attribution.lines import Reading
from wiki.attribution.memory import Memory
from wiki.attribution.version import RecallVersion, Version

_DROPPED = 2  # low bits of the hash: a mark has 30


def setters_after(
    old: Version, new: Reading, number: int, memory: Memory, recall: RecallVersion
) -> list[int]:
    """For each value of the new front matter the revision that set it.

    Cost: the comparison of two front matters if they are equal; else reading both, and the old
    revisions that first set a value that comes back.
    """
    if _matter(old.reading) == _matter(new):
        return old.setters
    after = leaves("\n".join(new.lines))
    return settle(_leaves(old), old.setters, after, number, _asking(memory, recall))


def remember_fields(memory: Memory, old: Version, new: Version) -> None:
    """Bury the values that the new text has no longer, with their setters."""
    if not old.setters or _matter(old.reading) == _matter(new.reading):
        return
    before = _leaves(old)
    for place in gone(before, leaves("\n".join(new.reading.lines))):
        memory.keep(_mark(before[place]), old.setters[place])


def _asking(memory: Memory, recall: RecallVersion) -> Callable[[Leaf], int | None]:
    """The first setter of a value that was lost, as the old revision itself confirms."""

    def asked(leaf: Leaf) -> int | None:
        number = memory.find([_mark(leaf)]).get(_mark(leaf))
        old = recall(number) if number else None
        if old is None or all(leaf.key != was.key for was in _leaves(old)):
            return None
        return number

    return asked


def _leaves(of: Version) -> list[Leaf]:
    return leaves("\n".join(of.reading.lines)) if of.setters else []


def _matter(reading: Reading) -> list[str]:
    """The lines that may be front matter; none for most texts."""
    if not reading.lines or not reading.lines[0].startswith("---"):
        return []
    for last, line in enumerate(reading.lines[1:], 1):
        if line.startswith("---"):
            return reading.lines[: last + 1]
    return []


def _mark(leaf: Leaf) -> int:
    return crc32(leaf.key.encode("utf-8", "surrogatepass")) >> _DROPPED
