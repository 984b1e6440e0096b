"""Reading a case and a lesson: what a reader meets first, and the pages that hang together."""

from tests.cases.examples import case_text, lesson_text
from tests.journeys.browser import Person

MONEY = [{"from": "p-firm", "to": "p-school", "instrument": "in_kind", "who_can_stop": ["p-firm"]}]
SAID = [
    {"partner": "p-school", "purpose_outcome": "not_met"},
    {"partner": "p-firm", "purpose_outcome": "met"},
]


def test_a_reader_meets_outcomes_partners_money_and_what_is_missing(
    ada: Person, reader: Person
) -> None:
    ada.write(
        "the-tool", case_text(id="c-tool", money=MONEY, outcome_said_by=SAID), title="The tool"
    )

    page = reader.open("/w/the-tool").text

    assert "Partners disagree about the outcome." in page
    assert (
        page.index("Strained")
        < page.index("We met in March.")
        < page.index("Hill School</a></h3>")
    )
    assert "Tool Makers to Hill School: In kind" in page.replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert "This page does not say yet:" in page and "who decided what" in page


def test_a_lesson_stands_on_the_page_of_its_case_once_it_is_public(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", case_text(id="c-tool"), title="The tool")
    assert "Nobody has written down a lesson from it yet." in reader.open("/w/the-tool").text

    ada.write("ask-first", lesson_text(id="l-ask", from_=["c-tool"]), title="Ask first")

    assert '<a href="/w/ask-first" dir="auto">Ask first</a>' in reader.open("/w/the-tool").text
    assert "The tool" in reader.open("/w/ask-first").text


def test_a_case_says_whether_others_drew_its_lessons(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", case_text(id="c-tool"), title="The tool")
    ada.write("ask-first", lesson_text(id="l-ask", from_=["c-tool"]), title="Ask first")
    assert "Drawn by those who wrote the story." in reader.open("/w/the-tool").text

    bo.write("tell-first", lesson_text(id="l-tell", from_=["c-tool"]), title="Tell first")
    assert "Drawn by those who wrote the story and by others." in reader.open("/w/the-tool").text


def test_a_case_leads_to_cases_like_it_with_what_they_share(ada: Person, reader: Person) -> None:
    ada.write("the-tool", case_text(places=["KE"]), title="The tool")
    ada.write("a-loan", case_text(places=["KE"], themes=["systems-and-money"]), title="A loan")
    ada.write("far-away", case_text(places=["PE"], themes=["whose-rules"]), title="Far away")
    assert 'href="/w/the-tool/alike"' in reader.open("/w/the-tool").text

    page = reader.open("/w/the-tool/alike").text

    assert page.index("A loan") < page.index("In common: Country: Kenya")
    assert reader.open("/w/no-such-case/alike").status_code == 404


def test_a_contradiction_is_told_on_both_lessons(ada: Person, reader: Person) -> None:
    ada.write("ask-first", lesson_text(id="l-ask"), title="Ask first")
    assert "First idea" in reader.open("/w/ask-first").text

    against = [{"relation": "contradicts", "lesson": "l-ask", "why": "There it hurt."}]
    ada.write("tell-first", lesson_text(id="l-tell", links=against), title="Tell first")

    for address, says in (
        ("/w/ask-first", "Contradicted by"),
        ("/w/tell-first", "It contradicts"),
    ):
        page = reader.open(address).text
        assert "Contested" in page and "Another lesson says the contrary." in page
        assert says in page and "There it hurt." in page


def test_an_older_revision_tells_the_facts_of_then(ada: Person, reader: Person) -> None:
    ada.write("the-tool", case_text(), title="The tool")
    ada.write("the-tool", case_text(partnership_outcome="thriving"))

    assert ">Strained<" in reader.open("/w/the-tool@1").text
    assert ">Thriving<" in reader.open("/w/the-tool").text


def test_wrong_fields_come_back_with_their_lines_and_all_that_was_typed(ada: Person) -> None:
    source = case_text(stage="later")
    line = source.split("\n").index("stage: later") + 1

    answer = ada.write("the-tool", source, title="The tool")

    assert answer.status_code == 422
    assert f"Line {line}, stage: “later” is none of its values" in answer.text
    assert "stage: later" in answer.text


def test_a_field_that_nobody_knows_is_kept_and_named(ada: Person, reader: Person) -> None:
    ada.write("the-tool", case_text(weather="rain"), title="The tool")

    assert "<code>weather</code>" in reader.open("/w/the-tool").text
    assert "weather: rain" in reader.open("/w/the-tool/raw").text
