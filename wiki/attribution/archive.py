"""A page's past kept in memory: for engines that run without a database."""

from collections import OrderedDict
from typing import NamedTuple

from wiki.attribution.lines import Reading, common_ends
from wiki.attribution.rules import State, advance, blank_state
from wiki.attribution.version import Version, restored

_KEYFRAME_EVERY = 64  # revisions
_READY = 32  # revisions


class _Kept(NamedTuple):
    """A revision's plain spans: so many bytes of the base's at either end, and those between."""

    base: int  # 0: none
    depth: int
    head: int
    middle: bytes
    tail: int


class Archive:
    """Whose the words of every revision of one page are, and the few texts a save may ask for."""

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}
        self._numbers: dict[tuple[int, int], int] = {}  # by hash and length of the text
        self._ready: OrderedDict[int, bytes] = OrderedDict()  # asked for or kept lately
        self._held: dict[int, Version] = {}
        self._last = (0, b"")

    def find(self, text: str) -> int | None:
        """The first revision with exactly this text."""
        return self._numbers.get((hash(text), len(text)))

    def add(self, text: str, state: State) -> None:
        """Keep the head of a state: its spans, and its text until no save asks for it again."""
        number = state.number
        plain = state.head.plain()
        if number not in self._kept:
            self._kept[number] = self._beside_last(plain)
            self._numbers[(hash(text), len(text))] = number
            self._hold(number, plain)
        self._last = number, plain
        self._held[number] = state.head
        if len(self._held) > len(state.aside) + 1:
            wanted = {number, *state.aside}
            self._held = {n: held for n, held in self._held.items() if n in wanted}

    def version(self, number: int) -> Version | None:
        """The head, or a revision that is set aside."""
        return self._held.get(number)

    def again(self, number: int, reading: Reading) -> Version:
        """A revision whose text, as read, is on the page again. ValueError: it is not kept."""
        if number not in self._kept:
            raise ValueError(f"revision {number} is not kept")
        plain = self._ready.get(number)
        if plain is None:
            plain = self._unfolded(number)
            self._hold(number, plain)
        return restored(reading, plain)

    def _unfolded(self, number: int) -> bytes:
        chain = [self._kept[number]]
        while chain[-1].base:
            chain.append(self._kept[chain[-1].base])
        plain = b""
        for kept in reversed(chain):
            plain = plain[: kept.head] + kept.middle + plain[len(plain) - kept.tail :]
        return plain

    def _hold(self, number: int, plain: bytes) -> None:
        self._ready[number] = plain
        if len(self._ready) > _READY:
            self._ready.popitem(last=False)

    def _beside_last(self, new: bytes) -> _Kept:
        number, old = self._last
        depth = self._kept[number].depth + 1 if number else 0
        if not number or depth >= _KEYFRAME_EVERY:
            return _Kept(0, 0, 0, new, 0)
        head, tail = common_ends(old, new)
        return _Kept(number, depth, head, new[head : len(new) - tail], tail)


class Engine:
    """The engine on a history that comes one text after the other, without a database."""

    def __init__(self) -> None:
        self._archive = Archive()
        self._number = 0
        self.state = blank_state(self._archive)

    def save(self, text: str) -> State:
        """The state after the next revision, which has this text."""
        self._number += 1
        self.state = advance(self.state, text, self._number, self._archive.find(text))
        self._archive.add(text, self.state)
        return self.state
