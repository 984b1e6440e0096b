"""Whose words the measures take: keys and accounts are never mixed up, a machine has no voice."""

import pytest

from tests.clock import NOON
from wiki.attribution.voice import voice_mask
from wiki.pages.rules import Byline
from wiki.voices.counting import count, somebodys
from wiki.voices.measures import Spoken
from wiki.voices.privacy import IMPORTED, NAME, VoiceFacts
from wiki.voices.speaking import speakers, writer


def voice(key: str, **more: object) -> VoiceFacts:
    about: dict[str, object] = {
        "display_kind": "role",
        "display": "",
        "position": "evaluator",
        "position_public": True,
        "capacity": "for_myself",
        "partner": "p-school",
        "language": "en",
        "how": IMPORTED,
        "scopes": ("public_deidentified",),
    }
    return VoiceFacts(key=key, **{**about, **more})  # type: ignore[arg-type]  # mypy sees no keys


def account(number: int) -> str:
    return writer((Byline("account", "Ada", 1), number))


def spoken(speaker: str, *voices: VoiceFacts) -> Spoken:
    counted = [(speaker, "direct_written", 30)]
    return speakers(counted, {v.key: v for v in voices}, NOON, desk=False)[0]


@pytest.mark.parametrize("key", ["w3", "h3"])
def test_a_key_that_came_with_an_import_is_never_taken_for_an_account(key: str) -> None:
    assert spoken(account(3), voice(key)).partner == ""
    assert spoken(key, voice("v1", user_id=3, display_kind=NAME)).partner == ""


def test_a_named_voice_has_the_unmarked_words_of_its_account() -> None:
    named = voice("v1", user_id=3, display_kind=NAME, scopes=("public_named",), how="written")

    assert spoken(account(3), named).speaker == "v1"


def test_words_of_a_voice_that_is_not_here_count_for_nobody() -> None:
    assert not spoken("v9").consented
    assert spoken(account(3)).consented and spoken(writer(None)).consented


MACHINE = "::: {.voice by=v1 mode=direct_written machine=yes}\nOne two three.\n:::\n"
HELD = "::: {.voice mode=held_back passage=v1-1}\nFour five.\n:::\n"


def test_words_that_a_machine_made_or_that_stand_for_others_are_nobodys() -> None:
    source = f"Six.\n\n{MACHINE}\n{HELD}"
    mask = voice_mask(source)

    assert sum(somebodys(source, mask)) == 1
    assert count(source, mask, [account(3)] * len(mask), desk=False) == [
        (account(3), "direct_written", 1)
    ]


def test_somebodys_words_within_a_machines_passage_are_theirs() -> None:
    inner = "::: {.voice by=v2 mode=direct_spoken}\nMine.\n:::"
    source = f"::: {{.voice by=v1 mode=direct_written machine=yes}}\nOne.\n\n{inner}\n:::\n"

    assert sum(somebodys(source, voice_mask(source))) == 1
