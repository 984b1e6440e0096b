"""For whom somebody wrote a revision, as they said it then; pure.

Kept with the revision and never changed: who moves to another organisation later wrote what they
wrote for the one before.
"""

from dataclasses import dataclass

from wiki.errors import InvalidInput

KINDS = ("volunteer", "organisation", "client")
NAME_LENGTH = 120  # characters


@dataclass(frozen=True)
class Affiliation:
    """As what somebody wrote: as a volunteer, for their organisation, for a client."""

    kind: str
    name: str = ""  # of the organisation or client


def check_affiliation(kind: str, name: str) -> str | None:
    """What is kept with a revision; None where nothing was said.

    InvalidInput("for_whom" | "for_name").
    """
    if not kind:
        return None
    if kind not in KINDS:
        raise InvalidInput("for_whom", "Please choose one of these.")
    name = " ".join(name.split())
    if kind == "volunteer":
        return kind
    if not name:
        raise InvalidInput("for_name", "Please name the organisation or client.")
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise InvalidInput(
            "for_name", "Please keep it under %(limit)s characters.", {"limit": NAME_LENGTH}
        )
    return f"{kind}:{name}"


def affiliation_of(stored: str | None) -> Affiliation | None:
    """What was kept with a revision, read again; None where nothing was said."""
    kind, _, name = (stored or "").partition(":")
    return Affiliation(kind, name) if kind in KINDS else None
