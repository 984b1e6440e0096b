"""What people did for a page beside writing it."""

from tests.journeys.browser import Person, forms_of


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


def test_it_can_be_taken_out_again(ada: Person, reader: Person, case: str) -> None:
    ada.fill(f"/w/{case}/contributions", "kind", kind="translated", name="Mo")
    [out] = [f for f in forms_of(ada.open(f"/w/{case}/contributions").text) if "out" in f.fields]

    assert ada.send(out).status_code == 303
    assert "Translated" not in reader.open(f"/w/{case}").text
