from hypothesis import given
from hypothesis import strategies as st

from tests.cases.drawing.markup import assert_fit_for_the_policy, kinds, words
from tests.cases.drawing.test_years import WORDS
from tests.content.starter import of_type
from wiki.cases.drawing.timeline import MOST_BARS, MOST_ROWS, TimelineWords, Took, timeline
from wiki.cases.drawing.years import years, years_of
from wiki.cases.edtf import MAX_YEAR, MIN_YEAR

SAID = TimelineWords(WORDS, "Cases by the year they began", "Beginning not known")
DATES = st.sampled_from(["2016", "2001~", "199X", "2019-05", "..", "", "18XX", "2025?"])
CASES = st.lists(
    st.builds(Took, st.text(alphabet="ab <&ع", max_size=20), st.builds(years, DATES, DATES)),
    max_size=70,
)


def made(*cases, **more):
    return timeline([Took(name, years(*when)) for name, *when in cases], SAID, **more)


def percents(element, *names):
    return [float(element.get(name).removesuffix("%")) for name in names]


def test_cases_stand_in_order_of_their_beginning_and_those_without_a_year_last():
    found = made(("b", "2010", "2012"), ("none", "", ""), ("a", "2001", ""), this_year=2026)

    assert [row.title for row in found.rows] == ["a", "b", "none"]
    assert [row.when for row in found.rows] == ["2001 to ?", "2010 to 2012", "not known"]


def test_all_words_stand_in_the_drawing_itself():
    found = made(("A case", "2010~", ".."), this_year=2026)

    assert {"A case", "since about 2010"} <= set(words(found.html))


def test_a_bar_is_as_long_as_its_years():
    found = made(("all", "2001", "2010"), ("half", "2001", "2005"), this_year=2026)
    bars = kinds(found.html, "rect")

    assert sorted(percents(bar, "width")[0] for bar in bars) == [50.0, 100.0]


def test_an_uncertain_end_is_dashed_beyond_what_is_sure():
    found = made(("case", "2001", "201X"), this_year=2026)
    (sure,) = kinds(found.html, "rect")
    reach = next(each for each in kinds(found.html, "line") if each.get("class") == "perhaps")

    assert sum(percents(sure, "x", "width")) < percents(reach, "x2")[0] == 100.0


def test_what_has_not_ended_reaches_to_this_year_and_says_so_with_a_mark():
    found = made(("case", "2017", ".."), this_year=2026)
    (sure,) = kinds(found.html, "rect")

    assert percents(sure, "x", "width") == [0.0, 100.0]
    assert [each.get("class") for each in kinds(found.html, "path")] == ["goes-on"]


def test_a_case_without_a_year_has_no_bar():
    assert kinds(made(("case", "", ""), this_year=2026).html, "rect") == []


def test_in_a_mirrored_timeline_time_runs_to_the_left():
    cases = (("early", "2001", "2005"), ("late", "2006", "2010"))
    early, late = kinds(made(*cases, this_year=2026, mirrored=True).html, "rect")

    assert percents(early, "x")[0] > percents(late, "x")[0]


def test_many_cases_are_counted_by_the_year_they_began():
    many = [("case", str(2000 + at % 3), "2020") for at in range(MOST_ROWS)] + [("x", "", "")]
    found = made(*many, this_year=2026)
    said = words(f"<div>{found.html}</div>")

    assert found.counted and len(found.rows) == MOST_ROWS + 1
    assert said == [SAID.began, "2000", "20", "2001", "20", "2002", "20", SAID.unknown, "1"]


@given(st.lists(st.integers(MIN_YEAR, MAX_YEAR), min_size=MOST_ROWS + 1, max_size=80))
def test_a_count_by_years_is_never_long_and_loses_no_case(began):
    found = made(*(("case", str(year), "") for year in began), this_year=2026)
    figures = [
        each
        for each in kinds(f"<div>{found.html}</div>", "span")
        if each.get("class") != "bar-label"
    ]

    assert len(figures) <= MOST_BARS
    assert sum(int(each.text) for each in figures) == len(began)


@given(CASES, st.booleans())
def test_whatever_the_years_every_place_is_on_the_scale(cases, mirrored):
    found = timeline(cases, SAID, this_year=2026, mirrored=mirrored, most=100)

    if cases:
        for each in (*kinds(found.html, "line"), *kinds(found.html, "rect")):
            for name in ("x", "x1", "x2", "width"):
                if each.get(name):
                    assert -0.1 <= percents(each, name)[0] <= 100.1


def test_the_starter_cases_can_be_drawn():
    cases = [
        Took(page.fields["title"], years_of(page.fields.get("when")), f"/w/{page.slug}")
        for page in of_type("case")
    ]
    found = timeline(cases, SAID, this_year=2026)

    assert_fit_for_the_policy(found.html)
    assert len(kinds(found.html, "a")) == len(cases)
    assert SAID.years.unknown not in [row.when for row in found.rows]


def test_no_case_gives_no_drawing():
    assert not timeline([], SAID, this_year=2026).html
