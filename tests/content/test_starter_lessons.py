"""A starter lesson says its one sentence, what holds it up, and how far it may travel."""

import re

import pytest

from tests.content.starter import Starter, headings, of_type, values_at

LESSON_HEADINGS = [
    "What was expected",
    "What happened",
    "Why",
    "What was tried",
    "What to do instead",
    "Who bore the cost",
    "Where it may not fit",
]
QUESTION_HEADINGS = [
    "What happened",
    "Why we ask",
    "What would help to answer it",
    "Who could answer",
]
QUESTION_NEEDS = {
    "claim",
    "kind",
    "context",
    "expected",
    "happened",
    "evidence",
    "confidence",
    "confidence_why",
    "from",
    "themes",
}
LESSON_NEEDS = QUESTION_NEEDS | {"root_causes", "instead"}

every_lesson = pytest.mark.parametrize("lesson", of_type("lesson"), ids=lambda page: page.slug)


def is_question(lesson: Starter) -> bool:
    return bool(lesson.fields["kind"] == "open_question")


@every_lesson
def test_a_lesson_has_what_it_needs_to_be_published(lesson: Starter):
    needs = QUESTION_NEEDS if is_question(lesson) else LESSON_NEEDS

    assert {key for key in needs if lesson.fields.get(key)} == needs
    assert len(lesson.fields.get("root_causes", [])) <= 3
    assert len(lesson.fields["themes"]) <= 3
    assert headings(lesson) == (QUESTION_HEADINGS if is_question(lesson) else LESSON_HEADINGS)


@every_lesson
def test_a_claim_says_if_then_because_or_asks_and_opens_the_page(lesson: Starter):
    claim = lesson.fields["claim"]
    form = r"[^.?]+\?" if is_question(lesson) else r"If .+, then .+, because [^.?]+\."

    assert re.fullmatch(form, claim)
    assert lesson.body.lstrip().startswith(f"> {claim}")


@every_lesson
def test_a_lesson_says_that_nobody_from_its_cases_has_written(lesson: Starter):
    assert re.search(r"Nobody from .* has written here yet", lesson.body)


@every_lesson
def test_evidence_names_a_case_of_the_lesson_and_a_source_of_that_case(lesson: Starter):
    sources = {
        (case.fields["id"], source["id"])
        for case in of_type("case")
        if case.fields["id"] in lesson.fields["from"]
        for source in case.fields["sources"]
    }
    evidence = lesson.fields["evidence"]

    assert {(row["case"], row["source"]) for row in evidence} <= sources
    assert {row["case"] for row in evidence} == set(lesson.fields["from"])
    assert all(row["says"] for row in evidence)


@every_lesson
def test_one_kind_of_evidence_never_gives_high_confidence(lesson: Starter):
    kinds = set(values_at(lesson.fields, "evidence.type"))

    assert kinds
    assert len(kinds) > 1 or lesson.fields["confidence"] != "high"


@every_lesson
def test_nobody_is_made_up_who_tried_a_lesson_or_took_a_position(lesson: Starter):
    assert not lesson.fields["reuse"]
    assert not lesson.fields["positions"]


@every_lesson
def test_what_is_computed_is_never_written_down(lesson: Starter):
    assert not {"status", "breadth", "completeness"} & set(lesson.fields)
