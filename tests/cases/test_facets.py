"""What cases and lessons are found by."""

import json

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
from wiki.cases.heard import NOBODY, Heard, OwnRating, heard_of


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


def test_what_a_partner_says_itself_counts_and_not_what_the_writers_tell_of_it():
    told = [
        {"partner": "p-school", "purpose_outcome": "met"},
        {"partner": "p-firm", "purpose_outcome": "met"},
    ]
    fields = {**CASE, "outcome_said_by": told}
    same, other = (OwnRating("p-firm", purpose_outcome=v) for v in ("met", "not_met"))

    assert not disagreement(fields, [same])
    assert disagreement(fields, [other])
    assert not disagreement({**fields, "outcome_said_by": told[1:]}, [other])  # told of itself


def test_the_rating_of_a_partner_that_the_page_does_not_name_any_more_counts_for_nothing():
    gone = OwnRating("p-gone", "broke_down", "not_met")
    school = OwnRating("p-school", "thriving", "met")

    assert not disagreement(CASE, [gone, school])
    assert case_facets(CASE, heard=Heard((gone,)))["rated_by"] == ["writers"]


def test_a_case_is_found_by_who_rates_it_and_by_who_is_heard_on_it():
    said = [{"partner": "p-school", "purpose_outcome": "met"}]
    heard = Heard((OwnRating("p-firm", "strained"),), dissent=True, community=True, partner=True)
    found = case_facets({**CASE, "outcome_said_by": said}, heard=heard)

    assert found["rated_by"] == ["partner_itself", "partner_as_told", "writers"]
    assert found["dissent"] == found["community"] == ["yes"]
    assert "silent" not in found
    alone = case_facets({**CASE, "partnership_outcome": "", "purpose_outcome": None})
    assert "rated_by" not in alone and alone["silent"] == ["yes"]
    assert "silent" not in case_facets({**CASE, "partners": []})  # nobody who could have spoken


def test_who_is_heard_is_kept_as_json_and_read_again():
    heard = Heard((OwnRating("p-firm", "strained", for_oneself=True),), dissent=True)

    assert heard_of(json.loads(json.dumps(heard.packed()))) == heard
    assert NOBODY.packed() == {} and heard_of({}) == NOBODY


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
