"""A starter case says what is known, who is silent in it, and where its sources differ."""

import re

import pytest

from tests.content.starter import Starter, headings, of_type, values_at

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
# Learners, families and communities: those who are spoken about most and heard least.
CONCERNED = {"learner_or_parent_body", "community_group", "indigenous_authority"}

every_case = pytest.mark.parametrize("case", of_type("case"), ids=lambda case: case.slug)


@every_case
def test_a_case_opens_by_saying_that_no_partner_has_written(case: Starter):
    assert case.fields["account_basis"] == "desk_summary"
    assert case.body.lstrip().startswith(OPENING)
    assert headings(case) == [*CASE_HEADINGS, "Sources"]


@every_case
def test_a_case_has_between_500_and_1500_words(case: Starter):
    assert 500 <= len(case.body.split()) <= 1500


@every_case
def test_every_partner_has_a_name_a_kind_and_a_role(case: Starter):
    for partner in case.fields["partners"]:
        assert partner["name"] and partner["org_type"] and partner["roles"]


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
    assert re.search(r"None of them has been asked|We have not asked", said)


@every_case
def test_a_case_says_that_no_community_member_or_teacher_wrote_it(case: Starter):
    missing = section(case, "Who is missing here")

    assert "None of the first cases in this wiki was written by a community member" in missing


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
