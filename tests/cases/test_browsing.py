"""The address of a list: what it asks for, and that it says the same again."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.browsing import MOST_IGNORED, MOST_VALUES, Wanted, read
from wiki.cases.facets import FACETS
from wiki.cases.vocabulary import vocabulary


def asked(query: str, kind: str = "case") -> Wanted:
    return read(kind, parse_qsl(query))


def test_several_values_of_a_facet_and_several_facets_are_read_in_order() -> None:
    wanted = asked("theme=technology&theme=whose-rules&stage=ended&country=KE")

    assert wanted.chosen == {
        "theme": ("technology", "whose-rules"),
        "stage": ("ended",),
        "country": ("KE",),
    }
    assert wanted.ignored == ()


def test_a_facet_may_be_written_with_a_hyphen() -> None:
    assert asked("root-cause=design_flaw").chosen == {"root_cause": ("design_flaw",)}


def test_what_nobody_knows_is_left_out_and_named_as_typed() -> None:
    wanted = asked("theme=magic&colour=red&stage=ended&order=size&from=soon")

    assert wanted.chosen == {"stage": ("ended",)}
    assert wanted.ignored == ("theme=magic", "colour=red", "from=soon", "order=size")
    assert (wanted.order, wanted.first) == ("changed", None)


def test_what_every_address_may_say_is_no_mistake() -> None:
    assert asked("lang=en&done=saved&theme=").ignored == ()


def test_only_so_much_is_read_and_only_so_much_is_named() -> None:
    many = "&".join(f"country={a}{b}" for a in "ABCDEFGH" for b in "ABCDEFGH")

    wanted = asked(many)

    assert sum(map(len, wanted.chosen.values())) == MOST_VALUES
    assert len(wanted.ignored) == MOST_IGNORED


def test_a_facet_of_cases_only_is_none_of_lessons() -> None:
    assert asked("partnership_outcome=thriving", "lesson").ignored == (
        "partnership_outcome=thriving",
    )


def test_lessons_have_no_years() -> None:
    wanted = asked("from=2019&order=year", "lesson")

    assert (wanted.years, wanted.order) == (None, "changed")
    assert wanted.ignored == ("from=2019", "order=year")


def test_an_open_range_of_years_reaches_to_either_end() -> None:
    assert asked("from=2019").years == (2019, 9999)
    assert asked("to=2019").years == (0, 2019)
    assert asked("").years is None


def test_a_page_that_makes_no_sense_is_the_first() -> None:
    assert [asked(f"page={said}").page for said in ("2", "0", "-1", "x", "9" * 30)] == [
        2,
        1,
        1,
        1,
        1,
    ]


def test_taking_a_value_away_keeps_the_others_and_begins_at_the_first_page() -> None:
    wanted = asked("theme=technology&theme=whose-rules&stage=ended&page=3")

    assert wanted.without("theme", "technology").address("/cases") == (
        "/cases?theme=whose-rules&stage=ended"
    )
    assert wanted.without("stage", "ended").chosen == {"theme": ("technology", "whose-rules")}


listed = [facet for facet in FACETS if facet.words and "case" in facet.kinds]
choices = st.lists(
    st.sampled_from(listed).flatmap(
        lambda facet: st.tuples(
            st.just(facet.name), st.sampled_from(sorted(vocabulary(facet.words).labels))
        )
    ),
    max_size=12,
)
years = st.none() | st.integers(1000, 2999)


@given(choices, years, years, st.sampled_from(["changed", "title", "year"]), st.integers(1, 400))
def test_the_address_of_a_list_asks_for_the_same_list(
    pairs: list[tuple[str, str]], first: int | None, last: int | None, order: str, page: int
) -> None:
    said = [*pairs, ("order", order), ("page", str(page))]
    said += [(name, str(y)) for name, y in (("from", first), ("to", last)) if y is not None]
    wanted = read("case", said)

    again = asked(wanted.address("", page=True).removeprefix("?"))

    assert again.pairs() == wanted.pairs()
    assert (again.years, again.order, again.page) == (wanted.years, order, page)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_is_ever_a_mistake_that_stops_the_list(name: str, value: str) -> None:
    assert isinstance(read("lesson", [(name, value)]), Wanted)
