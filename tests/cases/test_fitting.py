"""Which lessons a briefing chooses: by fit first, and never only those that agree."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.fitting import MOST, OF_ONE_CASE, WEIGHTS, Candidate, choose, ranked
from wiki.cases.index import CaseIndex, Row


def index_of(*lessons: dict[str, list[str]]) -> CaseIndex:
    """Lessons with the page numbers 1, 2, 3, …"""
    index = CaseIndex()
    index.update(Row(n, n, "lesson", facets) for n, facets in enumerate(lessons, 1))
    return index


def test_what_fits_more_of_the_answers_comes_first() -> None:
    index = index_of(
        {"stage": ["ended"], "status": ["supported"]},
        {"stage": ["ended"], "instrument": ["grant"]},
        {"status": ["supported"]},
    )

    found = list(ranked(index, {"stage": ["ended"], "instrument": ["grant"]}))

    assert found == [(2, 5), (1, 3), (3, 0)]


def test_of_equal_fit_the_better_held_up_then_the_more_confident_then_the_newer_comes_first() -> (
    None
):
    index = index_of(
        {"status": ["hypothesis"], "confidence": ["moderate"]},
        {"status": ["supported"], "confidence": ["low"]},
        {"status": ["supported"], "confidence": ["high"]},
        {"status": ["contested"]},
        {"status": ["supported"], "confidence": ["low"]},
    )

    assert [page for page, _fit in ranked(index, {})] == [3, 5, 2, 4, 1]


def test_what_was_withdrawn_is_never_there() -> None:
    index = index_of({"status": ["withdrawn"], "stage": ["ended"]}, {"status": ["hypothesis"]})

    assert [page for page, _fit in ranked(index, {"stage": ["ended"]})] == [2]


def candidate(number: int, **more: object) -> Candidate:
    said: dict[str, object] = {"fit": 3, "status": "supported", "cases": (f"c-{number}",), **more}
    return Candidate(f"l-{number}", **said)  # type: ignore[arg-type]  # a test's own words


def test_ten_are_chosen_and_at_most_three_from_one_case() -> None:
    many = [candidate(n, cases=("c-one",)) for n in range(6)] + [
        candidate(n) for n in range(10, 24)
    ]

    chosen = choose(many, asked=True)

    assert len(chosen) == MOST
    assert [c.key for c in chosen][:4] == ["l-0", "l-1", "l-2", "l-10"]
    assert sum("c-one" in c.cases for c in chosen) == OF_ONE_CASE


def test_a_contested_lesson_that_fits_is_heard_even_if_ten_others_fit_better() -> None:
    many = [candidate(n) for n in range(12)] + [candidate(50, status="contested", fit=1)]

    chosen = choose(many, asked=True)

    assert len(chosen) == MOST
    assert chosen[-1].key == "l-50"


def test_a_contested_lesson_that_does_not_fit_takes_no_place() -> None:
    many = [candidate(n) for n in range(12)] + [candidate(50, status="contested", fit=0)]

    assert all(c.status == "supported" for c in choose(many, asked=True))


def test_supported_ones_stand_before_contested_and_those_before_first_ideas() -> None:
    many = [
        candidate(1, status="hypothesis", fit=9),
        candidate(2, status="contested"),
        candidate(3),
        candidate(4, fit=0),
    ]

    assert [c.key for c in choose(many, asked=True)] == ["l-3", "l-2", "l-1", "l-4"]


def test_a_contested_lesson_from_two_full_cases_takes_a_place_of_each() -> None:
    many = [candidate(n, cases=("c-a",)) for n in (1, 2, 3)]
    many += [candidate(n, cases=("c-b",)) for n in (4, 5, 6)]
    many.append(candidate(7, status="contested", cases=("c-a", "c-b")))

    chosen = choose(many, asked=True)

    assert [c.key for c in chosen] == ["l-1", "l-2", "l-4", "l-5", "l-7"]


lessons = st.lists(
    st.builds(
        candidate,
        st.integers(0, 400),
        fit=st.integers(0, 9),
        status=st.sampled_from(["supported", "contested", "hypothesis"]),
        cases=st.lists(st.sampled_from(["c-a", "c-b", "c-c", "c-d"]), max_size=2, unique=True).map(
            tuple
        ),
    ),
    max_size=30,
)


@given(lessons, st.booleans())
def test_whatever_there_is_the_rules_of_choosing_hold(many: list[Candidate], asked: bool) -> None:
    many = list({c.key: c for c in sorted(many, key=lambda c: -c.fit)}.values())

    chosen = choose(many, asked=asked)

    counted = Counter(case for c in chosen for case in c.cases)
    assert len(chosen) <= MOST
    assert len({c.key for c in chosen}) == len(chosen)
    assert all(number <= OF_ONE_CASE for number in counted.values())
    if any(c.status == "contested" and (c.fit or not asked) for c in many):
        assert any(c.status == "contested" for c in chosen)
    assert choose(many, asked=asked) == chosen


FACETS = {**dict.fromkeys(WEIGHTS, "abc"), "confidence": ["low", "high"]}
made = st.lists(
    st.fixed_dictionaries(
        {"status": st.sampled_from([["supported"], ["contested"], ["hypothesis"]])},
        optional={
            name: st.lists(st.sampled_from(list(values)), min_size=1, max_size=2, unique=True)
            for name, values in FACETS.items()
        },
    ),
    max_size=12,
)


@given(made, st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.lists(st.sampled_from("abc"))))
def test_the_fit_is_the_weight_of_all_that_is_shared(
    rows: list[dict[str, list[str]]], asked: dict[str, list[str]]
) -> None:
    found = dict(ranked(index_of(*rows), asked))

    assert found == {
        number: sum(
            WEIGHTS[facet]
            for facet, values in asked.items()
            for value in values
            if value in row.get(facet, ())
        )
        for number, row in enumerate(rows, 1)
    }
