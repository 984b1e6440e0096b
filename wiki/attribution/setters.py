"""The setters of a new text's fields, and the memory of values that fields no longer have."""

from collections.abc import Callable
from hashlib import blake2b

from wiki.attribution.fields import Leaf, gone, leaves, settle
from wiki.attribution.lines import Reading
from wiki.attribution.memory import Memory
from wiki.attribution.version import Version

_DROPPED = 2  # low bits of the hash: a mark has 30
_MARKS = 2  # of one value


def setters_after(old: Version, new: Reading, number: int, memory: Memory) -> list[int]:
    """For each value of the new front matter the revision that set it.

    Cost: the comparison of two front matters if they are equal; else reading both.
    """
    if _matter(old.reading) == _matter(new):
        return old.setters
    after = leaves("\n".join(new.lines))
    return settle(_leaves(old), old.setters, after, number, _asking(memory))


def remember_fields(memory: Memory, old: Version, new: Version) -> None:
    """Bury the values that the new text has no longer, with their setters."""
    if not old.setters or _matter(old.reading) == _matter(new.reading):
        return
    before = _leaves(old)
    for place in gone(before, leaves("\n".join(new.reading.lines))):
        owner = old.setters[place]
        memory.bury((mark, (owner, owner, owner, owner)) for mark in _marks(before[place]))


def _asking(memory: Memory) -> Callable[[Leaf], int | None]:
    """The first setter of a value that was lost."""

    def asked(leaf: Leaf) -> int | None:
        found = [owners[0] for owners in memory.find(_marks(leaf)).values()]
        return found[0] if len(found) == _MARKS and len(set(found)) == 1 else None

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


def _marks(leaf: Leaf) -> list[int]:
    """Marks that no words have, so many that two fields never share them by chance."""
    found = blake2b(leaf.key.encode("utf-8", "surrogatepass"), digest_size=4 * _MARKS).digest()
    return [
        int.from_bytes(found[at : at + 4], "little") >> _DROPPED for at in range(0, 4 * _MARKS, 4)
    ]
