"""What people did for a page beside writing it."""

import pytest

from tests.cases.examples import case_text
from tests.journeys.browser import Person, forms_of
from tests.journeys.test_voices import give, offer


def test_what_somebody_did_is_told_as_they_want_to_be_named(
    ada: Person, reader: Person, case: str
) -> None:
    said = {"kind": "interpreted", "name": "J. of the valley"}
    assert ada.fill(f"/w/{case}/contributions", "kind", **said).status_code == 303
    ada.fill(f"/w/{case}/contributions", "kind", **said)

    page = reader.open(f"/w/{case}").text
    assert page.count("J. of the valley") == 1 and "Interpreted" in page


def test_what_is_missing_is_asked_for(ada: Person, case: str) -> None:
    nobody = ada.fill(f"/w/{case}/contributions", "kind", kind="hosted_or_connected", name=" ")
    unknown = ada.fill(f"/w/{case}/contributions", "kind", kind="cheered", name="Mo")

    assert nobody.status_code == unknown.status_code == 422
    assert 'id="f-name-error"' in nobody.text and 'id="f-kind-error"' in unknown.text
    assert "Mo" in unknown.text


@pytest.mark.parametrize("who", [{"name": "Mo"}, {"who": "v1", "name": ""}])
def test_it_can_be_taken_out_again(
    ada: Person, reader: Person, case: str, who: dict[str, str]
) -> None:
    give(ada, f"/w/{case}")
    address = f"/w/{case}/contributions"
    ada.fill(address, "kind", kind="translated", **who)
    ada.fill(address, "kind", kind="interpreted", **who)
    out = next(f for f in forms_of(ada.open(address).text) if f.fields.get("out") == "translated")

    assert ada.send(out).status_code == 303
    page = reader.open(f"/w/{case}").text
    assert "Translated" not in page and "Interpreted" in page


def test_a_translation_without_a_translator_says_so_until_one_is_named(
    ada: Person, reader: Person, case: str
) -> None:
    lacking = "Words here were translated by a person; who it was is not told."
    done = offer(ada, f"/w/{case}", mode="direct_translated", said_in="sw")
    assert "Say who translated" in done.text
    assert lacking in reader.open(f"/w/{case}").text

    ada.fill(f"/w/{case}/contributions", "kind", kind="translated", name="Mo of the hill")

    page = reader.open(f"/w/{case}").text
    assert lacking not in page and "Mo of the hill" in page


def test_a_machines_translation_asks_for_no_translator_and_is_nobodys_on_the_panel(
    ada: Person, reader: Person, case: str
) -> None:
    ada.write(case, case_text("Start.\n", id="c-tool"))
    said = {"mode": "direct_translated", "said_in": "sw", "machine": "1"}
    bo = Person(reader.client.application, "Bogna")
    done = offer(bo, f"/w/{case}", **said)

    page = reader.open(f"/w/{case}").text
    assert "Say who translated" not in done.text and "who it was is not told" not in page
    panel = page[page.index("Whose voice is this?") :]
    assert "Bogna" not in panel[: panel.index("How this is counted")]
    shown = reader.open(f"/w/{case}?voices=1").text
    passage = shown[shown.index("nobody’s own") :]
    assert "Bogna" not in passage[: passage.index("</div>")]
