"""The starter pages can be imported as they are, hang together, and say only what they may."""

import re
from pathlib import Path

import pytest

from tests.content.starter import (
    CONTROLLED,
    PAGES,
    TEMPLATES,
    Starter,
    decisions,
    of_type,
    open_page,
    values_at,
    vocabulary,
)
from wiki.rendering.markdown import render
from wiki.saving.checks import check_text, check_title
from wiki.text import front_matter
from wiki.text.slugs import slugify

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
every_file = pytest.mark.parametrize("path", PAGES + TEMPLATES, ids=lambda path: path.stem)
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
every_case = pytest.mark.parametrize("case", of_type("case"), ids=lambda case: case.slug)


def headings(page: Starter) -> list[str]:
    return re.findall(r"^## (.+)$", page.body, re.MULTILINE)


@every_file
def test_a_file_is_in_the_canonical_form_of_the_writer(path: Path):
    page = open_page(path)

    assert front_matter.write(page.fields, page.body) == page.source


@every_file
def test_a_file_begins_with_type_id_and_title(path: Path):
    assert list(open_page(path).fields)[:3] == ["type", "id", "title"]


@every_file
def test_every_controlled_value_is_in_its_vocabulary(path: Path):
    page = open_page(path)
    for where, name in CONTROLLED.get(page.fields["type"], {}).items():
        assert set(values_at(page.fields, where)) <= set(vocabulary(name)), where


@every_page
def test_a_page_is_accepted_by_the_checks_of_a_save(path: Path):
    page = open_page(path)

    checked = check_text(page.source, max_bytes=200_000)

    assert checked.kind == page.fields["type"]
    assert (checked.language, checked.licence) == ("en", "CC-BY-4.0")
    check_title(checked.title)


@every_page
def test_the_file_name_is_the_slug(path: Path):
    assert slugify(path.stem) == path.stem


@every_page
def test_titles_summaries_and_claims_keep_their_limits(path: Path):
    fields = open_page(path).fields

    assert 0 < len(fields["title"]) <= 90
    assert len(fields.get("summary", "")) <= 280
    assert len(fields.get("claim", "")) <= 280


@every_page
def test_every_wiki_link_leads_to_a_starter_page(path: Path):
    links = set(render(open_page(path).source).links)

    assert links <= {page.stem for page in PAGES}


@every_page
def test_a_page_renders_and_keeps_no_bracket_of_a_link(path: Path):
    page = open_page(path)

    rendered = render(page.source)

    assert not rendered.failed
    if page.slug != "formatting-help":  # which shows how links are typed
        assert "[[" not in rendered.plain


@every_page
def test_a_page_has_no_exclamation_mark_and_blames_nobody(path: Path):
    text = open_page(path).source

    assert "!" not in text
    assert "blame" not in text.lower()


def test_every_page_can_be_reached_from_the_welcome_page():
    links = {page.slug: set(render(page.source).links) for page in map(open_page, PAGES)}
    reached: set[str] = set()
    waiting = {"welcome"}
    while waiting:
        reached |= waiting
        waiting = set().union(*(links[slug] for slug in waiting)) - reached

    assert reached == set(links)


def test_ids_are_unique_and_show_the_type():
    pages = [open_page(path) for path in PAGES]
    ids = [page.fields["id"] for page in pages]

    assert len(set(ids)) == len(ids)
    for page in pages:
        start = {"case": "c-", "lesson": "l-"}.get(page.fields["type"], page.slug)
        assert page.fields["id"].startswith(start)


def test_the_themes_are_those_of_the_vocabulary_with_their_labels():
    rows = vocabulary("theme")

    titles = {page.slug: page.fields["title"] for page in of_type("theme")}

    assert titles == {slug: row["label"] for slug, row in rows.items()}


def test_a_theme_introduces_itself_in_200_to_350_words_and_asks_its_question():
    for theme in of_type("theme"):
        introduction = theme.body.split("\n## ")[0]
        question = vocabulary("theme")[theme.slug]["definition"]

        assert 200 <= len(introduction.split()) <= 350, theme.slug
        assert f"> {question}" in theme.body


def test_a_theme_links_every_case_and_lesson_that_names_it():
    stories = of_type("case") + of_type("lesson")
    for theme in of_type("theme"):
        named = {page.slug for page in stories if theme.slug in page.fields["themes"]}

        assert named
        assert named <= set(render(theme.source).links), theme.slug


def test_cases_and_lessons_name_each_other():
    cases = {case.fields["id"]: case for case in of_type("case")}
    lessons = {lesson.fields["id"]: lesson for lesson in of_type("lesson")}

    forth = {(c, lesson) for c, case in cases.items() for lesson in case.fields["lessons"]}
    back = {(c, key) for key, lesson in lessons.items() for c in lesson.fields["from"]}

    assert forth == back
    assert {c for c, _ in forth} == set(cases)
    assert {key for _, key in back} == set(lessons)


@every_case
def test_a_case_has_what_it_needs_to_be_published(case: Starter):
    assert {key for key in CASE_NEEDS if case.fields.get(key)} == CASE_NEEDS
    assert case.fields["when"]["start"]
    assert len(case.fields["partnership_type"]) <= 3
    assert len(case.fields["themes"]) <= 3


@every_case
def test_a_case_opens_by_saying_that_no_partner_has_written(case: Starter):
    assert case.fields["account_basis"] == "desk_summary"
    assert case.body.lstrip().startswith(OPENING)
    assert headings(case) == [*CASE_HEADINGS, "Sources"]


@every_case
def test_a_case_has_between_600_and_1500_words(case: Starter):
    assert 600 <= len(case.body.split()) <= 1500


@every_case
def test_partners_are_complete_and_everything_refers_to_one_of_them(case: Starter):
    partners = {partner["id"]: partner for partner in case.fields["partners"]}

    assert len(partners) >= 2
    for partner in partners.values():
        assert partner["name"] and partner["org_type"] and partner["roles"]
        assert partner["name_visibility"] in {"named", "generalised", "withheld"}
    for path in (
        "outcome_said_by.partner",
        "money.from",
        "money.to",
        "money.who_can_stop",
        "rules.whose",
        "rules.approval_by",
        "capacities.lacked_by",
        "value.defined_by",
    ):
        assert set(values_at(case.fields, path)) <= set(partners), path


@every_case
def test_decisions_use_the_two_lists_of_the_vocabulary(case: Starter):
    areas, levels = vocabulary("decision_area"), vocabulary("decision_level")

    for area, level in decisions(case):
        assert area in areas and level in levels


@every_case
def test_every_source_was_read_in_excerpts_and_is_listed_in_the_text(case: Starter):
    listed = case.body.split("\n## Sources\n")[1]

    for source in case.fields["sources"]:
        assert source["read"] == "excerpt"
        assert source["says"]
        assert source.get("url", "") in listed


def test_the_laptop_case_shows_where_its_sources_differ():
    (case,) = [case for case in of_type("case") if case.fields["id"] == "c-olpc-peru"]

    for figure in ("0.12", "0.28", "2024: a negative effect", "2025: no effect on completion"):
        assert figure in case.body
