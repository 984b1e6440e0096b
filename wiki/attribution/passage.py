"""Following one passage back through the revisions of its page: every edit that touched it.

Pure: texts in, touches out. A passage that is missing for a while (somebody blanked the page) and
comes back is followed over the gap; it was written first where it is missing and nothing of it is
older. Whether something of it is older the attribution knows, and is asked only then.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from wiki.text.blocks import blocks_of, version_of

Kind = Literal["written", "changed", "removed", "restored", "appeared"]
OLDER = 0.5  # share of older words from which a passage that appears is one that comes back


@dataclass(frozen=True, slots=True)
class Touch:
    """One edit that touched the passage: `before` it and `after` it; "" where it was not there.

    written: first here. appeared: here, and it was not looked further back. removed: taken out,
    to come back later. restored: back again.
    """

    number: int
    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Traced:
    """The touches, newest first; `further` is the passage as it stands in revision `reached`, from
    where to look on: "" if its beginning was found."""

    touches: list[Touch]
    reached: int
    further: str


def trace(
    passage: str,
    number: int,
    older: Iterable[tuple[int, str]],
    *,
    older_share: Callable[[int, str], float],
    most: int,
) -> Traced:
    """Follow `passage` of revision `number` through `older`, (number, text) newest first.

    The numbers follow each other without a gap; 1 is the first revision there is, and where
    `older` ends before it, that was as far as one wanted to look. `older_share(n, passage)` tells
    which share of the passage's words in revision n is older than n. At most `most` touches.
    Cost: a search for the passage in each text, and the words of a text where it is not found.
    """
    return _Walk(passage, number, older_share, most).through(older)


class _Walk:
    def __init__(
        self, passage: str, number: int, older_share: Callable[[int, str], float], most: int
    ) -> None:
        self._passage, self._at = passage, number
        self._older_share, self._most = older_share, most
        self._back = 0  # the revision that brought the passage back, while it is missing
        self._touches: list[Touch] = []
        self._unlike: set[str] = set()  # blocks that the passage as it now stands is no version of

    def through(self, older: Iterable[tuple[int, str]]) -> Traced:
        if self._at == 1:
            return self._ended("written", 1)
        for number, text in older:
            begins = self._begins(number, text)
            self._at = number
            if begins:
                return self._ended("written", begins)
            if len(self._touches) >= self._most and not self._back:
                break
        if self._back:
            return self._ended("appeared", self._back)
        return Traced(self._touches, self._at, self._passage)

    def _begins(self, number: int, text: str) -> int:
        """Look at one text further back; the revision that wrote the passage, if that is known."""
        found = self._found(text)
        if found is not None:
            self._step(number, found)
        elif not self._back:
            if self._older_share(number + 1, self._passage) < OLDER:
                return number + 1
            self._back = number + 1
        return (self._back or 1) if number == 1 else 0

    def _found(self, text: str) -> str | None:
        if self._passage in text:
            return self._passage
        blocks = [block for block in blocks_of(text) if block not in self._unlike]
        found = version_of(self._passage, blocks)
        if found is None:
            self._unlike.update(blocks)
        return found

    def _step(self, number: int, found: str) -> None:
        """The passage stood as `found` in this revision."""
        if self._back:
            self._touches.append(Touch(self._back, "restored", "", self._passage))
            self._touches.append(Touch(number + 1, "removed", found, ""))
            self._back = 0
        elif found != self._passage:
            self._touches.append(Touch(number + 1, "changed", found, self._passage))
        if found != self._passage:
            self._unlike.clear()
        self._passage = found

    def _ended(self, kind: Kind, number: int) -> Traced:
        self._touches.append(Touch(number, kind, "", self._passage))
        return Traced(self._touches, self._at, "")
