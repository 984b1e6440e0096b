"""Which lessons fit a partnership that is about to begin; pure.

A lesson fits by what it and its cases say: each value asked for that it has counts its weight. Of
equal fit, the better held up comes first: supported, contested, hypothesis; then the more
confident; then what changed last. So the answer to one question is always the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wiki.cases.index import CaseIndex, Found

WEIGHTS: Mapping[str, int] = {
    "partnership_type": 3,
    "stage": 3,
    "instrument": 2,
    "earmarking": 2,
    "org_type": 1,
}  # of one value; the first thing people say of a partnership counts most
STATUS: Mapping[str, int] = {"supported": 3, "contested": 2, "superseded": 1, "hypothesis": 1}
CONFIDENCE: Mapping[str, int] = {"high": 3, "moderate": 2, "low": 1}
MOST = 10
OF_ONE_CASE = 3
ORDER = ("supported", "contested", "hypothesis")
Chosen = Mapping[str, Sequence[str]]
Rank = tuple[int, ...]  # fit, status, confidence


@dataclass(frozen=True)
class Candidate:
    """A lesson that may be chosen. fit: 0 if it has nothing that was asked for."""

    key: str
    fit: int
    status: str
    cases: tuple[str, ...] = ()


def ranked(index: CaseIndex, asked: Chosen, status: str = "") -> Iterator[tuple[int, int]]:
    """(page, fit) of every lesson that is not withdrawn, the best first; of one status if given.

    Cost: a few operations on sets of bits for each value asked for; no lesson is looked at.
    """
    every = index.find("lesson", {"status": [status]} if status else {})
    every = every - index.find("lesson", {"status": ["withdrawn"]})
    groups: dict[Rank, Found] = {(0, 0, 0): every}
    for facet, weight in WEIGHTS.items():
        for value in asked.get(facet, ()):
            groups = _split(groups, index.find("lesson", {facet: [value]}), 0, weight)
    for place, facet, points in ((1, "status", STATUS), (2, "confidence", CONFIDENCE)):
        for value, weight in points.items():
            groups = _split(groups, index.find("lesson", {facet: [value]}), place, weight)
    for rank in sorted(groups, reverse=True):
        for page_id in index.newest(groups[rank]):
            yield page_id, rank[0]


def _split(groups: dict[Rank, Found], having: Found, place: int, weight: int) -> dict[Rank, Found]:
    made: dict[Rank, Found] = {}
    for rank, found in groups.items():
        more = (*rank[:place], rank[place] + weight, *rank[place + 1 :])
        for key, part in ((rank, found - having), (more, found & having)):
            if part.bits:
                made[key] = made.get(key, Found(0)) | part
    return made


def choose(candidates: Sequence[Candidate], *, asked: bool) -> list[Candidate]:
    """Up to ten of them, supported ones first.

    At most three come from one case. If a contested lesson fits, one is among the ten: who begins
    should hear the contrary too. What does not fit at all only fills places that are left.
    """
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) < MOST and _may_come(candidate, chosen):
            chosen.append(candidate)
    contrary = [c for c in candidates if c.status == "contested" and (c.fit or not asked)]
    if contrary and not any(c in chosen for c in contrary):
        chosen = _with_one_of(contrary, chosen)
    chosen.sort(key=lambda c: (bool(asked and not c.fit), ORDER.index(_status(c))))
    return chosen


def _with_one_of(contrary: Sequence[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    kept = chosen[: MOST - 1]
    for candidate in contrary:
        if _may_come(candidate, kept):
            return [*kept, candidate]
    while full := _full(contrary[0], kept):
        kept.remove([c for c in kept if full & set(c.cases)][-1])
    return [*kept, contrary[0]]


def _full(candidate: Candidate, chosen: Sequence[Candidate]) -> set[str]:
    """The cases of the candidate from which no more may be chosen."""
    counted = {case: sum(case in each.cases for each in chosen) for case in candidate.cases}
    return {case for case, number in counted.items() if number >= OF_ONE_CASE}


def _may_come(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    if any(candidate.key == each.key for each in chosen):
        return False
    return not _full(candidate, chosen)


def _status(candidate: Candidate) -> str:
    return candidate.status if candidate.status in ORDER else "hypothesis"
