"""The attacker has every public output of every revision, and learns nothing that was kept back.

Two worlds are played with the same acts; they differ in one secret alone (whose account an unnamed
voice is, or a position that is not shown). If all that the wiki gives away is the same in both,
nothing in it, nor any sum, order or difference of it, can tell the secret.
"""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.cases.examples import case_text
from tests.clock import NOON
from tests.journeys.browser import Person
from tests.journeys.test_voices import PASSAGE
from tests.voices.outputs import CLOCK, alike, differing, outputs
from wiki.db import writing
from wiki.voices.models import Consent

SLUGS = (f"case-{at:04}" for at in count())
UNNAMED: dict[str, dict[str, Any]] = {
    "pseudonym": {"display_kind": "pseudonym", "display": "Asha", "scopes": ["public_pseudonym"]},
    "role": {"display_kind": "role", "display": "", "scopes": ["public_deidentified"]},
}
slow = settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],  # a smaller example costs minutes of pages
    derandomize=True,
)


@dataclass
class Page:
    """A case that a third person began, and what was given away of each of its revisions."""

    slug: str
    reader: Person
    number: int = 1

    def told(self) -> dict[str, str]:
        return outputs(self.reader, self.slug, self.number)

    def give(self, person: Person, **changed: Any) -> None:
        sent = {**PASSAGE, "own": "1", **changed}
        answer = person.fill(f"/w/{self.slug}/voice", "words", **sent)
        assert answer.status_code == 200, answer.text
        self.number += 1

    def edit(self, person: Person, words: str) -> None:
        text = person.open(f"/w/{self.slug}/raw").text
        named = {"for_whom": "organisation", "for_name": f"Friends of {person.name}"}
        saved = person.write(self.slug, f"{text}\n{words}\n", **named)
        assert saved.status_code == 303, saved.text
        self.number += 1


def begin(by: Person, reader: Person) -> Page:
    slug = next(SLUGS)
    by.write(slug, case_text(), title=slug)
    return Page(slug, reader)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["named", "unnamed", "voice", "taken down"]),
        st.sampled_from(sorted(UNNAMED)),
        st.booleans(),  # whether the position is shown
    ),
    min_size=1,
    max_size=4,
)


def play(page: Page, acts: Any, named: Person, unnamed: Person, position: str) -> list[Any]:
    """What is given away after each act. The first act is the unnamed person's first voice."""
    told = []
    for at, (act, kind, shown) in enumerate([("voice", "pseudonym", False), *acts]):
        words = f"Number {at} says that nobody asked anybody about anything at all."
        place = position if not shown else "researcher"
        about = {"position": place, "position_public": "1" if shown else "0", "words": words}
        if act == "voice":
            page.give(unnamed, **about, **UNNAMED[kind])
        elif act == "taken down":
            page.give(named, **about, **UNNAMED[kind], own="")
        else:
            page.edit(unnamed if act == "unnamed" else named, words)
        told.append(page.told())
    return told


@slow
@given(acts=ACTS)
def test_neither_the_account_nor_the_position_of_an_unnamed_voice_changes_what_is_given_away(
    acts, ada: Person, bo: Person, cyr: Person, reader: Person
) -> None:
    one, other = begin(cyr, reader), begin(cyr, reader)

    first = play(one, acts, cyr, ada, "evaluator")
    second = play(other, acts, cyr, bo, "learner_or_family")

    for here, there in zip(first, second, strict=True):
        for address, text in here.items():
            assert "Ada Quill" not in text, address
            assert "Bogna Reed" not in there[address], address
        assert differing(alike(here, one.slug), alike(there, other.slug)) == []


@slow
@given(acts=ACTS)
def test_no_time_finer_than_a_day_is_given_away_on_a_page_with_an_unnamed_voice(
    acts, ada: Person, cyr: Person, reader: Person
) -> None:
    page = begin(cyr, reader)

    for told in play(page, acts, cyr, ada, "evaluator"):
        for address, text in told.items():
            if address == "/recent":  # others' changes have times
                assert page.slug not in text
            else:
                assert not CLOCK.search(text), address
        assert page.slug in told["/recent?untimed=1"]


@pytest.mark.parametrize("kind", sorted(UNNAMED))
def test_what_was_signed_before_stays_signed_and_what_comes_after_is_nobodys(
    ada: Person, reader: Person, kind: str
) -> None:
    page = begin(ada, reader)
    page.edit(ada, "This I say in my own name.")
    before = page.told()["/w/{slug}/history"].count("Ada Quill")

    page.give(ada, **UNNAMED[kind])
    page.edit(ada, "And this I would rather not have said.")

    told = page.told()
    assert told["/w/{slug}/history"].count("Ada Quill") == before > 1
    assert told["/w/{slug}/history"].count("name hidden") == 2
    spoken = ("direct_spoken", "direct_written")
    assert not any(mode in told["/api/v1/pages/{slug}/attribution"] for mode in spoken)


@pytest.mark.parametrize("ended", [True, False])
def test_who_agreed_to_be_named_no_more_or_never_is_named_by_none_of_their_later_edits(
    app: Flask, ada: Person, cyr: Person, reader: Person, ended: bool
) -> None:
    page = begin(cyr, reader)
    scope = "public_named" if ended else "public_deidentified"
    page.give(ada, display_kind="name", display="Ada Quill", scopes=[scope])
    if ended:
        with writing(app.extensions["sessions"]) as session:
            session.execute(update(Consent).values(ask_again_at=NOON))

    page.edit(ada, "And this I say as nobody in particular.")

    newest = reader.open(f"/w/{page.slug}/history").text.split('class="revision"')[1]
    assert "name hidden" in newest and not CLOCK.search(newest)
    assert "Ada Quill" not in newest


def test_the_desk_neither_shows_nor_gives_back_a_name_that_was_kept_back(
    app: Flask, ada: Person, cyr: Person, reader: Person
) -> None:
    moderator = Person(app, "Mo", role="moderator")
    page = begin(cyr, reader)
    page.give(ada, **UNNAMED["pseudonym"])
    desk = f"/desk/hide/{page.slug}/2"

    assert "Ada Quill" not in moderator.open(desk).text
    moderator.fill(desk, "reason", reason="To see what happens.", name="", summary="1")

    assert "Ada Quill" not in moderator.open(f"/w/{page.slug}/history").text
    assert "Ada Quill" not in moderator.open("/desk").text
    assert page.slug not in moderator.open("/desk/rollback/Ada Quill").text


def test_a_name_that_a_moderator_hid_beside_an_unnamed_voice_can_be_shown_again(
    app: Flask, ada: Person, cyr: Person, reader: Person
) -> None:
    moderator = Person(app, "Mo", role="moderator")
    page = begin(cyr, reader)
    page.give(ada, **UNNAMED["pseudonym"])
    page.edit(cyr, "Something that Cyr would not say with his name.")
    desk, history = f"/desk/hide/{page.slug}/3", f"/w/{page.slug}/history"
    assert reader.open(history).text.count("<bdi>Cyr Vane<") == 2

    moderator.fill(desk, "reason", reason="He asked for it.", name="1")
    assert reader.open(history).text.count("<bdi>Cyr Vane<") == 1
    moderator.fill(desk, "reason", reason="He asked again.", name="")

    assert reader.open(history).text.count("<bdi>Cyr Vane<") == 2


def test_the_voices_of_one_account_on_two_pages_cannot_be_joined(
    ada: Person, bo: Person, cyr: Person, reader: Person
) -> None:
    one, same, other = (begin(cyr, reader) for _ in range(3))
    for page, person in ((one, ada), (same, ada), (other, bo)):
        page.give(person, **UNNAMED["pseudonym"])

    told = [alike(page.told(), page.slug) for page in (one, same, other)]

    assert differing(told[0], told[1]) == differing(told[0], told[2]) == []


def test_whether_somebody_unnamed_is_one_of_the_named_is_told_by_no_number(
    app: Flask, ada: Person, bo: Person, cyr: Person, reader: Person
) -> None:
    dee, eve = Person(app, "Dee Marsh"), Person(app, "Eve North")
    told = []
    for unnamed in (ada, eve):
        page = begin(cyr, reader)
        for named in (ada, bo, dee):
            page.edit(named, f"{named.name} says that it was a long way to go for so little.")
        page.give(unnamed, **UNNAMED["pseudonym"])
        page.edit(unnamed, "And nobody had asked those who had to walk it every day.")
        told.append(alike(page.told(), page.slug))

    assert differing(*told) == []
