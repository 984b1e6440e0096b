"""What is kept in memory of pages: bounded, and never older than the page."""

from flask import Flask

from tests.journeys.browser import Person
from wiki.pageview.kept import Kept


def test_what_was_asked_for_longest_ago_leaves_when_room_is_needed() -> None:
    kept: Kept[str] = Kept(80)
    for name in "abcdefgh":
        kept.put(name, name.upper(), 10)
    kept.get("a")

    kept.put("i", "I", 10)

    assert (kept.get("a"), kept.get("b"), kept.get("i")) == ("A", None, "I")


def test_what_takes_an_eighth_of_all_room_is_not_kept() -> None:
    kept: Kept[str] = Kept(80)

    kept.put("a", "A", 11)

    assert kept.get("a") is None


def test_a_link_to_a_draft_is_alive_for_its_member_alone(app: Flask) -> None:
    ada, bea, reader = Person(app, "Ada"), Person(app, "Bea"), Person(app)
    ada.write("kites", "We met at the [[Bay]].", title="Kites")
    dead = 'class="wiki-link missing"'
    assert all(dead in person.open("/w/kites").text for person in (ada, bea, reader))

    ada.write("bay", "A bay.", title="Bay", draft="1")

    assert dead not in ada.open("/w/kites").text
    assert dead in bea.open("/w/kites").text
    assert dead in reader.open("/w/kites").text


def test_what_changes_a_page_changes_it_for_the_signed_in_too(app: Flask) -> None:
    ada, bea = Person(app, "Ada"), Person(app, "Bea")
    ada.write("kites", "We met at the [[Bay]].", title="Kites")
    bea.open("/w/kites?voices=1")
    bea.write("bay", "A bay.", title="Bay")
    assert 'class="wiki-link missing"' not in bea.open("/w/kites?voices=1").text

    bea.write("kites", "Alonzo was there.")

    assert "Alonzo" in ada.open("/w/kites?voices=1").text
