"""How a lesson stands: hypothesis, supported, contested, superseded or withdrawn; pure.

Computed, never typed, and always with its reason. Breadth is the number of different kinds of
evidence (Patton and Millett, Lessons Learned, 1998: a lesson that several kinds of evidence
support is more than a hypothesis).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wiki.cases.facets import rows
from wiki.cases.rules import breadth
from wiki.cases.schema import N_


@dataclass(frozen=True)
class Link:
    """Another public lesson names this one, or this one names it: relation and key."""

    relation: str
    key: str


@dataclass(frozen=True)
class Standing:
    """Status, breadth, and the reason as a sentence with %(name)s places."""

    status: str
    breadth: int
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)


def standing(
    fields: Mapping[str, Any],
    incoming: Sequence[Link] = (),
    outgoing: Sequence[Link] = (),
    *,
    withdrawn: bool = False,
) -> Standing:
    """How the lesson stands. `outgoing`: only links to lessons that are public.

    The first that applies: withdrawn; superseded by another; contested, by a contradiction either
    way, a partner who dissents or a trial that did not work; supported, by two kinds of evidence,
    another lesson or a trial that worked; else a hypothesis.
    """
    kinds = breadth(fields)
    for status, why, values in (
        *_ended(incoming, withdrawn),
        *_doubts(fields, incoming, outgoing),
        *_supports(fields, incoming, kinds),
    ):
        return Standing(status, kinds, why, values)
    if fields.get("kind") == "open_question":
        return Standing("hypothesis", kinds, N_("It is a question that nobody has answered yet."))
    return Standing(
        "hypothesis",
        kinds,
        N_("One kind of evidence holds it up so far, and nobody has reported a trial.")
        if kinds
        else N_("Nothing holds it up yet."),
    )


Ground = tuple[str, str, Mapping[str, Any]]


def _ended(incoming: Sequence[Link], withdrawn: bool) -> list[Ground]:
    found: list[Ground] = []
    if withdrawn:
        found.append(("withdrawn", N_("A moderator withdrew it; the log says why."), {}))
    newer = [link.key for link in incoming if link.relation == "supersedes"]
    if newer:
        found.append(("superseded", N_("A newer lesson takes its place."), {"keys": newer}))
    return found


def _doubts(
    fields: Mapping[str, Any], incoming: Sequence[Link], outgoing: Sequence[Link]
) -> list[Ground]:
    found: list[Ground] = []
    against = {x.key for x in (*incoming, *outgoing) if x.relation == "contradicts"}
    if against:
        found.append(
            ("contested", N_("Another lesson says the contrary."), {"keys": sorted(against)})
        )
    if any(row.get("position") == "dissents" for row in rows(fields.get("positions"))):
        found.append(("contested", N_("A partner disagrees with it."), {}))
    if any(row.get("result") == "did_not_work" for row in rows(fields.get("reuse"))):
        found.append(("contested", N_("Somebody tried it, and it did not work."), {}))
    return found


def _supports(fields: Mapping[str, Any], incoming: Sequence[Link], kinds: int) -> list[Ground]:
    found: list[Ground] = []
    if fields.get("kind") == "open_question":
        return found  # what shows that a question is worth asking does not answer it
    if any(row.get("result") == "worked" for row in rows(fields.get("reuse"))):
        found.append(("supported", N_("Somebody tried it, and it worked."), {}))
    helpers = sorted({link.key for link in incoming if link.relation == "supports"})
    if helpers:
        found.append(("supported", N_("Another lesson supports it."), {"keys": helpers}))
    if kinds > 1:
        found.append(
            (
                "supported",
                N_("%(kinds)s different kinds of evidence hold it up."),
                {"kinds": kinds},
            )
        )
    return found
