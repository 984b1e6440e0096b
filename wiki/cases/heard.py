"""What those who took part in a case say of it themselves, as facets and lists need it; pure.

The package `voices` finds it out; here it is kept beside what the front matter says, as a copy.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class OwnRating:
    """How a partner rates both outcomes itself; "" for one that it did not rate.

    for_oneself: one person of the partner speaks, not the partner. carried: files may carry it.
    """

    partner: str
    partnership_outcome: str = ""
    purpose_outcome: str = ""
    for_oneself: bool = False
    carried: bool = False


@dataclass(frozen=True)
class Heard:
    """dissent: a partner disagrees with the page, or does not stand behind it. community: one
    speaks here itself. partner: at least one partner that the case names does."""

    ratings: tuple[OwnRating, ...] = ()
    dissent: bool = False
    community: bool = False
    partner: bool = False

    def packed(self) -> dict[str, Any]:
        """As JSON keeps it; {} if there is nothing."""
        return {} if self == NOBODY else {**asdict(self), "ratings": [*map(asdict, self.ratings)]}


NOBODY = Heard()


def heard_of(kept: Mapping[str, Any]) -> Heard:
    """What `packed` made."""
    found = {name: bool(kept.get(name)) for name in ("dissent", "community", "partner")}
    return Heard(tuple(OwnRating(**row) for row in kept.get("ratings", ())), **found)
