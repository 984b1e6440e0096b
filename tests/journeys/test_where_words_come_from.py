"""A reader who has never heard of a diff asks whose words these are, and what happened to them."""

import re

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.browser import Person

FIRST = "We met in March.\n\nThe funder chose the tool and told nobody.\n"
SECOND = "We met in March.\n\nThe funder chose the tool and told the school.\n"
BEYOND = "/w/the-tool@1/words/0-10000"


def passages(html: str) -> dict[str, str]:
    """From the words of each passage of a reading view to where its name leads."""
    found = re.findall(
        r'<a href="([^"]*/words/[^"]*)">[^<]*</a>: </span><span class="passage[^>]*>([^<]*)', html
    )
    return {words.strip(): address for address, words in found}


def text_of(html: str) -> str:
    """The page as it is read, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1]).split())


def test_each_name_of_the_reading_view_leads_to_who_when_which_edit_and_why(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")
    bo.write("the-tool", SECOND, summary="They did tell us")

    links = passages(reader.open("/w/the-tool?voices=1").text)
    story = text_of(reader.open(links["the school."]).text)

    assert "Bogna" in story
    assert "edit 2" in story
    assert "They did tell us" in story


def test_the_history_of_a_paragraph_says_what_was_there_before_and_who_wrote_it_first(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")
    bo.write("the-tool", SECOND)
    ada.write("the-tool", f"{SECOND}\nAnd then it rained.\n")

    links = passages(reader.open("/w/the-tool?voices=1").text)
    page = reader.open(links["the school."]).text

    assert "<del>nobody</del><ins>the school</ins>" in page
    assert re.findall(r"<b>([^<]+)</b>: ", page) == ["Changed", "Written here first"]


def test_who_looks_for_a_paragraph_in_the_history_is_led_to_the_text_with_its_names(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")

    history = reader.open("/w/the-tool/history").text
    (way,) = re.findall(r'<a href="([^"]*)">One paragraph', history)

    assert (
        "Written here first"
        in reader.open(passages(reader.open(way).text)["We met in March."]).text
    )


def test_a_paragraph_that_was_blanked_and_brought_back_keeps_its_beginning(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")
    bo.write("the-tool", "Nothing to see.\n")
    ada.write("the-tool", FIRST)

    links = passages(reader.open("/w/the-tool?voices=1").text)
    page = reader.open(links["We met in March."]).text

    assert re.findall(r"<b>([^<]+)</b>: ", page) == [
        "Brought back",
        "Taken out",
        "Written here first",
    ]


def test_a_name_that_is_hidden_is_hidden_here_too(app: Flask, bo: Person, reader: Person) -> None:
    moderator = Person(app, "Mo", role="moderator")
    bo.write("the-tool", FIRST, title="The tool")
    moderator.write("the-tool", SECOND)
    address = passages(reader.open("/w/the-tool?voices=1").text)["We met in March."]

    moderator.fill("/desk/hide/the-tool/1", "reason", reason="Asked for.", name="1")

    page = reader.open(address).text
    assert "Bogna" not in page
    assert "name hidden" in page


def test_a_text_that_is_hidden_is_in_no_history_of_a_passage(
    app: Flask, bo: Person, reader: Person
) -> None:
    moderator = Person(app, "Mo", role="moderator")
    bo.write("the-tool", FIRST, title="The tool")
    moderator.write("the-tool", SECOND)

    moderator.fill("/desk/hide/the-tool/1", "reason", reason="Asked for.", text="1")

    address = passages(reader.open("/w/the-tool?voices=1").text)["the school."]
    page = reader.open(address).text
    assert "told nobody" not in page
    assert "<del>" not in page
    assert "The text of this edit is hidden." in page
    assert reader.open("/w/the-tool@1/words/0-2").text.count("hidden by a moderator") == 1


@pytest.mark.parametrize(
    "address", [BEYOND, "/w/the-tool@1/words/3-2", "/w/the-tool@2/words/0-1", "/w/x@1/words/0-1"]
)
def test_words_that_are_not_there_are_a_page_that_is_not_there(
    ada: Person, reader: Person, address: str
) -> None:
    ada.write("the-tool", FIRST, title="The tool")

    assert reader.open(address).status_code == 404


def test_a_difference_says_whose_words_it_takes_out_adds_and_brings_back(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")
    bo.write("the-tool", "The funder chose the tool and told nobody.\n\nIt rained for days.\n")
    ada.write("the-tool", FIRST)

    taken = text_of(reader.open("/w/the-tool/diff/1/2").text)
    back = text_of(reader.open("/w/the-tool/diff/2/3").text)

    assert "Takes out 4 words by Ada ." in taken
    assert "Adds 4 words by Bogna ." in taken
    assert "Takes out 4 words by Bogna ." in back
    assert "Brings back or repeats 4 words by Ada ." in back


def test_moving_reformatting_and_mending_takes_nobodys_words_out(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write(
        "the-tool", "One thing went worng here.\n\nNobody asked us first.\n", title="The tool"
    )
    bo.write("the-tool", "**Nobody** asked us first.\n\nOne thing went wrong here.\n")

    page = text_of(reader.open("/w/the-tool/diff/1/2").text)

    assert "Takes out" not in page
    assert "Adds" not in page


def test_how_many_words_somebody_with_a_hidden_name_lost_is_not_said(
    app: Flask, bo: Person, reader: Person
) -> None:
    moderator = Person(app, "Mo", role="moderator")
    bo.write("the-tool", FIRST, title="The tool")
    moderator.write("the-tool", "We met in March.\n")

    moderator.fill("/desk/hide/the-tool/1", "reason", reason="Asked for.", name="1")

    page = text_of(reader.open("/w/the-tool/diff/1/2").text)
    assert "Takes out words by name hidden ." in page


def test_a_name_on_the_panel_leads_to_the_page_with_the_words_of_that_voice_alone(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", FIRST, title="The tool")
    bo.write("the-tool", f"{FIRST}\nIt rained for days on end there.\n")

    panel = reader.open("/w/the-tool").text
    address = re.findall(r'href="(/w/the-tool@2/voices/\d)"><bdi>Bogna', panel)[0]
    page = reader.open(address)

    assert set(passages(page.text)) == {"It rained for days on end there."}
    assert "Only the words of Bogna are marked here." in text_of(page.text)
    assert reader.open("/w/the-tool@2/voices/3").status_code == 404


def test_the_panel_says_when_the_words_were_written(ada: Person, reader: Person) -> None:
    ada.write("the-tool", FIRST, title="The tool")

    assert re.search(
        r"The words were written in [A-Z][a-z]+ 20\d\d \.",
        text_of(reader.open("/w/the-tool").text),
    )


def test_each_fact_of_a_page_says_who_set_it(ada: Person, bo: Person, reader: Person) -> None:
    ada.write("the-tool", case_text(title="The tool"), title="The tool")
    broken = case_text(title="The tool", partnership_outcome="broke_down", end_reason=["handover"])
    bo.write("the-tool", broken)

    told = text_of(reader.open("/w/the-tool/voices").text)

    assert re.search(r"partnership_outcome broke_down Bogna ,", told)
    assert re.search(r"title The tool Ada ,", told)
