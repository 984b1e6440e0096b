"""The starter pages together: enough of them, on every theme, and pointing at one another."""

from collections import Counter

from tests.content.starter import PAGES, headings, of_type, open_page, values_at, vocabulary
from wiki.rendering.markdown import render

CASES = of_type("case")
LESSONS = of_type("lesson")


def test_there_are_twelve_cases_and_at_least_twenty_lessons_of_every_kind():
    assert len(CASES) == 12
    assert len(LESSONS) >= 20
    assert {lesson.fields["kind"] for lesson in LESSONS} == set(vocabulary("lesson_kind"))


def test_every_theme_has_a_case_and_two_lessons():
    cases = Counter(theme for case in CASES for theme in case.fields["themes"])
    lessons = Counter(theme for lesson in LESSONS for theme in lesson.fields["themes"])

    for theme in vocabulary("theme"):
        assert cases[theme] >= 1, theme
        assert lessons[theme] >= 2, theme


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


def test_cases_and_lessons_name_each_other():
    cases = {case.fields["id"]: case for case in CASES}
    lessons = {lesson.fields["id"]: lesson for lesson in LESSONS}

    forth = {(c, lesson) for c, case in cases.items() for lesson in case.fields["lessons"]}
    back = {(c, key) for key, lesson in lessons.items() for c in lesson.fields["from"]}

    assert forth == back
    assert {c for c, _ in forth} == set(cases)
    assert {key for _, key in back} == set(lessons)


def test_cases_and_lessons_link_each_other_in_their_text():
    slugs = {page.fields["id"]: page.slug for page in CASES + LESSONS}
    for page in CASES + LESSONS:
        named = [*page.fields.get("lessons", []), *page.fields.get("from", [])]

        assert {slugs[key] for key in named} <= set(render(page.source).links), page.slug


def test_lessons_are_linked_to_other_lessons_and_a_contradiction_stands_on_both_sides():
    known = {lesson.fields["id"] for lesson in LESSONS}
    links = [
        (lesson.fields["id"], link["relation"], link["lesson"])
        for lesson in LESSONS
        for link in lesson.fields["links"]
    ]
    against = {(one, other) for one, relation, other in links if relation == "contradicts"}

    assert len(links) >= 6
    assert len(set(links)) == len(links)
    assert {other for _, _, other in links} <= known
    assert all(one != other for one, _, other in links)
    assert against
    assert against == {(other, one) for one, other in against}


def test_a_lesson_rests_on_several_kinds_of_evidence_from_several_cases():
    assert any(
        len(set(values_at(lesson.fields, "evidence.type"))) >= 3
        and len(set(values_at(lesson.fields, "evidence.case"))) >= 2
        for lesson in LESSONS
    )


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


def test_a_theme_keeps_no_list_by_hand_because_the_wiki_lists_its_cases_and_lessons():
    for theme in of_type("theme"):
        assert headings(theme) == ["The question we ask", "What to look for"], theme.slug
