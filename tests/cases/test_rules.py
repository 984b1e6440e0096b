"""Fields that cannot be kept are named; what a reader would miss is said."""

from typing import Any

import pytest

from tests.cases.examples import CASE, LESSON
from tests.content.starter import PAGES, open_page
from wiki.cases.rules import SCHEMAS, check, missed, missing, unknown
from wiki.cases.vocabulary import Addition, Lists, list_names
from wiki.text import front_matter


def places(fields) -> list[str]:
    return [wrong.where for wrong in check(fields)]


def said(fields) -> str:
    [wrong] = check(fields)
    return wrong.message % dict(wrong.values)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_starter_page_is_right(path):
    assert [(w.where, w.message) for w in check(open_page(path).fields)] == []


def test_a_page_that_is_no_case_may_hold_anything():
    assert check({"type": "page", "stage": ["?"]}) == check({"stage": {}}) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"stage": "later"}, "stage"),
        ({"stage": ["forming"]}, "stage"),
        ({"themes": ["technology", "money"]}, "themes 2"),
        ({"themes": ["technology"] * 4}, "themes"),
        ({"themes": {"a": "b"}}, "themes"),
        ({"summary": "x" * 281}, "summary"),
        ({"when": {"start": "2016-13"}}, "when start"),
        ({"when": {"start": "2019", "end": "2016"}}, "when end"),
        ({"when": "2016"}, "when"),
        ({"places": ["Kenya"]}, "places 1"),
        ({"language": "English!"}, "language"),
        ({"id": "l-tool"}, "id"),
        ({"partners": "Hill School"}, "partners"),
        ({"partners": [{"id": "p-a", "org_type": "school"}]}, "partners 1 org_type"),
        ({"partners": [{"id": "p-a"}, {"id": "p-a"}]}, "partners 2 id"),
        ({"partners": [{"id": "p-a", "country": "Kenya"}]}, "partners 1 country"),
        ({"partners": [{"id": "p-a", "decisions": {"lunch": "unknown"}}]},
         "partners 1 decisions lunch"),
        ({"partners": [{"id": "p-a", "decisions": {"budget": "shouted"}}]},
         "partners 1 decisions budget"),
        ({"partners": [{"id": "p-a", "name": "A", "name_visibility": "withheld"}]},
         "partners 1 name"),
        ({"money": [{"from": "p-school", "to": "p-bank"}]}, "money 1 to"),
        ({"money": [{"from": "p-school", "to": "p-school"}]}, "money 1 to"),
        ({"money": [{"who_can_stop": ["p-firm", "p-x"]}]}, "money 1 who_can_stop 2"),
        ({"outcome_said_by": [{"partner": "p-union"}]}, "outcome_said_by 1 partner"),
        ({"sources": [{"url": "javascript:alert(1)"}]}, "sources 1 url"),
    ],
)  # fmt: skip
def test_each_wrong_field_of_a_case_is_named(change, where):
    assert places({**CASE, **change}) == [where]


def test_a_value_outside_its_list_is_told_with_those_inside():
    assert said({**LESSON, "kind": "maybe"}) == (
        "“maybe” is none of its values; it may be: do, avoid, it_depends, open_question."
    )


def test_a_partner_that_is_not_defined_is_told_with_those_that_are():
    assert said({**CASE, "money": [{"from": "p-bank"}]}) == (
        "“p-bank” is none of the partners of this page: p-firm, p-school."
    )


def test_a_lesson_cannot_support_itself():
    links = [{"relation": "supports", "lesson": "l-a"}]

    assert places({**LESSON, "id": "l-a", "links": links}) == ["links 1 lesson"]


def test_high_confidence_needs_two_kinds_of_evidence():
    one = [{"type": "evaluation_finding"}, {"type": "evaluation_finding"}]
    two = [*one, {"type": "practitioner_experience"}]

    assert places({**LESSON, "confidence": "high", "evidence": one}) == ["confidence"]
    assert places({**LESSON, "confidence": "high", "evidence": two}) == []


def test_a_value_that_a_moderator_added_is_right():
    added = Lists([Addition("stage", "resting", "Resting", "It rests for a while.")])

    assert check({**CASE, "stage": "resting"}, added) == []
    assert places({**CASE, "stage": "resting"}) == ["stage"]


def test_names_that_nobody_knows_are_kept_and_named():
    assert unknown({**CASE, "weather": "rain", "mood": ""}) == ["weather", "mood"]
    assert check({**CASE, "weather": {"a": ["b"]}}) == []


def test_a_case_needs_the_quick_fields_and_two_partners():
    bare = {"type": "case", "partners": [{"name": "Hill School"}, {"id": "p-2"}]}

    assert [field.name for field in missing(bare)] == [
        "summary", "account_basis", "partnership_type", "themes", "when", "stage",
        "partnership_outcome", "purpose_outcome", "partners",
    ]  # fmt: skip
    assert missing(CASE) == missing(LESSON) == []


def test_a_partner_whose_name_is_withheld_counts():
    partners = [{"name": "Hill School"}, {"id": "p-2", "name_visibility": "withheld"}]

    assert missing({**CASE, "partners": partners}) == []


def test_why_it_ended_is_asked_only_if_it_did():
    assert [field.name for field in missing({**CASE, "stage": "ended"})] == ["end_reason"]


def test_what_to_avoid_needs_causes_and_another_way():
    assert [field.name for field in missing({**LESSON, "kind": "avoid"})] == [
        "root_causes",
        "instead",
    ]


def test_a_reader_is_told_what_is_missed():
    told = [field.missed for field in missed(CASE)]

    assert "who decided what" in told and "where it happened" in told
    assert "when it happened" not in told


def test_every_list_that_a_field_names_exists():
    named = {field.words for s in SCHEMAS.values() for _, field in s.walk() if field.words}

    assert named <= set(list_names())


def test_the_writer_keeps_the_order_of_the_description():
    for kind, schema in SCHEMAS.items():
        whole: dict[str, Any] = {
            field.name: [{inner.name: "x" for inner in field.inside}] if field.inside else "x"
            for field in reversed(schema.fields)
        } | {"type": kind}
        written: dict[str, Any] = dict(front_matter.read(front_matter.write(whole, "")).fields)

        assert list(written) == [field.name for field in schema.fields]
        for field in schema.fields:
            if field.inside:
                [row] = written[field.name]
                assert list(row) == [inner.name for inner in field.inside]
