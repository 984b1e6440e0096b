import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.drawing.years import Bound, YearWords, bound, years, years_of, years_said

WORDS = YearWords(
    about="about %(year)s",
    between="between %(first)s and %(last)s",
    span="%(start)s to %(end)s",
    since="since %(start)s",
    end_unknown="%(start)s to ?",
    until="until %(end)s",
    ongoing="not ended",
    unknown="not known",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2016", Bound(2016, 2016)),
        ("2016-05", Bound(2016, 2016)),
        ("2021-03-11", Bound(2021, 2021)),
        ("2016~", Bound(2016, 2016, about=True)),
        ("2016?", Bound(2016, 2016, about=True)),
        ("2016-05%", Bound(2016, 2016, about=True)),
        ("201X", Bound(2010, 2019, about=True)),
        ("19XX", Bound(1900, 1999, about=True)),
        ("..", Bound(open=True)),
        ("", Bound()),
        ("spring", Bound()),
        ("20161", Bound()),
    ],
)
def test_a_date_is_read_as_far_as_its_year(said, meant):
    assert bound(said) == meant


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2016", "2019", "2016 to 2019"),
        ("2016~", "2019", "about 2016 to 2019"),
        ("2016", "2016-08", "2016"),
        ("2016/2019", "", "2016 to 2019"),
        ("2016/..", "", "since 2016"),
        ("2016", "..", "since 2016"),
        ("2016", "", "2016 to ?"),
        ("", "2019", "until 2019"),
        ("", "..", "not ended"),
        ("", "", "not known"),
        ("201X", "2021", "between 2010 and 2019 to 2021"),
        ("2019", "2016", "2016 to 2019"),
    ],
)
def test_years_are_said_with_their_doubts(start, end, said):
    assert years_said(years(start, end), WORDS) == said


@given(st.one_of(st.text(), st.none(), st.lists(st.text()), st.dictionaries(st.text(), st.text())))
def test_whatever_a_page_says_about_its_time_can_be_read(when):
    years_said(years_of(when), WORDS)


def test_a_field_that_was_filled_in_by_a_form_is_read():
    assert years_of({"start": "2016", "end": ".."}) == years("2016", "..")
