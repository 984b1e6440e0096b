"""Reads the starter content the way the wiki does, for the tests beside this file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiki.paths import resource
from wiki.text import front_matter

CONTENT = resource("content")
PAGES = tuple(sorted((CONTENT / "pages").glob("*.md")))
TEMPLATES = tuple(sorted((CONTENT / "templates").glob("*.md")))


@dataclass(frozen=True)
class Starter:
    """One starter page."""

    slug: str
    source: str
    fields: dict[str, Any]
    body: str


def open_page(path: Path) -> Starter:
    """The page in this file; FrontMatterError if its front matter cannot be read."""
    source = path.read_text(encoding="utf-8")
    document = front_matter.read(source)
    return Starter(path.stem, source, dict(document.fields), document.body)


def of_type(kind: str) -> list[Starter]:
    """All starter pages of one type."""
    return [page for page in map(open_page, PAGES) if page.fields["type"] == kind]


def vocabulary(name: str) -> dict[str, dict[str, str]]:
    """The rows of one list of content/vocab by value, in the order of the file."""
    text = (CONTENT / "vocab" / f"{name}.yaml").read_text(encoding="utf-8")
    fields: dict[str, Any] = dict(front_matter.read(f"---\n{text}---\n").fields)
    assert fields["list"] == name
    return {row["value"]: row for row in fields["values"]}


# Where controlled values stand: a path of keys, then the list of content/vocab they come from.
CONTROLLED = {
    "case": {
        "account_basis": "account_basis",
        "partnership_type": "partnership_type",
        "themes": "theme",
        "scope": "scope",
        "stage": "stage",
        "partnership_outcome": "partnership_outcome",
        "purpose_outcome": "purpose_outcome",
        "outcome_said_by.partnership_outcome": "partnership_outcome",
        "outcome_said_by.purpose_outcome": "purpose_outcome",
        "end_reason": "end_reason",
        "education.isced": "isced",
        "education.mode": "education_mode",
        "education.area": "education_area",
        "partners.org_type": "org_type",
        "partners.roles": "partner_role",
        "partners.money_position": "money_position",
        "partners.share_band": "share_band",
        "partners.left_why": "end_reason",
        "money.instrument": "instrument",
        "money.earmarking": "earmarking",
        "money.tied_status": "tied_status",
        "power.spaces": "power_space",
        "power.forms": "power_form",
        "power.levels": "power_level",
        "rules.instrument": "governing_instrument",
        "value.method": "value_method",
    },
    "lesson": {
        "kind": "lesson_kind",
        "root_causes": "root_cause",
        "borne_by": "partner_role",
        "first_noticed_by": "partner_role",
        "noticed_when": "stage",
        "evidence.type": "evidence_type",
        "confidence": "confidence",
        "links.relation": "lesson_link",
        "themes": "theme",
        "stage": "stage",
        "reuse.result": "reuse_result",
    },
}

# The short lists that need no file of their own: a path of keys, then its values.
ANSWERS = frozenset({"yes", "partly", "no", "unknown"})
SHORT_LISTS = {
    "case": {
        "partners.name_visibility": frozenset({"named", "generalised", "withheld"}),
        "partners.can_leave_without_loss": ANSWERS,
        "money.overhead_paid": ANSWERS,
        "money.changed_midway": ANSWERS,
        "money.amount_band": frozenset(
            [
                "under-10k",
                "10k-100k",
                "100k-1m",
                "1m-10m",
                "10m-100m",
                "100m-1bn",
                "over-1bn",
                "undisclosed",
                "unknown",
            ]
        ),
        "sources.type": frozenset(
            [
                "article",
                "report",
                "evaluation",
                "official_document",
                "news",
                "website",
                "book",
                "dataset",
                "other",
            ]
        ),
        "sources.read": frozenset({"full", "excerpt", "not"}),
        "related.relation": frozenset({"continues", "is_part_of", "is_version_of", "see_also"}),
    },
    "lesson": {
        "was_it_heard": ANSWERS,
        "travels.basis": frozenset({"reasoning", "seen_elsewhere", "tested", "unknown"}),
        "positions.position": frozenset(
            {"agrees", "agrees_with_changes", "dissents", "not_asked"}
        ),
    },
}


def values_at(node: Any, path: str) -> Iterator[str]:
    """Every non-empty text at a path of keys, through lists on the way."""
    if isinstance(node, list):
        for item in node:
            yield from values_at(item, path)
    elif path and isinstance(node, dict):
        key, _, rest = path.partition(".")
        if key in node:
            yield from values_at(node[key], rest)
    elif not path and node:
        yield str(node)


def decisions(case: Starter) -> Iterator[tuple[str, str]]:
    """(area, level) of every decision that the partners of a case had a part in."""
    for partner in case.fields["partners"]:
        yield from partner.get("decisions", {}).items()


def headings(page: Starter) -> list[str]:
    """The headings of the second level, in order."""
    return re.findall(r"^## (.+)$", page.body, re.MULTILINE)
