"""What everybody may know of a voice: what was chosen, agreed to, and is still in force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.clock import NOON
from wiki.voices.modes import NEEDS
from wiki.voices.privacy import (
    EVERYBODY,
    NOBODY,
    PARTNERS,
    VoiceFacts,
    may_be_read,
    narrowed,
    reach,
    reaches_everybody,
    shown,
    shown_to_partners,
    widened,
    widest,
)

ASHA = VoiceFacts(
    key="v1",
    display_kind="pseudonym",
    display="Asha",
    position="frontline_educator",
    position_public=True,
    capacity="for_myself",
    partner="p-union",
    language="sw",
    standpoint="I taught there.",
    user_id=42,
    how="spoken",
    scopes=("public_pseudonym",),
)


def test_a_name_is_told_only_with_the_consent_that_fits_it():
    assert shown(ASHA, NOON).name == "Asha"
    assert shown(replace(ASHA, display_kind="name"), NOON).name == ""
    assert shown(replace(ASHA, scopes=()), NOON).name == ""


def test_a_consent_that_was_to_be_asked_again_takes_the_name_away():
    due = replace(ASHA, ask_again_at=NOON)

    assert shown(due, NOON - timedelta(seconds=1)).name == "Asha"
    assert shown(due, NOON).name == ""
    assert shown(due, NOON).standpoint == ""


def test_a_position_that_was_not_to_be_shown_is_not():
    assert shown(replace(ASHA, position_public=False), NOON).position == ""


def test_what_is_shown_never_holds_the_account():
    assert "42" not in repr(shown(ASHA, NOON))


@pytest.mark.parametrize("mode", NEEDS)
def test_nothing_of_a_voice_that_was_taken_back_may_be_read(mode):
    assert not may_be_read(replace(ASHA, withdrawn=True), mode)
    assert not may_be_read(None, mode)


def test_absence_of_a_scope_is_a_no():
    assert not reaches_everybody(replace(ASHA, scopes=("partners_only", "translation")))
    assert not may_be_read(replace(ASHA, scopes=("partners_only",)), "direct_spoken")
    assert may_be_read(replace(ASHA, scopes=()), "quoted_from_published")


def test_words_reach_everybody_or_the_partners_or_nobody():
    assert reach(("public_named", "translation")) == EVERYBODY
    assert reach(("partners_only", "translation")) == PARTNERS
    assert reach(("translation", "export_and_citation")) == reach(()) == NOBODY


def test_partners_are_told_the_name_that_was_chosen_until_its_consent_is_over():
    asha = replace(ASHA, scopes=("partners_only",), ask_again_at=NOON + timedelta(days=1))

    assert shown(asha, NOON).name == ""
    assert shown_to_partners(asha, NOON).name == "Asha"
    assert shown_to_partners(asha, NOON).standpoint == "I taught there."
    assert shown_to_partners(asha, NOON + timedelta(days=1)).name == ""
    assert shown_to_partners(replace(asha, display_kind="role"), NOON).name == ""
    assert shown_to_partners(replace(asha, withdrawn=True), NOON).name == ""
    assert shown_to_partners(replace(asha, position_public=False), NOON).position == ""
    assert "42" not in repr(shown_to_partners(asha, NOON))


def test_a_speaker_widens_and_narrows_what_they_agreed_to_and_nothing_else():
    agreed = ("partners_only", "translation")

    assert widest(ASHA) == ("public_deidentified", "public_pseudonym")
    assert widest(replace(ASHA, display_kind="role")) == ("public_deidentified",)
    assert widened(agreed, "public_pseudonym") == ("translation", "public_pseudonym")
    assert narrowed(("public_named", "public_deidentified", "translation")) == (
        "translation",
        "partners_only",
    )
    assert narrowed(agreed) == ("translation", "partners_only")
