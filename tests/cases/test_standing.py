"""A lesson grows up by evidence, by other lessons and by trials; nobody types its status."""

import pytest

from wiki.cases.standing import Link, standing

ONE = {"evidence": [{"type": "research_study"}, {"type": "research_study"}]}
TWO = {"evidence": [{"type": "research_study"}, {"type": "practitioner_experience"}]}


@pytest.mark.parametrize(
    ("fields", "incoming", "outgoing", "status"),
    [
        ({}, [], [], "hypothesis"),
        (ONE, [], [], "hypothesis"),
        (TWO, [], [], "supported"),
        (ONE, [Link("supports", "l-b")], [], "supported"),
        (ONE, [], [Link("supports", "l-b")], "hypothesis"),
        ({**ONE, "reuse": [{"result": "worked"}]}, [], [], "supported"),
        ({**ONE, "reuse": [{"result": "partly"}]}, [], [], "hypothesis"),
        ({**TWO, "reuse": [{"result": "did_not_work"}]}, [], [], "contested"),
        (TWO, [Link("contradicts", "l-b")], [], "contested"),
        (TWO, [], [Link("contradicts", "l-b")], "contested"),
        ({**TWO, "positions": [{"position": "dissents"}]}, [], [], "contested"),
        (TWO, [Link("contradicts", "l-b"), Link("supersedes", "l-c")], [], "superseded"),
        (TWO, [], [Link("supersedes", "l-c")], "supported"),
        ({**TWO, "kind": "open_question"}, [], [], "hypothesis"),
        ({**TWO, "kind": "open_question"}, [Link("supersedes", "l-b")], [], "superseded"),
    ],
)
def test_the_strongest_ground_decides(fields, incoming, outgoing, status):
    assert standing(fields, incoming, outgoing).status == status


def test_a_moderator_may_withdraw_whatever_holds_it_up():
    assert standing(TWO, withdrawn=True).status == "withdrawn"


def test_breadth_counts_kinds_of_evidence():
    assert (standing(ONE).breadth, standing(TWO).breadth, standing({}).breadth) == (1, 2, 0)


def test_the_reason_names_who_says_so():
    told = standing(ONE, [Link("contradicts", "l-b")], [Link("contradicts", "l-a")])

    assert told.values == {"keys": ["l-a", "l-b"]}
