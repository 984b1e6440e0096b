"""A passage has an address that stays: cited as its speaker's only if they spoke and agreed."""

import re
from typing import Any

import pytest

from tests.cases.examples import case_text
from tests.journeys.browser import Person
from tests.journeys.test_voices import give

SCOPES = ["public_pseudonym", "export_and_citation"]


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text(), title="The tool")
    return "/w/the-tool"


def cited(reader: Person, case: str, **asked: Any) -> str:
    return reader.open(f"{case}@2/passage/1", **asked).text


def test_each_passage_of_the_story_leads_to_its_own_address(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, scopes=SCOPES)
    give(ada, case, scopes=SCOPES, display="Sefu", words="We were many that day.")

    found = re.findall(r'href="([^"]+/passage/\d)">cite<', reader.open(case).text)

    assert found == ["/w/the-tool@3/passage/1", "/w/the-tool@3/passage/2"]
    first, second = (reader.open(address).text for address in found)
    assert "Nobody asked us" in first and "Nobody asked us" not in second
    assert "Asha" in first and "Sefu" in second


def test_words_of_the_speaker_are_cited_as_theirs(ada: Person, reader: Person, case: str) -> None:
    give(ada, case, scopes=SCOPES)

    page = cited(reader, case)

    said = "Asha (Teacher or educator), spoken by the speaker. “The tool”, revision 2."
    assert f"<bdi>{said}</bdi>" in page
    assert "/w/the-tool@2/passage/1" in page and "English" in page


def test_what_somebody_else_tells_is_never_cited_as_the_speakers(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, scopes=SCOPES, mode="reported_paraphrase", reviewed="no")

    page = cited(reader, case)

    assert "Teacher or educator, as told by Ada, told by somebody else." in page
    assert "<bdi>Asha" not in page


def test_who_did_not_agree_to_be_cited_is_not(ada: Person, reader: Person, case: str) -> None:
    give(ada, case)

    page = cited(reader, case)

    assert "The speaker did not agree to be cited." in page
    assert "<bdi>“The tool”, revision 2.</bdi>" in page


def test_words_that_a_machine_made_are_cited_as_nobodys(
    ada: Person, reader: Person, case: str
) -> None:
    more = {"mode": "direct_translated", "said_in": "sw", "machine": "1"}
    give(ada, case, scopes=SCOPES, **more)

    page = cited(reader, case)

    assert "a machine’s translation, in a page written by Ada" in page
    assert "Swahili" in page


def test_a_passage_that_was_taken_back_is_gone_with_its_name(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case, scopes=SCOPES)
    reader.fill("/take-back", "code", code=receipt)

    answer = reader.open(f"{case}@2/passage/1")

    assert answer.status_code == 410
    assert "This passage is gone" in answer.text
    assert "Asha" not in answer.text and "Nobody asked" not in answer.text


def test_an_address_of_no_passage_leads_nowhere(ada: Person, reader: Person, case: str) -> None:
    give(ada, case, scopes=SCOPES)

    for place in ("@2/passage/2", "@2/passage/0", "@1/passage/1", "@9/passage/1"):
        assert reader.open(f"{case}{place}").status_code == 404
