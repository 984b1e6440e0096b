"""Words that others took out are told in the partners' room, and tell nobody's account there."""

import pytest
from flask import Flask

from tests.journeys.browser import Person
from tests.journeys.test_voices import PASSAGE

MINE = "Ada saw that the pumps were broken in April."
OTHERS = "The minister came twice and counted chairs."
UNNAMED = {"display_kind": "pseudonym", "display": "Asha", "scopes": ["public_pseudonym"]}
NAMED = {"display_kind": "name", "display": "Asha Njoroge", "scopes": ["public_named"]}


def source(person: Person, case: str) -> str:
    return person.open(f"/w/{case}/raw").text


def put(person: Person, case: str, words: str) -> None:
    person.write(case, f"{source(person, case)}\n{words}\n")


def take_out(person: Person, case: str, words: str) -> None:
    person.write(case, source(person, case).replace(words, "").rstrip("\n") + "\n")


def taken_out(person: Person, case: str) -> str:
    """The part of the room that tells what others took out."""
    page = person.open(f"/w/{case}/for-partners").text
    return page[page.index("Words that others took out") : page.index("Who was asked")]


def test_words_that_somebody_else_took_out_are_told_with_whose_they_were(
    ada: Person, bo: Person, case: str
) -> None:
    put(ada, case, MINE)
    take_out(bo, case, MINE)

    told = taken_out(ada, case)

    assert MINE in told and '<b dir="auto">Ada</b>' in told and "9 words" in told
    assert "Revision 3 does not have them" in told and "/w/the-tool@3" in told


def test_what_somebody_took_out_of_their_own_words_is_not_told(
    ada: Person, bo: Person, case: str
) -> None:
    put(ada, case, MINE)
    put(bo, case, OTHERS)
    take_out(ada, case, MINE)

    assert "Nothing." in taken_out(ada, case)


def test_words_that_came_back_or_were_moved_are_not_told(
    ada: Person, bo: Person, case: str
) -> None:
    put(ada, case, MINE)
    before = source(ada, case)
    take_out(bo, case, MINE)
    ada.write(case, before)
    bo.write(case, before.replace(MINE, "").rstrip("\n") + f"\n\nLater.\n\n{MINE}\n")

    assert "Nothing." in taken_out(ada, case)


def test_a_slip_that_somebody_mended_is_not_told(ada: Person, bo: Person, case: str) -> None:
    put(ada, case, MINE)
    bo.write(case, source(bo, case).replace("were broken", "broke"))

    assert "Nothing." in taken_out(ada, case)


def test_words_of_a_hidden_text_are_not_told(
    app: Flask, ada: Person, bo: Person, case: str
) -> None:
    put(ada, case, MINE)
    take_out(bo, case, MINE)
    moderator = Person(app, "Mo", role="moderator")
    moderator.fill(f"/desk/hide/{case}/2", "reason", reason="It named a child.", text="1")

    assert "pumps" not in taken_out(ada, case)


@pytest.mark.parametrize("same", [True, False])
def test_who_took_out_the_words_of_a_named_voice_does_not_say_whose_account_it_is(
    ada: Person, bo: Person, case: str, same: bool
) -> None:
    bo.fill(f"/w/{case}/voice", "words", **{**PASSAGE, **NAMED, "own": "1"})

    before = source(ada, case).partition("\n:::")[0]
    (bo if same else ada).write(case, f"{before}\n")

    assert '<b dir="auto">Asha Njoroge</b>' in taken_out(ada, case)


@pytest.mark.parametrize("same", [True, False])
def test_nothing_is_told_of_an_unnamed_voice_nor_does_its_silence_say_whose_it_is(
    ada: Person, bo: Person, case: str, same: bool
) -> None:
    put(ada, case, MINE)
    unnamed = ada if same else bo
    unnamed.fill(f"/w/{case}/voice", "words", **{**PASSAGE, **UNNAMED, "own": "1"})
    put(unnamed, case, OTHERS)  # an edit without a name from here on

    take_out(unnamed, case, MINE)
    take_out(ada if not same else bo, case, OTHERS)

    told = taken_out(ada, case)
    assert MINE in told and OTHERS not in told
    assert "Asha" not in told


def test_of_a_draft_nothing_is_gathered(ada: Person) -> None:
    text = "---\ntype: case\ntitle: Kept\n---\nOne two three four.\n"
    ada.fill("/w/kept/edit", "text", text=text, title="Kept", action="save", draft="1")

    assert "Words that others took out" not in ada.open("/w/kept/for-partners").text
