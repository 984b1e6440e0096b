"""What a page tells of its front matter, in words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.cases.examples import CASE, LESSON
from tests.content.starter import of_type
from wiki.cases.case_telling import CaseTold, tell_case
from wiki.cases.heard import OwnRating
from wiki.cases.lesson_telling import tell_lesson
from wiki.cases.telling import Teller, shown_partners, web_address
from wiki.cases.vocabulary import SHIPPED


def told(own: Sequence[OwnRating] = (), **more) -> CaseTold:
    fields = {**CASE, **more}
    return tell_case(fields, Teller(SHIPPED, partners=shown_partners(fields, "somebody")), own)


def fact(told, label: str) -> list[str]:
    [found] = [fact for fact in told.facts if fact.label == label]
    return [value.text for value in found.values]


def test_both_outcomes_are_told_apart_and_lead_to_their_like():
    case = told()

    assert (case.relationship.text, case.purpose.text) == ("Strained", "Partly met")
    assert case.relationship.href == "/cases?partnership_outcome=strained"


def test_partners_who_rate_an_outcome_differently_are_told_to_disagree():
    said = [
        {"partner": "p-school", "purpose_outcome": "not_met", "basis": "told us"},
        {"partner": "p-firm", "purpose_outcome": "met"},
    ]
    case = told(outcome_said_by=said)

    assert case.disagree == "partners"
    assert [(each.partner, each.ratings[0].purpose, each.own) for each in case.said] == [
        ("Hill School", "Not met", None),
        ("Tool Makers", "Met", None),
    ]


def test_a_partners_own_rating_comes_before_what_the_writers_tell_of_it():
    said = [{"partner": "p-firm", "purpose_outcome": "met", "basis": "a report"}]
    own = [OwnRating("p-firm", purpose_outcome="not_met"), OwnRating("p-gone", "thriving")]
    case = told(own, outcome_said_by=said)

    assert [each.partner for each in case.said] == ["Tool Makers"]
    assert [(r.purpose, r.own, r.basis) for r in case.said[0].ratings] == [
        ("Not met", True, ""),
        ("Met", False, "a report"),
    ]
    assert not case.disagree


def test_one_person_of_a_partner_does_not_make_partners_disagree():
    said = [{"partner": "p-firm", "purpose_outcome": "met"}]
    school = OwnRating("p-school", purpose_outcome="not_met", for_oneself=True)

    assert told([school], outcome_said_by=said).disagree == "people"
    assert told([replace(school, for_oneself=False)], outcome_said_by=said).disagree == "partners"


def test_the_writers_are_said_to_rate_only_what_they_rate():
    assert told().rated_by_writers
    assert not told(partnership_outcome=None, purpose_outcome="").rated_by_writers


def test_a_partner_whose_name_is_withheld_is_told_without_it():
    partners = [
        {"id": "p-a", "name": "Hill School"},
        {"id": "p-b", "name_visibility": "withheld", "org_type": "teacher_union"},
        {"id": "p-c", "name": "A village", "name_visibility": "generalised"},
    ]
    case = told(partners=partners, money=[])

    assert [(each.name, each.href) for each in case.partners] == [
        ("Hill School", "/partners/hill-school"),
        ("somebody", None),
        ("A village", None),
    ]


def test_the_matrix_has_a_line_for_each_area_that_somebody_speaks_of():
    decisions = {"budget": "decided_alone", "ending": "could_veto"}
    partners = [
        {"id": "p-a", "name": "A", "decisions": decisions},
        {"id": "p-b", "name": "B"},
        {"id": "p-c", "name": "C", "decisions": {"budget": "was_not_told"}},
    ]
    matrix = told(partners=partners).matrix

    assert matrix.partners == ["A", "C"]
    assert [(area, levels) for area, levels in matrix.lines] == [
        ("Budget", ["Decided alone", "Was not told"]),
        ("Ending", ["Could stop it", ""]),
    ]


def test_what_only_says_that_nobody_knows_is_left_out():
    partners = [{"id": "p-a", "name": "A", "money_position": "unknown", "share_band": "11-25"}]

    [partner] = told(partners=partners).partners
    assert [fact.label for fact in partner.facts] == ["Share of the money"]


def test_time_and_place_are_told_in_short():
    assert told(places=["KE-30", "KE"]).when_and_where == ["2019 – 2021", "KE", "KE"]


def test_rows_of_other_fields_name_partners_by_their_names():
    [group] = told(technology=[{"tool": "Tablets", "chosen_by": ["p-firm"]}, {}]).details

    assert [(f.label, f.values[0].text) for f in group.facts] == [
        ("Tool", "Tablets"),
        ("Chosen by", "Tool Makers"),
    ]


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("10.1093/ej/ueab087", "https://doi.org/10.1093/ej/ueab087"),
        ("doi:10.1093/ej/ueab087", "https://doi.org/10.1093/ej/ueab087"),
        ("javascript:alert(1)", None),
        ("//example.org", None),
    ],
)
def test_only_addresses_of_the_web_and_dois_become_links(address, href):
    assert web_address(address) == href


@pytest.mark.parametrize("odd", ["x", ["x"], {"a": "b"}, None, [[]], [{"partner": ["a"]}]])
def test_fields_of_the_wrong_shape_break_nothing(odd):
    names = [*CASE, *LESSON, "money", "power", "value", "sources", "education", "decisions"]
    fields = {name: odd for name in names}
    teller = Teller(SHIPPED, partners=shown_partners(fields, ""))

    assert tell_case(fields, teller).relationship.text in ("", "x")
    assert isinstance(tell_lesson(fields, teller).links, list)


@pytest.mark.parametrize("page", of_type("case"), ids=lambda page: page.slug)
def test_no_code_is_shown_where_a_starter_case_has_words(page):
    case = tell_case(page.fields, Teller(SHIPPED, partners=shown_partners(page.fields, "")))
    shown = [
        case.relationship.text,
        case.purpose.text,
        *fact(case, "Stage"),
        *fact(case, "Themes"),
    ]
    shown += [role for partner in case.partners for role in (partner.kind, *partner.roles)]

    assert [text for text in shown if "_" in text] == []


def test_a_lesson_is_told_with_its_evidence_and_links():
    lesson = tell_lesson(
        {**LESSON, "links": [{"relation": "refines", "lesson": "l-b", "why": "Nearer"}, {}]},
        Teller(SHIPPED),
    )

    assert (lesson.kind.text, lesson.kind.href) == ("Do this", "/lessons?kind=do")
    assert [each.kind for each in lesson.evidence] == ["Experience of practitioners"]
    assert [(link.key, link.why) for link in lesson.links] == [("l-b", "Nearer")]
