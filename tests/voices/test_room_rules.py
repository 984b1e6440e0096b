"""Who may come into the partners' room: members, and whom those let in who may read it."""

import pytest

from wiki.policy import AtTheDoor, may_open_room, may_read_room


@pytest.mark.parametrize("state", ["public", "draft"])
def test_members_and_those_who_were_let_in_read_the_room(state: str) -> None:
    for who in (AtTheDoor(state, member=True), AtTheDoor(state, let_in=True)):
        assert may_read_room(who).allowed and may_open_room(who).allowed


def test_who_has_only_words_of_their_own_there_opens_it_and_does_not_read_it() -> None:
    who = AtTheDoor("public", own=True)

    assert may_open_room(who).allowed and not may_read_room(who).allowed


def test_the_refusal_is_that_of_a_page_that_is_not_there() -> None:
    verdict = may_open_room(AtTheDoor("public"))

    assert (verdict.allowed, verdict.why) == (False, "There is no page with this address.")


def test_a_deleted_page_has_no_room() -> None:
    who = AtTheDoor("deleted", member=True, let_in=True, own=True)

    assert not may_open_room(who).allowed and not may_read_room(who).allowed
