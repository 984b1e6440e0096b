"""Browsing cases and lessons through the address, as somebody without JavaScript does."""

import html
import re

from flask import Flask

from tests.cases.examples import LESSON
from tests.journeys.browser import Person
from tests.reading.people import Writer
from wiki.text.front_matter import Value

TWO_VIEWS: list[Value] = [
    {"partner": "p-school", "purpose_outcome": "not_met"},
    {"partner": "p-firm", "purpose_outcome": "met"},
]


def titles(page: str) -> list[str]:
    return re.findall(r'class="entry-title"[^>]*>([^<]*)<', page)


def links(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'href="(/[^"]*)"', page)]


def three_cases(writer: Writer) -> None:
    writer.case(
        "kites", "Kites", themes=["technology"], stage="ended", end_reason=["funding_cut"],
        when={"start": "2010", "end": "2012"}, places=["KE"],
    )  # fmt: skip
    writer.case("boats", "Boats", themes=["technology", "whose-rules"], places=["PE"])
    writer.case("trees", "Trees", themes=["whose-rules"], outcome_said_by=TWO_VIEWS)


def test_values_of_one_facet_add_pages_and_facets_take_them_away(
    writer: Writer, reader: Person
) -> None:
    three_cases(writer)

    def found(query: str) -> set[str]:
        return set(titles(reader.open(f"/cases?{query}").text))

    assert found("") == {"Kites", "Boats", "Trees"}
    assert found("theme=technology") == {"Kites", "Boats"}
    assert found("theme=technology&theme=whose-rules") == {"Kites", "Boats", "Trees"}
    assert found("theme=technology&country=PE&country=KE") == {"Kites", "Boats"}
    assert found("theme=technology&theme=whose-rules&disagree=yes") == {"Trees"}


def choices(page: str) -> dict[str, int]:
    """Address to count, of the values that are not chosen."""
    found = re.findall(r'href="([^"]*)" rel="nofollow"><span>.*?class="count">(\d+)<', page)
    return {html.unescape(address): int(count) for address, count in found}


def test_each_value_says_how_many_pages_it_would_leave_and_leads_to_them(
    writer: Writer, reader: Person
) -> None:
    three_cases(writer)

    found = choices(reader.open("/cases").text)

    assert found["/cases?theme=technology"] == 2
    for address, count in found.items():
        assert len(titles(reader.open(address).text)) == count, address


def test_a_chosen_value_narrows_the_counts_of_other_facets_only(
    writer: Writer, reader: Person
) -> None:
    three_cases(writer)

    found = choices(reader.open("/cases?theme=whose-rules").text)

    assert found["/cases?theme=whose-rules&theme=technology"] == 2  # Kites, and Boats too
    assert found["/cases?theme=whose-rules&country=PE"] == 1
    assert not any("country=KE" in address for address in found)


def test_years_are_those_that_a_case_touches(writer: Writer, reader: Person) -> None:
    three_cases(writer)

    assert titles(reader.open("/cases?from=2005&to=2011").text) == ["Kites"]
    assert set(titles(reader.open("/cases?from=2020").text)) == {"Boats", "Trees"}


def test_the_three_orders_of_cases(writer: Writer, reader: Person) -> None:
    three_cases(writer)

    assert titles(reader.open("/cases").text) == ["Trees", "Boats", "Kites"]
    assert titles(reader.open("/cases?order=title").text) == ["Boats", "Kites", "Trees"]
    assert titles(reader.open("/cases?order=year").text)[-1] == "Kites"


def test_a_chip_takes_its_value_away_and_nothing_else(writer: Writer, reader: Person) -> None:
    three_cases(writer)
    page = reader.open("/cases?theme=technology&country=KE").text
    chips = page[page.index('class="chips"') : page.index("</nav>", page.index('class="chips"'))]

    assert links(chips) == ["/cases?country=KE", "/cases?theme=technology", "/cases"]
    assert "Kenya" in chips


def test_what_the_address_asks_in_vain_is_left_out_and_said(
    writer: Writer, reader: Person
) -> None:
    three_cases(writer)
    page = reader.open("/cases?theme=%3Cb%3E&theme=technology").text

    assert set(titles(page)) == {"Kites", "Boats"}
    assert "theme=&lt;b&gt;" in page


def test_a_case_says_both_outcomes_and_that_its_partners_disagree(
    writer: Writer, reader: Person
) -> None:
    writer.case("trees", "Trees", purpose_outcome="not_met", outcome_said_by=TWO_VIEWS)
    page = reader.open("/cases").text

    assert "Strained" in page
    assert "Not met" in page
    assert "The partners do not see the outcome alike." in page


def test_a_lesson_says_how_it_stands_and_why(writer: Writer, reader: Person) -> None:
    writer.lesson("ask", "Ask first")
    page = reader.open("/lessons?status=hypothesis").text

    assert titles(page) == ["Ask first"]
    assert "One kind of evidence holds it up so far" in page
    assert str(LESSON["claim"]) in html.unescape(page)


def test_a_list_that_is_longer_than_a_page_goes_on(
    writer: Writer, reader: Person, app: Flask
) -> None:
    for number in range(27):
        writer.case(f"case-{number}", f"Case {number:02}")
    first = reader.open("/cases?order=title&theme=technology").text
    (following,) = [a for a in links(first) if "page=2" in a]

    assert titles(first) == [f"Case {number:02}" for number in range(25)]
    assert titles(reader.open(following).text) == ["Case 25", "Case 26"]
    assert "The list is shorter than that" in reader.open("/cases?page=7").text


def test_an_empty_list_says_what_to_do_next(writer: Writer, reader: Person) -> None:
    assert "Yours can be the first." in reader.open("/cases").text
    writer.case("kites", "Kites")
    page = reader.open("/cases?country=NP").text

    assert titles(page) == []
    assert "Take something away above" in page
    assert "Nepal" in page


def test_a_draft_and_a_deleted_case_are_in_no_list_and_no_count(
    writer: Writer, reader: Person
) -> None:
    writer.case("kites", "Kites", places=["KE"])
    writer.case("boats", "Boats", places=["PE"])
    writer.fill("/w/boats/delete", "reason", reason="Written twice.")
    page = reader.open("/cases").text

    assert titles(page) == ["Kites"]
    assert "Peru" not in page


def test_a_search_engine_is_kept_out_of_narrowed_lists(writer: Writer, reader: Person) -> None:
    three_cases(writer)

    assert 'content="noindex"' in reader.open("/cases?theme=technology").text
    assert 'content="noindex"' not in reader.open("/cases").text


def test_the_map_counts_the_cases_of_the_list_and_leads_to_them(
    writer: Writer, reader: Person
) -> None:
    three_cases(writer)
    page = reader.open("/cases/map?theme=technology").text
    words = page[page.index("The same in words") :]

    assert '<a href="/cases?theme=technology&amp;country=KE">Kenya</a> 1' in words
    assert "Peru" in words
    assert 'href="/cases?theme=technology"' in page
    assert titles(page) == []
    assert "The same in words" not in reader.open("/cases/map?country=NP").text


def test_the_timeline_names_each_case_with_its_years(writer: Writer, reader: Person) -> None:
    three_cases(writer)
    page = reader.open("/cases/timeline?theme=technology").text

    assert 'href="/w/kites"' in page
    assert "2010 – 2012" in page
    assert "Trees" not in page
