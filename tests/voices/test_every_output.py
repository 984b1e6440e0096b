"""All that the wiki gives away, of every route there is, is the same whatever its secrets are.

Two wikis are played with the same acts; they differ in every secret at once: who types for whom,
hidden positions, consents, names and standpoints that are not told, the order within a day, what
the one who left had been. What is the same in both tells none of them. Readers, editors and
moderators look at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.journeys.answering import answer, link, receipt_of
from tests.journeys.browser import Person
from tests.voices.worlds import Answer, NewApp, World, differing

SAID = "Nobody asked anybody here about anything at all, and we told them so every single time. "


@dataclass(frozen=True)
class Secrets:
    """What nobody may learn. one, two: the accounts behind the voices of two pages."""

    one: str
    two: str
    same_page: str  # the account behind another voice of the first page
    position: str
    consent: dict[str, Any]
    saw: tuple[str, str]  # which of two saw the text before its publication
    room: bool  # whether a partner said something for partners only
    untold: dict[str, Any]  # a name and a standpoint that no scope allows to tell
    gone: dict[str, Any]  # what the voice that was taken back had been
    early: bool  # the order of the day: others' acts last, the voice of the second page first


HERE = Secrets(
    one="Ada Quill",
    two="Ada Quill",
    same_page="Ada Quill",
    position="evaluator",
    consent={"how": "spoken", "explained_in": "en", "ask_again": "", "note": ""},
    saw=("1", ""),
    room=True,
    untold={"display": "Wren", "standpoint": "I taught there for nine years."},
    gone={"display": "Plover", "position": "evaluator", "partner": "p-school"},
    early=True,
)
THERE = Secrets(
    one="Bogna Reed",
    two="Dee Marsh",
    same_page="Eve North",
    position="learner_or_family",
    consent={"how": "witnessed", "explained_in": "sw", "ask_again": "12", "note": "Her aunt."},
    saw=("", "1"),
    room=False,
    untold={"display": "Lapwing", "standpoint": ""},
    gone={"display": "Heron", "position": "researcher", "partner": "", "standpoint": "I left."},
    early=False,
)
PEOPLE = ("Ada Quill", "Bogna Reed", "Dee Marsh", "Eve North", "Cyr Vane", "Fay Linn", "Gus Hill")


def begun(new_app: NewApp) -> World:
    world = World(new_app())
    for name in PEOPLE:
        world.person(name)
    world.person("Mo", role="moderator")
    for slug in ("one", "two", "other"):
        world.case("Cyr Vane", slug, id=f"c-{slug}")
    for name in ("Fay Linn", "Gus Hill", "Dee Marsh"):  # so many that their number might be told
        world.edit(name, "one", f"{name} was there, and says that it was a long way to go.")
    return world


def of_others(world: World) -> None:
    """Acts that are told to the second."""
    world.edit("Cyr Vane", "other", "We met again in April.")
    moderator = world.person("Mo")
    desk = "/desk/protect/other"
    assert moderator.fill(desk, "reason", level="editor", reason="A quarrel.").status_code == 303


def play(world: World, secrets: Secrets) -> Iterator[dict[str, Answer]]:
    """What readers are told after each act."""
    reader = Person(world.app)
    hidden = {"position": secrets.position, "position_public": "0", **secrets.consent}
    pseudonym = {"display_kind": "pseudonym", "scopes": ["public_pseudonym"], "own": "1"}
    role = {"display_kind": "role", "display": "", "scopes": ["public_deidentified"], "own": "1"}
    on_two = {"words": SAID, **hidden, **pseudonym}
    if secrets.early:
        world.give(secrets.two, "two", **on_two)
    else:
        of_others(world)
    invitation = link(world.person("Cyr Vane"), "one", "p-school")
    if secrets.room:
        receipt_of(answer(Person(world.app), invitation, scopes=["partners_only"]))
    receipt = world.give("Cyr Vane", "one", **LEFT, **secrets.gone)
    saw_one, saw_other = ({"saw_final": each} if each else {} for each in secrets.saw)
    world.give(secrets.one, "one", words=SAID * 2, **hidden, **pseudonym, **saw_one)
    yield world.told(reader, "/w/one")
    world.edit(secrets.one, "one", "This I add.", for_whom="organisation", for_name=secrets.one)
    if not secrets.early:
        world.give(secrets.two, "two", **on_two)
    world.give(secrets.same_page, "one", words=SAID * 3, **hidden, **role, **saw_other)
    untold = {"display_kind": "pseudonym", "scopes": ["public_deidentified"], **secrets.untold}
    world.give("Cyr Vane", "one", words=f"An untold one says: {SAID}", **untold)
    world.edit(secrets.same_page, "one", "Another one adds this, and nobody knows who.")
    yield world.told(reader, "/w/one")
    world.take_back(receipt)
    if secrets.early:
        of_others(world)
    yield world.told(reader, "/w/one")
    world.settle()
    world.next_day()
    yield world.told(reader)
    yield world.told(world.person("Fay Linn"), "/w/one")
    yield world.told(world.person("Mo"), "/desk")


LEFT = {"words": SAID, "scopes": ["public_pseudonym"], "mode": "direct_written"}


def test_no_secret_and_no_hour_is_in_anything_that_anybody_is_told(new_app: NewApp) -> None:
    here = list(play(begun(new_app), HERE))
    there = list(play(begun(new_app), THERE))

    found = [differing(one, other) for one, other in zip(here, there, strict=True)]
    assert found == [[]] * len(found), "\n".join(line for lines in found for line in lines)
    of_one = [address for address in here[0] if "/one" in address]
    assert [each for each in of_one if any(told[each].timed for told in here[:3])] == []
