"""What is hidden is in no answer of the wiki, to nobody, but for moderators on the desk."""

import pytest

from tests.desk.visitors import visitor
from tests.moderation.people import begin, go_on, person
from wiki.search import upkeep

TEXT, SUMMARY, NAME = "zanzibarwords", "quixoticsummary", "Xyloname"
READING = (
    *("/w/kites", "/w/kites?voices=1", "/w/kites/voices", "/w/kites/links", "/w/kites/history"),
    *("/w/kites@1", "/w/kites@2", "/w/kites@3", "/w/kites@2?voices=1", "/w/kites@3?voices=1"),
    *("/w/kites/diff/1/2", "/w/kites/diff/2/3", "/w/kites/diff/2/2", "/w/kites/diff/1/3"),
    *("/w/kites/raw", "/w/kites/raw?revision=2", "/w/kites/raw?revision=3"),
    *("/", "/recent", "/pages", "/decisions", "/decisions?page=kites", "/search?q=money"),
)
WRITING = (
    *("/w/kites/edit", "/w/kites/edit?revision=2", "/w/kites/revert?revision=2"),
    *("/w/kites/revert?to=2", "/w/kites/rename"),
)
MODERATING = ("/w/kites/delete", "/desk", "/desk/protect/kites", "/desk/hide/kites/3")


@pytest.fixture
def browsers(app, session):
    """A page whose second revision holds the canaries, and three visitors."""
    author, moderator = person(session, NAME), person(session, "Mo", "moderator")
    page = begin(session, moderator, "Kites", "Kites fly over the money.\n")
    said = f"Kites fly over the money.\n\nBea took the money with both hands, {TEXT}.\n"
    go_on(session, author, page, said, SUMMARY)
    go_on(session, moderator, page, said.replace(f", {TEXT}", ""))
    upkeep.rebuild(app.extensions["sessions"], app.extensions["search"])
    return {
        "anonymous": visitor(app, session),
        "editor": visitor(app, session, person(session, "Ada")),
        "moderator": visitor(app, session, moderator),
    }


def addresses(role):
    yield from READING
    if role != "anonymous":
        yield from WRITING
    if role == "moderator":
        yield from MODERATING


def heard(browsers, canaries):
    """Where each canary is heard: {canary: {"role address", …}}."""
    found: dict[str, set[str]] = {canary: set() for canary in canaries}
    for role, browser in browsers.items():
        for address in addresses(role):
            answer = browser.get(address)
            assert answer.status_code in (200, 404), f"{address}: {answer.status}"
            said = answer.text + str(answer.headers)
            for canary in canaries:
                if canary in said:
                    found[canary].add(f"{role} {address}")
    return found


def hide(app, browsers, **parts):
    answer = browsers["moderator"].send(
        "/desk/hide/kites/2", reason="It harms somebody.", everywhere="1", **parts
    )
    assert answer.status_code == 303
    worker = upkeep.handlers(app.extensions["search"])["index"]
    worker(app.extensions["sessions"], [1])


def test_before_anything_is_hidden_the_canaries_are_heard(browsers):
    found = heard(browsers, (TEXT, SUMMARY, NAME))

    assert {"anonymous /w/kites@2", "editor /w/kites/edit?revision=2"} <= found[TEXT]
    assert {"anonymous /w/kites/history", "editor /recent"} <= found[SUMMARY]
    assert {"anonymous /w/kites?voices=1", "moderator /w/kites/voices"} <= found[NAME]


@pytest.mark.parametrize(
    ("parts", "hushed", "loud"),
    [
        ({"text": "1"}, {TEXT}, {SUMMARY, NAME}),
        ({"summary": "1"}, {SUMMARY}, {TEXT, NAME}),
        ({"name": "1"}, {NAME}, {TEXT, SUMMARY}),
        ({"text": "1", "summary": "1", "name": "1"}, {TEXT, SUMMARY, NAME}, set()),
    ],
)
def test_a_hidden_part_is_in_no_answer_and_the_other_parts_are(app, browsers, parts, hushed, loud):
    heard(browsers, ())  # so that everything that is kept ready for readers is kept now
    hide(app, browsers, **parts)

    found = heard(browsers, (TEXT, SUMMARY, NAME))

    assert {canary: found[canary] for canary in hushed} == {canary: set() for canary in hushed}
    assert {canary for canary in loud if found[canary]} == loud


def test_the_desk_still_shows_hidden_parts_to_moderators(app, browsers):
    hide(app, browsers, text="1", summary="1", name="1")

    shown = browsers["moderator"].get("/desk/hide/kites/2").text

    assert all(canary in shown for canary in (TEXT, SUMMARY, NAME))


def test_a_save_on_top_of_a_hidden_revision_meets_a_conflict_that_does_not_quote_it(app, browsers):
    hide(app, browsers, text="1", summary="1", name="1")

    answer = browsers["editor"].client.get("/w/kites/edit")
    assert answer.status_code == 200
    conflict = browsers["editor"].send("/w/kites/edit", text="Mine.", base="2")

    assert conflict.status_code == 409
    assert not any(canary in conflict.text for canary in (TEXT, SUMMARY, NAME))


def test_nobody_finds_a_hidden_word_and_nobody_brings_it_back(app, browsers):
    hide(app, browsers, text="1")

    for browser in browsers.values():
        assert 'href="/w/kites"' not in browser.get(f"/search?q={TEXT}").text
    for role in ("editor", "moderator"):
        answer = browsers[role].send("/w/kites/revert?revision=2", revision="2", base="3")
        assert answer.status_code == 404
    assert TEXT not in browsers["anonymous"].get("/w/kites/raw").text


def test_a_name_hidden_after_a_roll_back_leaves_the_log_too(app, browsers, session):
    begin_again = browsers["moderator"].send("/desk/take-back/" + NAME, page="kites", reason="x")
    assert begin_again.status_code in (303, 409)
    hide(app, browsers, name="1")

    assert NAME not in browsers["anonymous"].get("/decisions").text
