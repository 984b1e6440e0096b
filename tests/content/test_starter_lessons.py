"""A starter lesson says its one sentence, what holds it up, and how far it may travel."""

import re

import pytest

from tests.content.starter import Starter, headings, of_type

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
every_lesson = pytest.mark.parametrize("lesson", of_type("lesson"), ids=lambda page: page.slug)


def is_question(lesson: Starter) -> bool:
    return bool(lesson.fields["kind"] == "open_question")


@every_lesson
def test_a_lesson_names_causes_and_a_way_out_and_a_question_says_who_could_answer(lesson: Starter):
    if is_question(lesson):
        assert headings(lesson) == QUESTION_HEADINGS
    else:
        assert headings(lesson) == LESSON_HEADINGS
        assert lesson.fields["root_causes"] and lesson.fields["instead"]


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
def test_no_lesson_from_a_desk_claims_high_confidence(lesson: Starter):
    assert lesson.fields["evidence"]
    assert lesson.fields["confidence"] != "high"


@every_lesson
def test_nobody_is_made_up_who_tried_a_lesson_or_took_a_position(lesson: Starter):
    assert not lesson.fields["reuse"]
    assert not lesson.fields["positions"]


@every_lesson
def test_what_is_computed_is_never_written_down(lesson: Starter):
    assert not {"status", "breadth", "completeness"} & set(lesson.fields)
