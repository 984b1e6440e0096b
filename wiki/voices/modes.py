"""The eight ways in which a passage can be somebody's account, and what each needs; pure.

Direct: the speaker's own words reach this page. Reported: somebody else tells them. Words that a
machine made are nobody's voice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TRANSLATED = "direct_translated"  # by a person
DIRECT = frozenset({"direct_written", "direct_spoken", TRANSLATED, "collective_statement"})


@dataclass(frozen=True)
class Needs:
    """What a mode needs beside the words. `attributes`: of the marker in the text."""

    consent: bool = False
    read_back: bool = False  # whether the words were read back is answered
    mandate: bool = False  # who agreed to the statement, and how
    attributes: tuple[str, ...] = ()


NEEDS: Mapping[str, Needs] = {
    "direct_written": Needs(consent=True),
    "direct_spoken": Needs(consent=True, read_back=True),
    "direct_translated": Needs(consent=True, attributes=("from",)),
    "collective_statement": Needs(consent=True, mandate=True),
    "quoted_from_published": Needs(attributes=("source",)),
    "reported_paraphrase": Needs(attributes=("reviewed",)),
    "reported_from_document": Needs(attributes=("source",)),
    "composite": Needs(attributes=("people",)),
}
LEAST_PEOPLE = 3  # of a composite
TAKEN_BACK, HELD_BACK = "taken_back", "held_back"
IN_PLACE = frozenset({TAKEN_BACK, HELD_BACK})  # what stands for words that are not here


def keeps_language(mode: str) -> bool:
    """Whether the words stand in the language in which the speaker said them."""
    return mode in DIRECT and mode != "direct_translated"


def is_direct(mode: str) -> bool:
    """Whether the words are the speaker's own."""
    return mode in DIRECT
