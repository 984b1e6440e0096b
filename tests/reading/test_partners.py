"""Organisations that cases name, and those whose names are kept back."""

from tests.journeys.browser import Person
from tests.reading.people import Writer
from wiki.cases.labels import Labels
from wiki.cases.organisation import appearance
from wiki.cases.queries import Entry
from wiki.text.front_matter import Value

SCHOOL: dict[str, Value] = {
    "id": "p-school",
    "name": "Hill School",
    "org_type": "school_or_college",
}
FIRM: dict[str, Value] = {
    "id": "p-firm",
    "name": "Tool Makers",
    "org_type": "company_host_country",
}


def test_an_organisation_has_a_page_with_its_role_and_what_it_said(
    writer: Writer, reader: Person
) -> None:
    writer.case(
        "kites",
        "Kites",
        partners=[{**SCHOOL, "roles": ["implementing"], "country": "KE"}, FIRM],
        outcome_said_by=[
            {"partner": "p-school", "purpose_outcome": "not_met", "basis": "its yearly report"},
            {"partner": "p-firm", "purpose_outcome": "met"},
        ],
    )
    writer.case("boats", "Boats", partners=[{**SCHOOL, "name": "HILL  school"}, FIRM])
    page = reader.open("/partners/hill-school").text

    assert "2 cases name it as a partner." in page
    assert "its yearly report" in page
    assert "Kenya" in page
    assert "The case does not tell any." in page
    assert "The case does not say." in page


def test_a_name_that_is_made_general_is_no_organisation(writer: Writer, reader: Person) -> None:
    general = {**FIRM, "name": "A large funder", "name_visibility": "generalised"}
    withheld: Value = {"id": "p-x", "name_visibility": "withheld", "org_type": "school_or_college"}
    writer.case("kites", "Kites", partners=[SCHOOL, general, withheld])
    answer = reader.open("/partners/a-large-funder")

    assert answer.status_code == 404
    for page in (answer.text, reader.open("/partners").text, reader.open("/cases").text):
        assert "large funder" not in page


def test_a_name_is_kept_back_even_where_an_import_brought_it_in() -> None:
    row = {**FIRM, "name": "Secret Works", "name_visibility": "withheld"}
    entry = Entry(
        1, "kites", "Kites", "case", "c-kites", "en", "", {}, {"partners": [row]}, {}, None, None
    )

    assert appearance(entry, "secret-works", Labels()) is None


def test_organisations_are_found_by_letter_by_part_of_the_name_and_by_number(
    writer: Writer, reader: Person
) -> None:
    writer.case("kites", "Kites", partners=[SCHOOL, FIRM])
    writer.case("boats", "Boats", partners=[FIRM, {"id": "p-x", "name": "Élan"}])

    every = reader.open("/partners").text
    assert "Hill School" in every
    assert "Élan" in every
    assert "Hill School" not in reader.open("/partners?letter=t").text
    assert "Tool Makers" in reader.open("/partners?q=MAKERS").text
    counted = reader.open("/partners?order=cases").text
    assert counted.index("Tool Makers") < counted.index("Hill School")
    assert "No organisation has such a name." in reader.open("/partners?q=zzz").text


def test_an_unknown_organisation_is_404_and_leads_on(reader: Person) -> None:
    answer = reader.open("/partners/nobody-at-all")

    assert answer.status_code == 404
    assert 'href="/partners"' in answer.text
