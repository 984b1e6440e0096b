"""Cases are found by who speaks on them; what happens to a voice is in the list at once."""

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.journeys.answering import answer, links
from tests.journeys.browser import Person
from tests.journeys.copies import copies, listed, rebuilt
from tests.journeys.test_voices import WORDS, give
from wiki.settings import Settings

CASE = "/w/the-tool"
PARENTS = {"id": "p-parents", "name": "Parents of Hill", "org_type": "learner_or_parent_body"}
FIRM = {"id": "p-firm", "name": "Tool Makers", "org_type": "company_host_country"}


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text("Start.\n", partners=[PARENTS, FIRM]), title="The tool")
    return "the-tool"


def test_a_partner_that_speaks_and_falls_silent_again_is_found_so(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    assert listed(reader, case, "silent=yes")

    receipt = give(ada, CASE, partner="p-firm", position="company_staff")
    assert not listed(reader, case, "silent=yes") and not listed(reader, case, "community=yes")
    assert copies(app) == rebuilt(app, settings)

    reader.fill("/take-back", "code", code=receipt)
    assert listed(reader, case, "silent=yes")
    assert copies(app) == rebuilt(app, settings)


@pytest.mark.parametrize(
    "spoken",
    [
        {"partner": "p-parents", "position_public": ""},  # which partner it is stands on the page
        {"partner": "", "position": "community_member"},
        {"partner": "", "position": "community_leader_or_authority"},
    ],
)
def test_a_community_speaks_directly_until_it_takes_its_words_back(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings, spoken: dict[str, str]
) -> None:
    receipt = give(ada, CASE, **spoken)
    assert listed(reader, case, "community=yes")
    assert copies(app) == rebuilt(app, settings)

    reader.fill("/take-back", "code", code=receipt)
    assert not listed(reader, case, "community=yes")


@pytest.mark.parametrize(
    "spoken",
    [
        {"position": "community_member", "position_public": ""},  # chose not to show it
        {"position": "community_member", "words": "They never asked."},  # one quote is not enough
        {"position": "community_member", "mode": "reported_paraphrase", "reviewed": "no"},
        {"position": "ngo_practitioner"},
    ],
)
def test_nobody_is_a_community_who_does_not_say_so_or_hardly_speaks(
    ada: Person, reader: Person, case: str, spoken: dict[str, str]
) -> None:
    give(ada, CASE, **{"partner": "", **spoken})

    assert not listed(reader, case, "community=yes")
    assert listed(reader, case, "silent=yes")


def test_words_that_an_edit_takes_out_count_no_more(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, CASE, partner="p-parents")
    ada.write(case, case_text("Start anew.\n", partners=[PARENTS, FIRM]))

    assert listed(reader, case, "silent=yes") and not listed(reader, case, "community=yes")


def test_who_writes_under_their_own_name_for_a_partner_is_heard_in_unmarked_words(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    give(
        ada, CASE, own="1", display_kind="name", display="Ada", partner="p-firm", words="We do.",
        scopes=["public_named"],
    )  # fmt: skip
    assert listed(reader, case, "silent=yes")

    ada.write(case, ada.form(f"{CASE}/edit", "text").fields["text"] + f"\n{WORDS}\n")

    assert "One of 2 partners named here speaks in its own words" in reader.open(CASE).text
    assert not listed(reader, case, "silent=yes")
    assert copies(app) == rebuilt(app, settings)

    moderator = Person(app, "Mo", role="moderator")
    moderator.fill(f"/desk/hide/{case}/3", "reason", name="1", reason="Asked for it.")
    assert "None of the 2 partners named here has written here" in reader.open(CASE).text
    assert listed(reader, case, "silent=yes")
    assert copies(app) == rebuilt(app, settings)


def test_partners_that_answer_side_by_side_have_spoken_once_all_can_read_it(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    asked = {"partners": ["p-parents", "p-firm"]}
    first, second = links(ada.fill(f"{CASE}/invitations", "opens_on", **asked))
    answer(Person(app), first, meant=WORDS)
    assert listed(reader, case, "silent=yes")

    answer(Person(app), second, reply="agrees")
    assert not listed(reader, case, "silent=yes")
    assert listed(reader, case, "community=yes") and listed(reader, case, "dissent=yes")
    assert copies(app) == rebuilt(app, settings)

    ada.fill(f"{CASE}/invitations", "opens_on", **asked)  # the earlier round is read no more
    assert listed(reader, case, "silent=yes")
    assert copies(app) == rebuilt(app, settings)


def test_a_reply_that_an_editor_writes_down_is_dissent_until_it_is_another(
    app: Flask, ada: Person, reader: Person, case: str, settings: Settings
) -> None:
    ada.fill(f"{CASE}/reply/p-firm", "words", state="dissents", words="It was not like this.")
    assert listed(reader, case, "dissent=yes")
    assert copies(app) == rebuilt(app, settings)

    ada.fill(f"{CASE}/reply/p-firm", "words", state="agrees")
    assert not listed(reader, case, "dissent=yes")

    ada.fill(f"{CASE}/reply/p-firm", "words", state="replied_no_position", not_behind="1")
    assert listed(reader, case, "dissent=yes")


def test_each_of_these_can_be_asked_for_together_and_none_is_an_order(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, CASE, partner="p-parents")
    ada.fill(f"{CASE}/reply/p-firm", "words", state="dissents", words="No.")

    page = reader.open("/cases?community=yes&dissent=yes").text

    assert 'href="/w/the-tool"' in page
    assert "A community speaks directly" in page and "A partner disagrees with the page" in page
    assert not listed(reader, case, "community=yes&silent=yes")
