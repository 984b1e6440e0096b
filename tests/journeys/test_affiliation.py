"""For whom somebody wrote, as it was then."""

from flask import Flask

from tests.journeys.browser import Person


def test_a_save_says_for_whom_and_later_ones_change_nothing_of_it(
    ada: Person, reader: Person
) -> None:
    ada.write("kites", "Kites.\n", title="Kites", for_whom="organisation", for_name="Hill  School")
    ada.write("kites", "Kites fly.\n", for_whom="client", for_name="Tool Makers")

    history = reader.open("/w/kites/history").text
    assert "for Hill School" in history and "for a client, Tool Makers" in history
    assert "for a client, Tool Makers" in reader.open("/w/kites").text
    assert "for Hill School" in reader.open("/w/kites@1").text


def test_what_is_missing_is_asked_for_and_the_text_stays(ada: Person) -> None:
    answer = ada.write("kites", "Kites fly.\n", title="Kites", for_whom="organisation")

    assert answer.status_code == 422
    assert 'id="f-for_name-error"' in answer.text and "Kites fly." in answer.text


def test_nobody_has_to_say_for_whom(ada: Person, reader: Person) -> None:
    assert ada.write("kites", "Kites.\n", title="Kites").status_code == 303
    assert "as a volunteer" not in reader.open("/w/kites/history").text


def test_it_is_hidden_with_the_name(app: Flask, ada: Person, reader: Person) -> None:
    mo = Person(app, "Mo", "moderator")
    ada.write("kites", "Kites.\n", title="Kites", for_whom="organisation", for_name="Hill School")
    ada.write("kites", "Kites fly.\n")
    mo.fill("/desk/hide/kites/1", "reason", name="1", reason="To protect somebody")

    assert "Hill School" not in reader.open("/w/kites/history").text
    assert "Hill School" not in reader.open("/w/kites@1").text
