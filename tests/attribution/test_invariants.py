"""What holds for every history."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attribution.histories import origins, states
from wiki.attribution.credit import fixer_of, origin_of
from wiki.attribution.runs import RECORD, runs_of
from wiki.attribution.version import Version
from wiki.text.tokens import tokens

WORDS = st.sampled_from(
    ["the", "of", "a", "fund", "school", "paid", "late", "never", "asked", "parents.", "teachers!"]
    + ["*", "#", "**bold**", "漢字", "\n", "\n\n"]
)
PROSE = st.lists(WORDS, max_size=40).map(" ".join)
TEXT = st.one_of(PROSE, st.text(max_size=60))
HISTORY = st.lists(TEXT, min_size=1, max_size=8)


@given(HISTORY)
def test_every_token_of_every_revision_has_an_origin_that_is_not_later(history):
    for number, (text, state) in enumerate(zip(history, states(history), strict=True), 1):
        assert len(state.head.credits) == len(tokens(text))
        assert all(1 <= origin_of(credit) <= number for credit in state.head.credits)
        assert all((fixer_of(credit) or 1) <= number for credit in state.head.credits)


@given(HISTORY)
def test_identical_texts_have_identical_provenance(history):
    first: dict[str, Version] = {}
    for text, state in zip(history, states(history), strict=True):
        before = first.setdefault(text, state.head)
        assert (before.credits, before.setters) == (state.head.credits, state.head.setters)


@given(HISTORY, PROSE)
def test_appending_a_paragraph_keeps_the_owner_of_all_that_was_there(history, more):
    longer = history[-1] + "\n\n" + more

    assert origins(*history, longer)[: len(tokens(history[-1]))] == origins(*history)


@given(HISTORY)
def test_the_runs_say_the_same_as_the_origins(history):
    for state in states(history):
        credits = list(state.head.credits)
        runs = runs_of(credits)
        assert [credit for count, credit in runs for _ in range(count)] == credits
        assert len(state.head.plain()) // RECORD <= len(credits) + 1 + 2 * len(state.head.setters)


@given(HISTORY)
def test_a_history_has_one_answer(history):
    assert origins(*history) == origins(*history)


A, B = "a " * 20_000, "b a " * 10_000
HOSTILE = {
    "one word": (A, "b " + A + "c", A + "b" + A[:20_000]),
    "two words": (B, "c " + B[2:] + "d", "b b a " * 7_000),
    "equal lines": ("a\n" * 20_000, "b\n" + "a\n" * 18_000 + "c", "a\n\n" * 18_000),
    "one long token": ("a" * 1_000_000, "b" + "a" * 1_000_000),
    "one long line": ("x y. " * 30_000, "y x. " * 30_000),
    "signs": ("." * 60_000, "!." * 30_000),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_text_is_answered_in_bounded_time(shape):
    before = time.process_time()

    found = origins(*HOSTILE[shape])

    assert len(found) == len(tokens(HOSTILE[shape][-1]))
    assert time.process_time() - before < 20  # seconds; a quadratic stage would take hours
