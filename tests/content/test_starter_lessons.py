"""A starter lesson says its one sentence, what holds it up, and how far it may travel."""

import re

import pytest

from tests.content.starter import Starter, of_type, values_at
from tests.content.test_starter_pages import headings

LESSON_HEADINGS = [
    "What was expected",
    "What happened",
    "Why",
    "What was tried",
    "What to do instead",
    "Who bore the cost",
    "Where it may not fit",
]
LESSON_NEEDS = {
    "claim",
    "kind",
    "context",
    "expected",
    "happened",
    "root_causes",
    "instead",
    "evidence",
    "confidence",
    "confidence_why",
    "from",
    "themes",
}

every_lesson = pytest.mark.parametrize("lesson", of_type("lesson"), ids=lambda page: page.slug)


@every_lesson
def test_a_lesson_has_what_it_needs_to_be_published(lesson: Starter):
    assert {key for key in LESSON_NEEDS if lesson.fields.get(key)} == LESSON_NEEDS
    assert len(lesson.fields["root_causes"]) <= 3
    assert headings(lesson) == LESSON_HEADINGS


@every_lesson
def test_a_claim_says_if_then_because_and_opens_the_page(lesson: Starter):
    claim = lesson.fields["claim"]

    assert re.fullmatch(r"If .+, then .+, because .+\.", claim)
    assert lesson.body.lstrip().startswith(f"> {claim}")


@every_lesson
def test_evidence_names_a_source_of_the_cases_it_comes_from(lesson: Starter):
    sources = {
        source["id"]
        for case in of_type("case")
        if case.fields["id"] in lesson.fields["from"]
        for source in case.fields["sources"]
    }

    assert set(values_at(lesson.fields, "evidence.source")) <= sources


@every_lesson
def test_one_kind_of_evidence_never_gives_high_confidence(lesson: Starter):
    kinds = set(values_at(lesson.fields, "evidence.type"))

    assert kinds
    assert len(kinds) > 1 or lesson.fields["confidence"] != "high"
