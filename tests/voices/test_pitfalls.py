"""The pitfalls that are written on the wall, one test each, as far as a machine can see them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.clock import NOON
from tests.journeys.answering import answer, link, put_in
from tests.journeys.browser import Person
from tests.journeys.test_voices import PASSAGE, give, offer
from wiki.cases.case_fields import CASE
from wiki.cases.facets import FACETS
from wiki.cases.lesson_fields import LESSON
from wiki.cases.schema import Field
from wiki.db import Base
from wiki.voices.asking import asked_twice
from wiki.voices.measures import NONE, OWN, OWN_WORDS, TOLD, Measures, Spoken, measure
from wiki.voices.modes import NEEDS
from wiki.voices.privacy import VoiceFacts, shown

IDENTITY = frozenset(
    {"gender", "sex", "sexuality", "ethnicity", "caste", "religion", "disability", "migration"}
    | {"age", "birth", "race", "nationality"}
)
UNION = Spoken("u", "direct_spoken", OWN_WORDS, "frontline_educator", "p-union")


@pytest.fixture
def case(ada: Person) -> str:
    ada.write("the-tool", case_text(), title="The tool")
    return "/w/the-tool"


def test_tokenism_one_quoted_sentence_does_not_make_a_partner_represented() -> None:
    sentence = replace(UNION, words=OWN_WORDS - 1)

    assert measure([sentence], ["p-union"]).heard[0].state != OWN


def test_tokenism_many_words_of_one_partner_leave_the_others_in_the_ledger() -> None:
    found = measure([replace(UNION, words=9_000)], ["p-union", "p-parents", "p-office"])

    assert [each.state for each in found.heard] == [OWN, NONE, NONE]


def test_goodhart_padding_with_quotes_from_print_moves_no_partner_and_no_share() -> None:
    padding = Spoken("u", "quoted_from_published", 9_000, "frontline_educator", "p-union")

    found = measure([padding], ["p-union"])

    assert (found.heard[0].state, found.direct) == (TOLD, 0)


def test_goodhart_there_is_no_number_to_be_best_at(ada: Person, reader: Person, case: str) -> None:
    give(ada, case)
    page = reader.open(case).text.casefold()

    assert not any(word in page for word in ("voice score", "badge", "ranking", "rank "))
    assert not {"score", "rank", "badge", "gini"} & set(Measures.__dataclass_fields__)


def test_ventriloquism_a_group_speaks_only_with_a_mandate(ada: Person, case: str) -> None:
    claimed = {"mode": "collective_statement", "capacity": "for_a_group_with_mandate"}

    assert offer(ada, case, **claimed).status_code == 422
    agreed = {"how": "collective", "note": "The assembly, by vote."}
    assert offer(ada, case, **claimed, **agreed).status_code == 200


def test_ventriloquism_who_speaks_about_others_is_said_to(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, capacity="about_others")

    assert "About others" in reader.open(case).text


def test_ventriloquism_what_is_told_about_somebody_is_never_their_own_word() -> None:
    about = replace(UNION, mode="reported_paraphrase", words=9_000)

    assert measure([about], ["p-union"]).heard[0].state == TOLD


def test_extraction_who_gave_words_can_take_them_back_and_the_page_says_so(
    ada: Person, reader: Person, case: str
) -> None:
    receipt = give(ada, case)
    assert "each of those who speak, with the code that they were given" in reader.open(case).text

    reader.fill("/take-back", "code", code=receipt)

    assert "Nobody asked us" not in reader.open(case).text


def test_positional_piety_nothing_is_sorted_or_found_by_who_somebody_is(
    reader: Person, case: str
) -> None:
    assert "position" not in {facet.words for facet in FACETS}
    everything = {"position", "gender", "ethnicity", "religion"}
    assert not everything & {facet.name for facet in FACETS}
    assert "It was left out" in reader.open("/cases?position=researcher").text


def test_forced_disclosure_no_table_or_field_has_a_box_for_identity() -> None:
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    assert {"standpoint", "position", "blocked_until"} <= columns  # those of every package
    names = columns | {*_names(CASE.fields), *_names(LESSON.fields)}

    assert not [name for name in names if IDENTITY & set(name.split("_"))]


def test_forced_disclosure_no_form_asks_for_identity(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    asked = {
        *ada.form(f"{case}/voice", "words").fields,
        *reader.form(link(ada, "the-tool", "p-school"), "meant").fields,
        *Person(app).form("/register", "password").fields,
        *ada.form("/account", "about").fields,
    }

    assert {"standpoint", "about"} <= asked
    assert not [name for name in asked if IDENTITY & set(name.split("_"))]


def _names(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.name
        yield from _names(field.inside)


def test_forced_disclosure_a_position_and_a_standpoint_need_not_be_shown(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, position="evaluator", position_public="0", standpoint="")

    assert "Evaluator" not in reader.open(case).text


@pytest.mark.parametrize(
    "reason", ["not_yet_asked", "asked_waiting", "asked_no_reply", "declined"]
)
def test_silence_is_never_read_as_assent(
    ada: Person, reader: Person, case: str, reason: str
) -> None:
    ada.fill(f"{case}/silence/p-firm", "how", reason=reason, how="by letter")

    page = reader.open(case).text

    assert "no words here" in page
    assert "Agrees" not in page and "stands behind" not in page
    assert "Silence is neither agreement nor guilt" in page


def test_silence_is_never_read_as_guilt_how_somebody_was_asked_is_shown(
    ada: Person, reader: Person, case: str
) -> None:
    ada.fill(f"{case}/silence/p-firm", "how", reason="asked_no_reply", how="by letter")

    assert ", by letter" in reader.open(case).text
    assert not asked_twice([("2026-03-01", "by letter")])  # once is not enough to say "no reply"


def test_exposure_by_rarity_one_hidden_speaker_forbids_the_breakdown() -> None:
    others = [replace(UNION, speaker=name) for name in "abcd"]

    assert measure([*others, replace(UNION, speaker="x", position="")], []).positions is None


def test_stylometry_a_paraphrase_or_a_composite_needs_nobodys_own_words() -> None:
    assert not NEEDS["reported_paraphrase"].consent and not NEEDS["composite"].consent
    assert "people" in NEEDS["composite"].attributes


def test_stylometry_the_form_offers_a_paraphrase_and_a_composite(ada: Person, case: str) -> None:
    form = ada.open(f"{case}/voice").text

    assert 'value="reported_paraphrase"' in form and 'value="composite"' in form


def test_translators_are_not_erased_a_translated_passage_says_so(
    ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, mode="direct_translated", said_in="sw")

    page = reader.open(case).text
    assert "Translated by a person" in page and "said in Swahili" in page


def test_surveillance_no_voice_leads_to_an_account_or_to_its_other_pages(
    app: Flask, ada: Person, reader: Person, case: str
) -> None:
    give(ada, case, own="1")
    held: dict[str, Any] = {"scopes": PASSAGE["scopes"], "how": "spoken"}
    facts = VoiceFacts("v1", "pseudonym", "Asha", "x", True, "x", "", "en", user_id=7, **held)

    assert "user_id" not in vars(shown(facts, NOON))
    addresses = {str(rule) for rule in app.url_map.iter_rules()}
    assert not [a for a in addresses if a.startswith(("/voice/", "/voices/", "/user/"))]


def test_surveillance_who_speaks_for_themselves_is_no_reply_of_their_organisation(
    ada: Person, bo: Person, reader: Person, case: str
) -> None:
    said = {"capacity": "for_myself", "reply": "dissents", "reply_words": "Not as I saw it."}
    before = reader.open(case).text

    answer(reader, link(ada, "the-tool", "p-school"), **said)

    assert reader.open(case).text == before  # the organisation reads no more than anybody
    assert "Not as I saw it." not in bo.open(f"{case}/invitations").text
    put_in(ada, "the-tool")
    assert "No dissent is recorded." in reader.open(case).text


def test_surveillance_a_draft_is_its_members_alone(app: Flask, ada: Person, bo: Person) -> None:
    ada.fill("/w/kept/edit", "text", text=case_text(), title="Kept", action="save", draft="1")

    assert bo.open("/w/kept").status_code == 404
    assert Person(app, "Boss", role="admin").open("/w/kept").status_code == 404
