"""Cases like this one: rare things shared count for more than common ones."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.index import CaseIndex, Row
from wiki.cases.likeness import WEIGHTS, alike

Facets = dict[str, list[str]]


def index_of(*cases: Facets) -> CaseIndex:
    """Cases with the page numbers 1, 2, 3, …"""
    index = CaseIndex()
    index.update(Row(n, n, "case", facets) for n, facets in enumerate(cases, 1))
    return index


def test_a_rare_value_shared_says_more_than_a_common_one() -> None:
    index = index_of(
        {"theme": ["technology"], "country": ["KE"]},
        {"theme": ["technology"]},
        {"country": ["KE"]},
        *[{"country": ["KE"]} for _ in range(5)],
        {"theme": ["whose-rules"]},
    )

    found = alike(index, 1)

    assert found[0].page_id == 2
    assert found[0].shared == (("theme", "technology"),)


def test_what_each_has_alone_makes_them_less_alike() -> None:
    index = index_of(
        {"theme": ["technology"]},
        {"theme": ["technology"], "country": ["PE"], "stage": ["ended"]},
        {"theme": ["technology"]},
        {"theme": ["whose-rules"]},
    )

    assert [each.page_id for each in alike(index, 1)] == [3, 2]
    assert alike(index, 1)[0].likeness == 1.0


def test_what_every_case_has_makes_no_two_alike() -> None:
    assert alike(index_of({"stage": ["ended"]}, {"stage": ["ended"]}), 1) == []


def test_a_lesson_and_a_page_that_is_not_there_are_like_nothing() -> None:
    index = index_of({"theme": ["technology"]})
    index.update([Row(9, 9, "lesson", {"theme": ["technology"]})])

    assert alike(index, 9) == []
    assert alike(index, 77) == []


names = sorted(WEIGHTS)
cases = st.lists(
    st.dictionaries(
        st.sampled_from(names[:5]),
        st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True),
        max_size=4,
    ),
    min_size=2,
    max_size=14,
)


@given(cases)
def test_the_short_way_finds_what_comparing_all_with_all_finds(made: list[Facets]) -> None:
    index = index_of(*made)

    for page_id in range(1, len(made) + 1):
        few = alike(index, page_id)
        every = alike(index, page_id, most=len(made))
        assert few == every[:5]
        assert [each.likeness for each in every] == sorted(
            (each.likeness for each in every), reverse=True
        )


@given(cases)
def test_one_is_as_like_the_other_as_the_other_is_like_the_one(made: list[Facets]) -> None:
    index = index_of(*made)

    def likeness(one: int, other: int) -> float:
        found = {x.page_id: x.likeness for x in alike(index, one, most=len(made))}
        return round(found.get(other, 0.0), 9)

    assert likeness(1, 2) == likeness(2, 1)
