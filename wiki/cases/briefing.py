"""Before you begin: the lessons that fit a partnership, each as a question to ask partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from textwrap import shorten
from typing import Any

from sqlalchemy.orm import Session

from wiki.cases.facets import group, texts
from wiki.cases.fitting import OF_ONE_CASE, Candidate, Chosen, choose, ranked
from wiki.cases.index import CaseIndex
from wiki.cases.labels import Labels
from wiki.cases.queries import Entry, entries, entries_by_key
from wiki.cases.schema import N_
from wiki.cases.shown import Line, line
from wiki.policy import Viewer

LOOKED_AT = 60  # lessons from which the ten are chosen
CONTRARY = 12  # contested ones that are looked at beside them
CLAUSES, CLAUSE = 2, 160  # of where it may not fit: how many, and their characters; two pages
LATER = 4  # how often a lesson may have been superseded on the way to the present one
ASKED = ("partnership_type", "stage", "instrument", "earmarking", "org_type")
OF_A_KIND = {
    "do": N_("Will we do this? If not, what would change our minds?"),
    "avoid": N_("How would we notice that this is happening to us, and who would say so?"),
    "it_depends": N_("Which of these conditions hold for us, and which do not?"),
}


@dataclass(frozen=True)
class Advice:
    """One lesson of a briefing. fits: it has something that was asked for, or nothing was."""

    line: Line
    question: str
    fits: bool
    may_not_fit: list[str]
    cases: list[tuple[str, str, str]]  # slug, title, language


def briefing(
    session: Session, index: CaseIndex, asked: Chosen, labels: Labels, viewer: Viewer
) -> list[Advice]:
    """Up to ten lessons that fit, supported ones first (see `fitting`).

    A lesson that was superseded gives its place to the one that took it. Cost: two SELECTs, and
    one for each step of superseding; about 10 ms among 15,000 lessons.
    """
    best = dict(islice(ranked(index, asked), LOOKED_AT))
    for page_id, fit in islice(ranked(index, asked, "contested"), CONTRARY):
        best.setdefault(page_id, fit)
    held = entries(session, list(best), viewer)
    now = _successors(session, list(held.values()), viewer)
    candidates, of_key = [], {}
    for page_id, fit in sorted(best.items(), key=lambda item: -item[1]):
        entry = now.get(held[page_id].key) if page_id in held else None
        if entry is not None and entry.key not in of_key:
            of_key[entry.key] = entry
            candidates.append(_candidate(entry, fit))
    chosen = choose(candidates, asked=bool(asked))
    cases = entries_by_key(session, {key for c in chosen for key in c.cases}, viewer)
    return [_advice(of_key[c.key], c, cases, labels, asked=bool(asked)) for c in chosen]


def _successors(session: Session, found: Sequence[Entry], viewer: Viewer) -> dict[str, Entry]:
    """Key to the entry that stands for it today; nothing for one that stands no more."""
    now = {entry.key: entry for entry in found}
    for _step in range(LATER):
        waiting = {key: later for key, entry in now.items() if (later := _later(entry))}
        if not waiting:
            break
        known = entries_by_key(session, set(waiting.values()), viewer)
        now = {
            key: known[waiting[key]] if key in waiting else entry
            for key, entry in now.items()
            if key not in waiting or waiting[key] in known
        }
    return {key: entry for key, entry in now.items() if not _later(entry) and _stands(entry)}


def _later(entry: Entry) -> str:
    """The key of the lesson that took this one's place; "" if none did."""
    if entry.computed.get("status") != "superseded":
        return ""
    return next(iter(texts(group(entry.computed.get("values")).get("keys"))), "")


def _stands(entry: Entry) -> bool:
    return entry.computed.get("status") not in ("withdrawn", "superseded")


def _candidate(entry: Entry, fit: int) -> Candidate:
    status = entry.computed.get("status")
    return Candidate(entry.key, fit, str(status), tuple(texts(entry.fields.get("from"))))


def _advice(
    entry: Entry, chosen: Candidate, cases: dict[str, Entry], labels: Labels, *, asked: bool
) -> Advice:
    sources = [cases[key] for key in chosen.cases[:OF_ONE_CASE] if key in cases]
    return Advice(
        line=line(entry, labels),
        question=question(entry.fields, labels),
        fits=bool(chosen.fit) or not asked,
        may_not_fit=[
            shorten(text, CLAUSE, placeholder=" …")
            for text in texts(group(entry.fields.get("travels")).get("may_not_fit"))[:CLAUSES]
        ],
        cases=[(case.slug, case.title, case.language) for case in sources],
    )


def question(fields: dict[str, Any], labels: Labels) -> str:
    """What to ask partners: an open question itself; else what its first cause makes us ask, else
    what a lesson of its kind does."""
    kind = fields.get("kind")
    if kind == "open_question":
        return " ".join(" ".join(texts(fields.get("claim"))).split())
    asks = labels.lists["root_cause"].questions
    for cause in texts(fields.get("root_causes")):
        if cause in asks:
            return asks[cause]
    return labels.translate(OF_A_KIND.get(str(kind), OF_A_KIND["it_depends"]))
