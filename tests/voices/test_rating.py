"""What of an answer becomes a rating that facets may know."""

import pytest

from tests.clock import NOON
from tests.journeys.answering import ANSWER
from wiki.cases.heard import OwnRating
from wiki.cases.vocabulary import SHIPPED
from wiki.voices.answering import Handed, TypedAnswer
from wiki.voices.rating import rating_in, rating_kept


def handed(*scopes: str, **typed: str) -> Handed:
    said = {name: value for name, value in ANSWER.items() if isinstance(value, str)}
    return TypedAnswer({**said, **typed}, scopes or ("public_pseudonym",)).handed("p", SHIPPED)


def test_a_rating_holds_neither_words_nor_a_name():
    assert rating_in(handed(), NOON) == {
        "partnership_outcome": "strained",
        "purpose_outcome": "not_met",
        "for_oneself": False,
        "carried": False,
    }


def test_who_speaks_for_themselves_does_not_rate_for_the_partner():
    assert rating_in(handed(capacity="for_myself"), NOON)["for_oneself"]


def test_files_carry_a_rating_only_if_its_speaker_agreed_to_that():
    assert rating_in(handed("public_pseudonym", "export_and_citation"), NOON)["carried"]
    assert not rating_in(handed("public_pseudonym", "translation"), NOON)["carried"]


@pytest.mark.parametrize("scopes", [(), ("translation",), ("export_and_citation",)])
def test_without_consent_that_reaches_everybody_there_is_no_rating(scopes):
    said = handed()
    consent = said.consent.__class__(**{**said.consent.__dict__, "scopes": scopes})

    assert rating_in(Handed(**{**said.__dict__, "consent": consent}), NOON) == {}


def test_an_answer_that_rates_nothing_leaves_nothing():
    assert rating_in(handed(partnership_outcome="", purpose_outcome=""), NOON) == {}


def test_what_is_kept_comes_back_with_whose_it_is():
    kept = rating_in(handed(purpose_outcome=""), NOON)

    assert rating_kept("p-school", kept) == OwnRating("p-school", "strained", "")
    assert rating_kept("p-school", {}) is None
