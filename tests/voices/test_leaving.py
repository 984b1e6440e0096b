"""What a file carries away of a text, and what comes home with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import NOON
from wiki.errors import InvalidInput
from wiki.voices.leaving import leaving
from wiki.voices.marks import marks
from wiki.voices.privacy import CITATION, IMPORTED, VoiceFacts, exported, may_leave
from wiki.voices.returning import returned

PUBLIC = "public_deidentified"
DIRECT, TOLD = "direct_spoken", "reported_paraphrase"


def voice(key: str, *scopes: str, **more: object) -> VoiceFacts:
    about = {"display_kind": "role", "display": "", "position": "evaluator", "partner": ""}
    said = {"position_public": True, "capacity": "for_myself", "language": "en", "how": "spoken"}
    return VoiceFacts(key=key, scopes=scopes, **{**about, **said, **more})  # type: ignore[arg-type]  # mypy cannot see what keys hold


VOICES = {"v1": voice("v1", PUBLIC, CITATION), "v2": voice("v2", PUBLIC)}


def passage(key: str, words: str, mode: str = DIRECT) -> str:
    return f"::: {{.voice by={key} mode={mode}}}\n{words}\n:::"


def left(source: str) -> str:
    return leaving(source, VOICES, "en", NOON).text


@pytest.mark.parametrize(
    ("known", "mode", "leaves"),
    [
        (voice("v1", PUBLIC, CITATION), DIRECT, True),
        (voice("v1", PUBLIC), DIRECT, False),
        (voice("v1", CITATION), DIRECT, False),  # not for everybody
        (voice("v1", PUBLIC, CITATION, withdrawn=True), DIRECT, False),
        (voice("v1", PUBLIC, CITATION, ask_again_at=NOON), DIRECT, False),  # it has run out
        (voice("v1", PUBLIC), TOLD, True),  # the words of the one who tells them
        (voice("v1", PUBLIC, withdrawn=True), TOLD, False),
        (None, TOLD, False),
    ],
)
def test_the_speakers_own_words_leave_only_if_the_speaker_said_so(known, mode, leaves) -> None:
    assert may_leave(known, mode, NOON) is leaves


def test_a_line_in_the_file_says_that_a_passage_is_held_back_and_nothing_of_it() -> None:
    source = f"Before.\n\n{passage('v2', 'We were never told.')}\n\nAfter.\n"

    assert left(source) == (
        "Before.\n\n::: {.voice mode=held_back passage=v2-1}\n"
        "A passage is held back from this file at its speaker’s choice.\n:::\n\nAfter.\n"
    )


def test_the_line_is_in_the_language_of_the_page() -> None:
    assert "c’est le choix" in leaving(passage("v2", "No."), VOICES, "fr-CA", NOON).text


def test_words_around_and_within_go_with_the_passage_they_stand_in() -> None:
    within = passage("v2", f"One.\n\n{passage('v1', 'Two.')}\n\nThree.")
    around = passage("v1", f"One.\n\n{passage('v2', 'Two.')}\n\nThree.")

    assert "Two." not in left(within) and "One." not in left(within)
    assert "Two." not in left(around) and "One." in left(around) and "Three." in left(around)


def test_a_mark_in_code_holds_nothing_back() -> None:
    source = f"```\n{passage('v2', 'An example.')}\n```\n"

    assert left(source) == source


def test_a_file_that_comes_home_has_its_words_again_wherever_they_were_moved() -> None:
    first, second = passage("v2", "One."), passage("v2", "Two.")
    head = f"{first}\n\nBetween.\n\n{second}\n"
    file = left(head)
    one, between, two = file.rstrip("\n").split("\n\n")

    assert returned(file, head) == head
    moved = returned("\n\n".join([two, between, one]) + "\n", head)
    assert moved == f"{second}\n\nBetween.\n\n{first}\n"


def test_where_the_words_never_were_the_lines_stay() -> None:
    elsewhere = left(f"{passage('v2', 'One.')}\n")

    assert returned(elsewhere, elsewhere) == elsewhere


@pytest.mark.parametrize(
    "head",
    ["Nothing of it.\n", "::: {.voice mode=taken_back}\n:::\n", passage("v3", "Somebody else.")],
)
def test_what_the_page_does_not_have_any_more_is_refused_and_not_lost(head: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        returned(left(f"{passage('v2', 'One.')}\n"), head)

    assert refused.value.field == "source"
    assert refused.value.values == {"line": 1, "name": "v2-1"}


def test_one_passage_comes_home_once() -> None:
    head = f"{passage('v2', 'One.')}\n"

    with pytest.raises(InvalidInput):
        returned(left(head) * 2, head)


def test_lines_that_came_from_elsewhere_are_never_taken_for_a_passage_of_this_page() -> None:
    foreign = left(f"{passage('v2', 'Said there.')}\n")
    head = f"{passage('v2', 'Said here.')}\n\n{foreign}"

    file = left(head)

    assert "Said here." not in file
    assert returned(file, head) == head


PIECE = st.one_of(
    st.sampled_from(
        ["Text.", "```\n::: {.voice by=v2 mode=direct_spoken}\n:::\n```", ":::", "é 😀"]
    ),
    st.builds(passage, st.sampled_from(["v1", "v2", "a b", "x"]), st.sampled_from(["One.", "é"])),
    st.just("::: {.voice mode=held_back passage=v2-1}\nHeld.\n:::"),
)


@given(pieces=st.lists(PIECE, max_size=8))
def test_every_own_file_comes_home_as_it_was(pieces: list[str]) -> None:
    head = "\n\n".join(pieces) + "\n"
    file = left(head)

    assert returned(file, head) == head
    assert not any(mark.by and mark.by != "v1" for mark in marks(file))


@given(pieces=st.lists(PIECE, max_size=8))
def test_places_in_the_page_are_known_in_the_file(pieces: list[str]) -> None:
    head = "\n\n".join(pieces) + "\n"
    found = leaving(head, VOICES, "en", NOON)

    for at, sign in enumerate(head):
        place = found.place(at)
        assert place is None or found.text[place] == sign


def test_whether_words_may_leave_travels_with_the_voice_and_its_absence_is_a_no() -> None:
    assert exported(VOICES["v1"], NOON)[CITATION] == "yes"
    assert exported(VOICES["v2"], NOON)[CITATION] == "no"
    expired = voice("v1", PUBLIC, CITATION, ask_again_at=NOON, how=IMPORTED)
    assert exported(expired, NOON)[CITATION] == "no"
