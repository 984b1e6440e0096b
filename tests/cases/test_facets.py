"""What cases and lessons are found by."""

import pytest

from tests.cases.examples import CASE, LESSON
from wiki.cases.facets import (
    case_facets,
    disagreement,
    lesson_facets,
    organisation_slug,
    organisations,
    years,
)


def test_a_case_is_found_by_its_own_words_and_those_of_its_partners_and_money():
    found = case_facets(
        {**CASE, "places": ["KE-30", "KE", "202"], "money": [{"instrument": "loan"}]},
        ["design_flaw"],
    )

    assert found["org_type"] == ["school_or_college", "company_host_country"]
    assert (found["country"], found["instrument"]) == (["KE", "202"], ["loan"])
    assert found["partner"] == ["hill-school", "tool-makers"]
    assert found["root_cause"] == ["design_flaw"]
    assert "disagree" not in found and "end_reason" not in found


def test_a_lesson_takes_from_its_cases_what_it_cannot_say_itself():
    found = lesson_facets(LESSON, {"status": "hypothesis"}, [case_facets(CASE), {}])

    assert found["org_type"] == ["school_or_college", "company_host_country"]
    assert (found["status"], found["kind"]) == (["hypothesis"], ["do"])
    assert "partner" not in found


def test_partners_disagree_if_two_rate_one_outcome_differently():
    said = [{"purpose_outcome": "met"}, {"partnership_outcome": "strained"}]

    assert not disagreement({"outcome_said_by": said})
    assert disagreement({"outcome_said_by": [*said, {"purpose_outcome": "not_met"}]})
    assert not disagreement({"partnership_outcome": "contested"})  # no partner has said so


def test_a_partner_that_is_not_named_is_no_organisation():
    partners = [
        {"name": "A union", "name_visibility": "generalised"},
        {"name": "Hidden", "name_visibility": "withheld"},
        {"name": "Hill  School", "name_visibility": "named"},
        {"name": "hill school"},
    ]

    assert list(organisations({"partners": partners})) == [("hill-school", "Hill  School")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Ministère (Éducation)", "ministère-éducation"), ("教育部", "教育部"), ("!", "")],
)
def test_an_organisation_has_an_address_in_any_script(name, slug):
    assert organisation_slug(name) == slug


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"start": "2016~", "end": "2019-05"}, (2016, 2019)),
        ({"start": "2016"}, (2016, 2016)),
        ({"start": "2016", "end": ".."}, (2016, None)),
        ({"start": "yes", "end": ["2019"]}, (None, None)),
        ("2016", (None, None)),
        (None, (None, None)),
    ],
)
def test_years_of_a_case(when, expected):
    assert years({"when": when}) == expected


@pytest.mark.parametrize("odd", ["x", ["x"], {"a": "b"}, None, [[]], [{"org_type": ["a"]}]])
def test_fields_of_the_wrong_shape_break_nothing(odd):
    fields = {name: odd for name in (*CASE, "money", "education", "places", "outcome_said_by")}

    assert isinstance(case_facets(fields), dict)
    assert isinstance(lesson_facets(fields, {}), dict)
