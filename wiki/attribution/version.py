"""A text of the page as the engine knows it: read, with the owner of every token and field."""

from collections.abc import Callable
from dataclasses import dataclass, field

from wiki.attribution.credit import Credit
from wiki.attribution.lines import Reading
from wiki.attribution.spans import Runs, from_bytes, runs_of, to_bytes, unroll


@dataclass(frozen=True, slots=True)
class Version:
    """`credits`: one for each token. `setters`: for each value of the front matter, in the order
    of `fields.leaves`, the revision that set it."""

    reading: Reading
    credits: list[Credit]
    setters: list[int] = field(default_factory=list)

    def runs(self) -> Runs:
        """The tokens' credits as runs."""
        return runs_of(self.credits)

    def plain(self) -> bytes:
        """The plain form of the spans: what is stored of a version beside its text."""
        return to_bytes(self.runs(), runs_of(self.setters))


RecallVersion = Callable[[int], Version | None]


def restored(reading: Reading, plain: bytes) -> Version:
    """A version from its text and its plain spans. ValueError if they do not fit."""
    return with_runs(reading, *from_bytes(plain))


def with_runs(reading: Reading, tokens: Runs, fields: Runs) -> Version:
    """A version from its text and the runs of its tokens and fields. ValueError as above."""
    credits = unroll(tokens)
    if len(credits) != len(reading.words):
        raise ValueError("the spans do not fit the text")
    return Version(reading, credits, unroll(fields))
