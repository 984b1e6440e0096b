"""How a partner rates the outcomes itself: in its answer, in a row, and for facets; pure.

What is kept holds no name and no words, and nothing of a speaker whose consent reaches nobody.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wiki.cases.heard import OwnRating
from wiki.voices.answering import Handed, voice_facts
from wiki.voices.privacy import agreed_to_files, reaches_everybody

KEPT = ("partnership_outcome", "purpose_outcome", "for_oneself", "carried")


def rating_in(said: Handed, now: datetime) -> dict[str, Any]:
    """What an answer says of the outcomes, as a row has it; {}: nothing, or not for everybody."""
    facts = voice_facts(said)
    if not (said.partnership_outcome or said.purpose_outcome) or not reaches_everybody(facts):
        return {}
    return {
        "partnership_outcome": said.partnership_outcome,
        "purpose_outcome": said.purpose_outcome,
        "for_oneself": not said.is_for_others,
        "carried": agreed_to_files(facts, now),
    }


def rating_kept(partner: str, kept: Mapping[str, Any]) -> OwnRating | None:
    """What `rating_in` made, with whose it is; None for {}."""
    return OwnRating(partner, **{name: kept[name] for name in KEPT}) if kept else None
