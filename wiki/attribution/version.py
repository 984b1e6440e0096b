"""A text of the page as the engine knows it: read, with the owner of every token and field."""

from collections.abc import Callable
from dataclasses import dataclass, field

from wiki.attribution.lines import Reading
from wiki.attribution.runs import Credits
from wiki.attribution.spans import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Version:
    """`credits`: one for each token. `setters`: for each value of the front matter, in the order
    of `fields.leaves`, the revision that set it."""

    reading: Reading
    credits: Credits
    setters: list[int] = field(default_factory=list)

    def plain(self) -> bytes:
        """The plain form of the spans: what is stored of a version beside its text."""
        return to_plain(self.credits, self.setters)


RecallVersion = Callable[[int], Version | None]


def restored(reading: Reading, plain: bytes) -> Version:
    """A version from its text and its plain spans. ValueError if they do not fit."""
    credits, setters = from_plain(plain)
    if len(credits) != len(reading.words):
        raise ValueError("the spans do not fit the text")
    return Version(reading, credits, setters)
