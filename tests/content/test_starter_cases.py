"""A starter case says what is known, who is silent in it, and where its sources differ."""

import re

import pytest

from tests.content.starter import Starter, decisions, headings, of_type, values_at, vocabulary

OPENING = "> Nobody from this partnership has written here yet."
CASE_HEADINGS = [
    "What was meant to happen",
    "What happened",
    "Who decided",
    "Who paid, who did the work",
    "What went wrong or right, and why",
    "What each partner says",
    "What we take from it",
    "Who is missing here",
]
CASE_NEEDS = {
    "summary",
    "account_basis",
    "partnership_type",
    "themes",
    "when",
    "stage",
    "partnership_outcome",
    "purpose_outcome",
    "partners",
    "lessons",
    "sources",
}
# Where a case names one of its own partners or sources.
TO_PARTNERS = (
    "outcome_said_by.partner",
    "money.from",
    "money.to",
    "money.conditions_set_by",
    "money.reports_to",
    "money.who_can_stop",
    "power.reading_by",
    "rules.whose",
    "rules.approval_by",
    "technology.chosen_by",
    "technology.owned_by",
    "capacities.had_by",
    "capacities.lacked_by",
    "value.defined_by",
)
# Learners, families and communities: those who are spoken about most and heard least.
CONCERNED = {"learner_or_parent_body", "community_group", "indigenous_authority"}
DATE = r"(\d{4}(-\d\d(-\d\d)?)?[~?]?|\.\.)?"

every_case = pytest.mark.parametrize("case", of_type("case"), ids=lambda case: case.slug)


@every_case
def test_a_case_has_what_it_needs_to_be_published(case: Starter):
    assert {key for key in CASE_NEEDS if case.fields.get(key)} == CASE_NEEDS
    assert case.fields["when"]["start"]
    assert len(case.fields["partnership_type"]) <= 3
    assert len(case.fields["themes"]) <= 3
    assert case.fields["stage"] != "ended" or case.fields["end_reason"]


@every_case
def test_a_case_opens_by_saying_that_no_partner_has_written(case: Starter):
    assert case.fields["account_basis"] == "desk_summary"
    assert case.body.lstrip().startswith(OPENING)
    assert headings(case) == [*CASE_HEADINGS, "Sources"]


@every_case
def test_a_case_has_between_500_and_1500_words(case: Starter):
    assert 500 <= len(case.body.split()) <= 1500


@every_case
def test_partners_are_complete_and_everything_refers_to_one_of_them(case: Starter):
    partners = {partner["id"]: partner for partner in case.fields["partners"]}

    assert 2 <= len(partners) == len(case.fields["partners"])
    for partner in partners.values():
        assert partner["name"] and partner["org_type"] and partner["roles"]
    for path in TO_PARTNERS:
        assert set(values_at(case.fields, path)) <= set(partners), path


@every_case
def test_money_names_a_source_of_the_case(case: Starter):
    sources = {source["id"] for source in case.fields["sources"]}

    assert set(values_at(case.fields, "money.source")) <= sources


@every_case
def test_those_who_are_spoken_about_are_partners_too(case: Starter):
    assert CONCERNED & set(values_at(case.fields, "partners.org_type"))


@every_case
def test_a_case_says_of_its_partners_that_they_have_no_words_here(case: Starter):
    said = section(case, "What each partner says")
    lines = re.findall(r"^- ", said, re.MULTILINE)

    assert len(lines) >= 3
    assert "no words on this page" in said
    assert re.search(r"None of them has been asked|None of them has been|have not asked", said)


@every_case
def test_a_case_says_that_no_community_member_or_teacher_wrote_it(case: Starter):
    missing = section(case, "Who is missing here")

    assert "None of the first cases in this wiki was written by a community member" in missing


@every_case
def test_dates_are_years_months_or_days_and_places_are_codes(case: Starter):
    for value in values_at(case.fields, "when"):
        assert value
    for key in ("start", "end", "key_date"):
        assert re.fullmatch(DATE, case.fields["when"].get(key, "")), key
    for partner in case.fields["partners"]:
        for key in ("joined", "left"):
            assert re.fullmatch(DATE, partner.get(key, "")), partner["id"]
    for place in case.fields.get("places", []):
        assert re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|\d{3}", place)
    for country in [
        *values_at(case.fields, "partners.country"),
        *values_at(case.fields, "partners.works_in"),
    ]:
        assert re.fullmatch(r"[A-Z]{2}", country)


@every_case
def test_decisions_use_the_two_lists_of_the_vocabulary(case: Starter):
    areas, levels = vocabulary("decision_area"), vocabulary("decision_level")

    for area, level in decisions(case):
        assert area in areas and level in levels


@every_case
def test_every_source_was_read_in_excerpts_and_is_listed_in_the_text(case: Starter):
    listed = section(case, "Sources")

    assert "We have read excerpts only" in listed
    for source in case.fields["sources"]:
        assert source["read"] == "excerpt"
        assert source["says"]
        assert source.get("url", "") in listed


@every_case
def test_related_cases_are_other_cases_of_the_starter(case: Starter):
    others = {other.fields["id"] for other in of_type("case")} - {case.fields["id"]}

    assert set(values_at(case.fields, "related.id")) <= others


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("c-olpc-peru", ["0.12", "0.28", "2024: a negative effect", "2025: no effect on compl"]),
        ("c-girls-education-challenge", ["344 million", "355 million", "wider than the fund"]),
        ("c-te-kotahitanga", ["being wound down", "still negotiating", "rests on one news item"]),
        ("c-tusome", ["voice of those who ran it"]),
        ("c-pal-network", ["self-told"]),
        ("c-liberia-leap", ["0.18", "51 %", "15 %", "no fall"]),
        ("c-ifc-bridge", ["no intentional obstruction", "cooperation", "two moderators"]),
    ],
)
def test_a_case_shows_where_its_sources_differ_or_are_weak(key: str, figures: list[str]):
    (case,) = [case for case in of_type("case") if case.fields["id"] == key]

    for figure in figures:
        assert figure in case.body, figure


def section(case: Starter, heading: str) -> str:
    """The text under one heading of the second level."""
    return case.body.split(f"\n## {heading}\n")[1].split("\n## ")[0]
