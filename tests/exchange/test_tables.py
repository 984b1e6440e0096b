"""Cases, lessons, partners and money as files that others can work with."""

import csv
import json
from io import StringIO

import pytest
from flask import Flask

from tests.journeys.browser import Person
from tests.reading.people import Writer
from wiki.cases.labels import Labels
from wiki.cases.queries import Entry
from wiki.cases.tables import NAMES, table_of
from wiki.exchange.tables import BOM, as_csv
from wiki.text.front_matter import Value

SCHOOL: dict[str, Value] = {
    "id": "p-school",
    "name": "Hill School",
    "org_type": "school_or_college",
    "country": "KE",
    "roles": ["implementing", "hosting"],
    "decisions": {"budget": "was_informed"},
}
GENERAL: dict[str, Value] = {
    "id": "p-funder",
    "name": "A large funder",
    "name_visibility": "generalised",
    "ids": ["https://ror.org/02mhbdp94"],
    "describes_itself_as": "The only one in town",
}
WITHHELD: dict[str, Value] = {"id": "p-x", "name_visibility": "withheld"}
FLOW: Value = {"from": "p-funder", "to": "p-school", "instrument": "core_grant"}


@pytest.fixture
def writer(app: Flask) -> Writer:
    return Writer(app)


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)


def rows(person: Person, address: str) -> list[dict[str, str]]:
    text = person.open(address).text
    assert text.startswith(f"{BOM}# ")
    return list(csv.DictReader(StringIO(text.split("\r\n", 1)[1], newline="")))


def lines(person: Person, address: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in person.open(address).text.splitlines()]


def two_cases(writer: Writer) -> None:
    writer.case("kites", "Kites", places=["KE-30"], partners=[SCHOOL, GENERAL, WITHHELD],
                money=[FLOW])  # fmt: skip
    writer.case("boats", "=HYPERLINK(1)", themes=["whose-rules"])
    writer.lesson("ask", "Ask first", from_=["c-kites"], root_causes=["design_flaw"])


def test_a_case_is_a_row_with_codes_and_words_and_its_licence(
    writer: Writer, reader: Person
) -> None:
    two_cases(writer)
    boats, kites = rows(reader, "/cases.csv")

    assert (kites["key"], kites["title"], kites["address"]) == ("c-kites", "Kites", "/w/kites")
    assert kites["licence"] == "CC-BY-4.0"
    assert (kites["places"], kites["places_label"]) == ("KE-30", "Kenya")
    assert (kites["partnership_outcome"], kites["partnership_outcome_label"]) == (
        "strained",
        "Strained",
    )
    assert (kites["when_start"], kites["first_year"]) == ("2019", "2019")
    assert kites["root_causes"] == "design_flaw"
    assert boats["title"] == "'=HYPERLINK(1)"


def test_a_table_holds_what_the_list_holds(writer: Writer, reader: Person) -> None:
    two_cases(writer)

    assert [row["key"] for row in rows(reader, "/cases.csv?theme=technology")] == ["c-kites"]
    assert [row["case"] for row in rows(reader, "/partners.csv?theme=whose-rules")] == [
        "c-boats",
        "c-boats",
    ]
    assert rows(reader, "/lessons.csv?status=contested") == []
    page = reader.open("/cases?theme=technology&order=title").text
    assert 'href="/cases.csv?theme=technology"' in page
    assert 'href="/money.jsonl?theme=technology"' in page


def test_a_partner_is_a_row_and_a_name_kept_back_is_not_in_it(
    writer: Writer, reader: Person
) -> None:
    two_cases(writer)
    school, general, withheld = rows(reader, "/partners.csv?theme=technology")

    assert (school["name"], school["organisation"]) == ("Hill School", "hill-school")
    assert (school["country"], school["country_label"]) == ("KE", "Kenya")
    assert (school["roles"], school["decisions_budget"]) == (
        "implementing; hosting",
        "was_informed",
    )
    assert (general["name"], general["organisation"], general["ids"]) == ("A large funder", "", "")
    assert general["describes_itself_as"] == ""
    assert (withheld["id"], withheld["name"]) == ("p-x", "")


def test_a_withheld_name_that_an_import_brought_in_stays_out_of_every_table() -> None:
    row = {**GENERAL, "name": "Secret Works", "name_visibility": "withheld"}
    fields = {"partners": [row], "money": [FLOW]}
    entry = Entry(1, "k", "K", "case", "c-k", "en", "", {}, fields, {}, None, None)

    for name in NAMES:
        made = table_of(name, Labels())
        written = "".join(as_csv("x", made.columns, made.rows(entry, Labels())))
        assert "Secret" not in written
        assert "ror.org" not in written


def test_money_is_a_row_for_each_flow_with_the_names_that_may_be_read(
    writer: Writer, reader: Person
) -> None:
    two_cases(writer)
    (flow,) = rows(reader, "/money.csv")

    assert (flow["from"], flow["from_name"]) == ("p-funder", "A large funder")
    assert (flow["to_name"], flow["instrument"]) == ("Hill School", "core_grant")


def test_json_lines_say_what_they_are_and_keep_lists(writer: Writer, reader: Person) -> None:
    two_cases(writer)
    about, ask = lines(reader, "/lessons.jsonl")

    assert "licence" in str(about["about"])
    assert list(ask) == about["columns"]
    assert ask["root_causes"] == ["design_flaw"]
    assert ask["evidence"] == [{"type": "practitioner_experience"}]
    assert (ask["status"], ask["status_label"]) == ("hypothesis", "First idea")


def test_the_columns_are_the_same_whatever_the_rows(writer: Writer, reader: Person) -> None:
    empty = [reader.open(f"/{name}.csv").text.splitlines()[1] for name in NAMES]
    two_cases(writer)

    assert [reader.open(f"/{name}.csv").text.splitlines()[1] for name in NAMES] == empty
    assert all(len(set(header.split(","))) == len(header.split(",")) for header in empty)


def test_rows_stand_in_the_order_in_which_the_pages_were_made(
    writer: Writer, reader: Person
) -> None:
    two_cases(writer)
    first = reader.open("/cases.csv").data
    writer.lesson("wait", "Wait", from_=["c-kites"])

    assert reader.open("/cases.csv").data == first


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_no_cell_is_a_formula(start: str) -> None:
    written = "".join(as_csv("x", ["a"], [{"a": f"{start}1"}]))

    assert f"'{start}1" in written


def test_a_draft_is_in_no_table(writer: Writer, reader: Person) -> None:
    two_cases(writer)
    writer.fill("/w/kites/delete", "reason", reason="Written twice.")

    assert "c-kites" not in reader.open("/cases.csv").text
    assert rows(reader, "/money.csv") == []


def test_a_table_is_sent_as_a_file_and_not_indexed(reader: Person) -> None:
    answer = reader.open("/cases.csv")

    assert answer.data
    assert answer.headers["Content-Disposition"] == "attachment; filename=cases.csv"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert reader.open("/secrets.csv").status_code == 404
