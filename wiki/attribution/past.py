"""A page's past as the database holds it, for the saves of one page."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from wiki.attribution.lines import Reading, read
from wiki.attribution.rows import TextOf
from wiki.attribution.shelf import Shelf
from wiki.attribution.spans import STEPS, STRIDE, pack_best
from wiki.attribution.version import Version, restored
from wiki.pages.storage import load_text

Value = TypeVar("Value")

_HELD = 8  # versions, and spans, kept ready between the saves of an import


class Past:
    """Old revisions of one page, read when they are asked for and kept ready for a while."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._versions: OrderedDict[int, Version] = OrderedDict()
        self._plain: OrderedDict[int, bytes] = OrderedDict()  # by text_id

    def again(self, number: int, reading: Reading) -> Version:
        """A revision whose text, as read, is on the page again. ValueError if its spans are not
        kept or do not fit the text."""
        return restored(reading, self.plain(self._shelf.text(number).text_id))

    def version(self, number: int) -> Version | None:
        """A revision again; None if its spans no longer fit its text, as after a redaction."""
        held = self._versions.get(number)
        if held is None:
            of = self._shelf.text(number)
            reading = read(load_text(self._shelf.session, of.text_id, of.sha256))
            try:
                held = restored(reading, self.plain(of.text_id))
            except ValueError:
                return None
            _keep(self._versions, number, held)
        return held

    def plain(self, text_id: int) -> bytes:
        """The plain spans of a text. ValueError if they are not kept."""
        held = self._plain.get(text_id)
        if held is None:
            held = self._shelf.plain(text_id)
            if held is None:
                raise ValueError(f"text {text_id} has no spans on page {self._shelf.page_id}")
            _keep(self._plain, text_id, held)
        return held

    def hold(self, text_id: int, plain: bytes) -> None:
        """Keep the plain spans of a text ready, because they are known already."""
        _keep(self._plain, text_id, plain)

    def add(
        self, number: int, text_id: int, plain: bytes, *, after: TextOf | None, kin: Sequence[int]
    ) -> None:
        """Keep the spans of a new text, beside those of text `after` or of revisions of its
        `kin`."""
        depths: dict[int, int] = {}
        base_id, body = pack_best(plain, self._bases(after, kin, depths))
        self._shelf.add(
            text_id,
            number=number,
            base_id=base_id,
            depth=0 if base_id is None else depths[base_id],
            body=body,
        )
        _keep(self._plain, text_id, plain)

    def _bases(
        self, after: TextOf | None, kin: Sequence[int], depths: dict[int, int]
    ) -> Iterator[tuple[int, bytes]]:
        if after is not None:
            yield from self._base(after, depths)
        for number in kin:
            yield from self._base(self._shelf.text(number), depths)

    def _base(self, of: TextOf, depths: dict[int, int]) -> Iterator[tuple[int, bytes]]:
        if of.first is None:
            return
        text_id, depth = of.text_id, of.depth
        following = depth + 1
        if depth % STRIDE >= STEPS:
            keyframe = depth - depth % STRIDE
            text_id, following = self._shelf.ancestor(text_id, keyframe), keyframe + STRIDE
        depths[text_id] = following
        yield text_id, self.plain(text_id)


def _keep(held: OrderedDict[int, Value], key: int, value: Value) -> None:
    held[key] = value
    if len(held) > _HELD:
        held.popitem(last=False)
