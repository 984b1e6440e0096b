"""An answer is kept as JSON and comes back as it was handed in."""

import json

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.vocabulary import SHIPPED
from wiki.voices.answering import CAPACITIES, SCOPES, TypedAnswer, unpacked
from wiki.voices.asking import ANSWERS, QUESTIONS
from wiki.voices.privacy import PARTNERS_ONLY

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(
    said=st.dictionaries(st.sampled_from(list(QUESTIONS)), WORDS, min_size=1),
    reply=st.sampled_from(["", *ANSWERS]),
    capacity=st.sampled_from(CAPACITIES),
    scopes=st.sampled_from([[PARTNERS_ONLY], [*SCOPES[:3]], [SCOPES[0], *SCOPES[-2:]]]),
    name=WORDS,
)
def test_what_is_kept_is_what_was_handed_in(said, reply, capacity, scopes, name) -> None:
    typed = {
        **said,
        "reply": reply,
        "capacity": capacity,
        "note": name,
        "display_kind": "pseudonym",
        "display": name,
        "position": "frontline_educator",
        "language": "sw",
    }

    handed = TypedAnswer(typed, scopes).handed("p-school", SHIPPED)

    assert unpacked(json.loads(json.dumps(handed.packed()))) == handed
    assert handed.words == said
    assert handed.consent.scopes == tuple(scopes)


def test_an_answer_that_was_emptied_is_none() -> None:
    assert unpacked({}) is None
