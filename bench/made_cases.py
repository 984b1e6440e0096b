"""Cases and lessons made by chance, written as the copies that lists are made of.

Not through saves, of which 20,000 take half an hour: the pages have no revisions, and only what
reads the copies can be measured on them. The facets and the standing are computed by the wiki's
own functions from front matter of the usual size; the same seed makes the same wiki.
"""

import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wiki.cases.drawing.territories import world
from wiki.cases.facets import case_facets, lesson_facets, texts, years
from wiki.cases.models import CaseClock, CasePage, CaseReference
from wiki.cases.references import references
from wiki.cases.standing import standing
from wiki.cases.vocabulary import vocabulary
from wiki.pages.models import Page

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = tuple(sorted(world().places)[::9])  # about 25 of them
WORDS = tuple(
    re.findall(
        r"\w+",
        """
    school district partner ministry teacher parent village money budget promise report letter
    meeting season harvest language tablet record consent survey result silence question plan
""",
    )
)
BATCH = 1_000
FIRST_PAGE = 1_000_001  # beyond what a wiki of a bench has already
Row = dict[str, Any]


class Maker:
    """Makes cases, and lessons from them. `organisations`: how many names there are."""

    def __init__(self, seed: int, organisations: int = 2_000) -> None:
        self._chance = random.Random(seed)
        self._names = [f"{self._sentence(2).title()} {n}" for n in range(organisations)]

    def case(self, number: int) -> Row:
        """The front matter of a case."""
        chance, start = self._chance, self._chance.randint(1990, 2024)
        partners = [self._partner(n) for n in range(chance.randint(2, 6))]
        return {
            "type": "case",
            "id": f"c-made-{number}",
            "title": self._sentence(6).capitalize(),
            "summary": self._sentence(30),
            "account_basis": self._one("account_basis"),
            "language": chance.choices(("en", "fr", "es", "sw"), (8, 2, 2, 1))[0],
            "partnership_type": self._some("partnership_type", 2),
            "themes": self._some("theme", 3),
            "places": chance.sample(COUNTRIES, chance.choice((1, 1, 1, 2, 3))),
            "when": {"start": str(start), "end": str(start + chance.randint(0, 8))},
            "stage": self._one("stage"),
            "partnership_outcome": self._one("partnership_outcome"),
            "purpose_outcome": self._one("purpose_outcome"),
            "outcome_said_by": [
                {"partner": p["id"], "purpose_outcome": self._one("purpose_outcome")}
                for p in partners[: chance.choice((0, 0, 1, 2))]
            ],
            "end_reason": self._some("end_reason", 1),
            "education": {"area": self._some("education_area", 2)},
            "partners": partners,
            "money": [
                {
                    "from": partners[0]["id"],
                    "to": partner["id"],
                    "instrument": self._one("instrument"),
                    "earmarking": self._one("earmarking"),
                }
                for partner in partners[1:3]
            ],
            "sources": [{"id": f"s{n}", "cite": self._sentence(12)} for n in range(3)],
        }

    def lesson(self, number: int, cases: Sequence[str]) -> Row:
        """The front matter of a lesson from these cases."""
        chance = self._chance
        return {
            "type": "lesson",
            "id": f"l-made-{number}",
            "title": self._sentence(5).capitalize(),
            "claim": self._sentence(32),
            "kind": self._one("lesson_kind"),
            "language": "en",
            "context": self._sentence(25),
            "expected": self._sentence(20),
            "happened": self._sentence(20),
            "root_causes": self._some("root_cause", 2),
            "borne_by": self._some("partner_role", 2),
            "evidence": [
                {"type": self._one("evidence_type")} for _ in range(chance.choice((1, 1, 2, 3)))
            ],
            "confidence": self._one("confidence"),
            "confidence_why": self._sentence(15),
            "travels": {"may_not_fit": [self._sentence(8)]},
            "positions": [{"position": "dissents"}] if chance.random() < 0.06 else [],
            "themes": self._some("theme", 3),
            "stage": self._some("stage", 2),
            "from": list(cases),
        }

    def some_of(self, cases: Sequence[str]) -> list[str]:
        """One or two of these keys."""
        return self._chance.sample(cases, self._chance.choice((1, 1, 1, 2)))

    def _partner(self, number: int) -> Row:
        return {
            "id": f"p-{number}",
            "name": self._chance.choice(self._names),
            "org_type": self._one("org_type"),
            "country": self._chance.choice(COUNTRIES),
            "roles": self._some("partner_role", 2),
        }

    def _one(self, words: str) -> str:
        """A value of a list; the first ones more often, as in life."""
        values = list(vocabulary(words).labels)
        return values[min(int(self._chance.expovariate(3.0 / len(values))), len(values) - 1)]

    def _some(self, words: str, most: int) -> list[str]:
        return list(dict.fromkeys(self._one(words) for _ in range(self._chance.randint(1, most))))

    def _sentence(self, words: int) -> str:
        return " ".join(self._chance.choices(WORDS, k=words))


def fill(session: Session, cases: int, lessons: int, *, seed: int = 4) -> None:
    """Write so many cases and lessons. Cost: 10 s for 20,000. Flushes, no commit."""
    maker = Maker(seed)
    told = {f"c-made-{n}": maker.case(n) for n in range(cases)}
    learned = [maker.lesson(n, maker.some_of(list(told))) for n in range(lessons)]
    causes: dict[str, list[str]] = {}
    for lesson in learned:
        for key in lesson["from"]:
            causes.setdefault(key, []).extend(texts(lesson["root_causes"]))
    facets = {key: case_facets(fields, causes.get(key, ())) for key, fields in told.items()}
    rows = [(fields, facets[key], {}) for key, fields in told.items()]
    for fields in learned:
        stands = standing(fields)
        computed = {
            "status": stands.status,
            "breadth": stands.breadth,
            "why": stands.why,
            "values": dict(stands.values),
        }
        of_cases = [facets[key] for key in fields["from"]]
        rows.append((fields, lesson_facets(fields, computed, of_cases), computed))
    for start in range(0, len(rows), BATCH):
        _write(session, list(enumerate(rows[start : start + BATCH], start)))
    clock = session.get(CaseClock, 1) or CaseClock(id=1, seq=0)
    clock.seq += len(rows)
    session.add(clock)
    session.flush()


def _write(session: Session, rows: Sequence[tuple[int, tuple[Row, Row, Row]]]) -> None:
    session.execute(insert(Page), [_page(n, fields) for n, (fields, _f, _c) in rows])
    session.execute(insert(CasePage), [_copy(n, *row) for n, row in rows])
    if named := list(_references(rows)):
        session.execute(insert(CaseReference), named)


def _page(number: int, fields: Row) -> Row:
    at = BEGAN + timedelta(minutes=number)
    return {
        "id": FIRST_PAGE + number,
        "slug": fields["id"],
        "title": fields["title"],
        "kind": fields["type"],
        "language": fields["language"],
        "head_number": 1,
        "public_number": 1,
        "public_from_number": 1,
        "abstract": fields.get("summary") or fields["claim"],
        "created_at": at,
        "changed_at": at,
    }


def _copy(number: int, fields: Row, facets: Row, computed: Row) -> Row:
    first, last = years(fields)
    return {
        "page_id": FIRST_PAGE + number,
        "seq": number + 1,
        "kind": fields["type"],
        "key": fields["id"],
        "gone": False,
        "first_year": first,
        "last_year": last,
        "facets": facets,
        "fields": fields,
        "computed": computed,
    }


def _references(rows: Sequence[tuple[int, tuple[Row, Row, Row]]]) -> Iterator[Row]:
    for number, (fields, _facets, _computed) in rows:
        for relation, key in sorted(references(fields)):
            yield {"page_id": FIRST_PAGE + number, "relation": relation, "target_key": key}
