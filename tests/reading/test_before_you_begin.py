"""Before you begin: lessons of others as questions to one's own partners."""

import re

from tests.journeys.browser import Person
from tests.reading.people import Writer
from wiki.cases.vocabulary import vocabulary


def lessons(page: str) -> list[str]:
    return re.findall(r'class="advice-lesson"><a [^>]*>([^<]*)<', page)


def test_lessons_fit_by_what_they_and_their_cases_say(writer: Writer, reader: Person) -> None:
    writer.case("kites", "Kites", partnership_type=["community_led"])
    writer.lesson("ask", "Ask first", from_=["c-kites"], stage=["planning_together"])
    writer.lesson("wait", "Wait", from_=["c-other"])
    page = reader.open("/begin?partnership_type=community_led&stage=planning_together").text

    assert lessons(page) == ["Ask first", "Wait"]
    assert page.index("Ask first") < page.index("From other partnerships") < page.index("Wait")
    assert "Kites" in page


def test_each_lesson_is_a_question_made_of_its_first_cause(writer: Writer, reader: Person) -> None:
    writer.lesson("ask", "Ask first", root_causes=["no_plan_for_ending"])
    writer.lesson("why", "Why", kind="open_question", claim="Who acts on an early result?")
    page = reader.open("/begin").text

    assert vocabulary("root_cause").questions["no_plan_for_ending"] in page
    assert page.count("Who acts on an early result?") == 1


def test_a_lesson_gives_its_place_to_the_one_that_took_it(writer: Writer, reader: Person) -> None:
    writer.lesson("ask", "Ask first")
    writer.lesson("hear", "Hear them", links=[{"relation": "supersedes", "lesson": "l-ask"}])

    assert lessons(reader.open("/begin").text) == ["Hear them"]


def test_the_contrary_is_heard_too(writer: Writer, reader: Person) -> None:
    for number in range(11):
        writer.lesson(
            f"l{number}",
            f"Lesson {number}",
            from_=[f"c-{number}"],
            evidence=[{"type": "research_study"}, {"type": "practitioner_experience"}],
        )
    writer.lesson(
        "contrary", "The contrary", from_=["c-x"],
        links=[{"relation": "contradicts", "lesson": "l-l0"}],
    )  # fmt: skip
    found = lessons(reader.open("/begin").text)

    assert len(found) == 10
    assert {"The contrary", "Lesson 0"} & set(found)


def test_the_form_keeps_what_was_answered_and_the_address_says_it(
    writer: Writer, reader: Person
) -> None:
    writer.lesson("ask", "Ask first")
    page = reader.open(
        "/begin?stage=ended&org_type=foundation&org_type=individual&colour=red"
    ).text

    assert '<option value="ended" selected>' in page
    assert page.count(" checked>") >= 2
    assert "/begin?stage=ended&amp;org_type=foundation&amp;org_type=individual" in page
    assert "colour=red" in page


def test_without_any_lesson_it_says_how_to_begin(reader: Person) -> None:
    assert "One sentence is enough to begin." in reader.open("/begin").text
