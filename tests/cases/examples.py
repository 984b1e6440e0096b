"""A case and a lesson that may be published, to change field by field in tests."""

from typing import Any

from wiki.text import front_matter
from wiki.text.front_matter import Value

CASE: dict[str, Value] = {
    "type": "case",
    "summary": "A school and a firm tried a tool together.",
    "account_basis": "partner_account",
    "language": "en",
    "partnership_type": ["technology_or_data"],
    "themes": ["technology"],
    "when": {"start": "2019", "end": "2021"},
    "stage": "reviewing_together",
    "partnership_outcome": "strained",
    "purpose_outcome": "partly_met",
    "partners": [
        {"id": "p-school", "name": "Hill School", "org_type": "school_or_college"},
        {"id": "p-firm", "name": "Tool Makers", "org_type": "company_host_country"},
    ],
}
LESSON: dict[str, Value] = {
    "type": "lesson",
    "claim": "If a tool is chosen elsewhere, then ask who cannot use it, because few will say.",
    "kind": "do",
    "language": "en",
    "context": "Schools with one shared computer.",
    "expected": "Everybody would use it.",
    "happened": "Half of the class could not.",
    "evidence": [{"type": "practitioner_experience"}],
    "confidence": "low",
    "confidence_why": "One school told us.",
    "themes": ["technology"],
    "from": ["c-tool"],
}


def case_text(body: str = "We met in March.\n", **fields: Any) -> str:
    """The source of a case, with these fields instead of the usual ones; None: left out."""
    return _text(CASE, body, fields)


def lesson_text(body: str = "Ask first.\n", **fields: Any) -> str:
    """The source of a lesson, as `case_text`; `from` is written `from_`."""
    return _text(LESSON, body, fields)


def _text(usual: dict[str, Value], body: str, changed: dict[str, Any]) -> str:
    named = {name.rstrip("_"): value for name, value in changed.items()}
    kept = {name: value for name, value in {**usual, **named}.items() if value is not None}
    return front_matter.write(kept, body)
