"""How partners rate the outcomes of a case: as they do themselves, and as the writers tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wiki.cases.facets import disagreement, rows, texts
from wiki.cases.heard import OwnRating
from wiki.cases.telling import Teller, line

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class OutcomeSaid:
    """A rating of both outcomes, as the writers tell it (`basis`: how they know), or own: as the
    partner does itself; for_oneself: one person of the partner."""

    relationship: str
    purpose: str
    basis: str = ""
    own: bool = False
    for_oneself: bool = False


@dataclass(frozen=True)
class PartnerSays:
    """How one partner rates the outcomes: its own rating first."""

    partner: str
    ratings: list[OutcomeSaid]

    @property
    def own(self) -> OutcomeSaid | None:
        """Its own rating."""
        return next((each for each in self.ratings if each.own), None)


def tell_ratings(fields: Fields, own: Sequence[OwnRating], teller: Teller) -> list[PartnerSays]:
    """Partners that rate themselves first, in the page's order; then those told by others."""
    said: dict[str, list[OutcomeSaid]] = {
        each.partner: [
            OutcomeSaid(
                teller.word("partnership_outcome", each.partnership_outcome),
                teller.word("purpose_outcome", each.purpose_outcome),
                own=True,
                for_oneself=each.for_oneself,
            )
        ]
        for each in own
    }
    for row in rows(fields.get("outcome_said_by")):
        for partner in texts(row.get("partner"))[:1]:
            said.setdefault(partner, []).append(
                OutcomeSaid(
                    teller.word("partnership_outcome", row.get("partnership_outcome")),
                    teller.word("purpose_outcome", row.get("purpose_outcome")),
                    line(row.get("basis")),
                )
            )
    return [PartnerSays(teller.partner(key), ratings) for key, ratings in said.items()]


def who_disagree(fields: Fields, own: Sequence[OwnRating]) -> str:
    """partners, where they speak as partners; people, where it is so only if those count who speak
    for themselves; "": nobody."""
    if disagreement(fields, [each for each in own if not each.for_oneself]):
        return "partners"
    return "people" if disagreement(fields, own) else ""
