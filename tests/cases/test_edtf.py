"""Dates as people know them."""

from datetime import date

import pytest

from wiki.cases.edtf import DateProblem, Span, between, read


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2016", Span(date(2016, 1, 1), date(2016, 12, 31))),
        ("2016~", Span(date(2016, 1, 1), date(2016, 12, 31), about=True)),
        ("2016-02", Span(date(2016, 2, 1), date(2016, 2, 29))),
        ("2016-12", Span(date(2016, 12, 1), date(2016, 12, 31))),
        ("2021-03-11?", Span(date(2021, 3, 11), date(2021, 3, 11), about=True)),
        ("201X", Span(date(2010, 1, 1), date(2019, 12, 31))),
        ("19XX", Span(date(1900, 1, 1), date(1999, 12, 31))),
        ("..", Span(None, None)),
        ("2016/2019", Span(date(2016, 1, 1), date(2019, 12, 31))),
        ("2016/..", Span(date(2016, 1, 1), None)),
    ],
)
def test_a_date_means_all_the_days_it_may_be(text: str, span: Span):
    assert read(text) == span


@pytest.mark.parametrize(
    "text",
    ["", "last year", "16", "2016-13", "2016-00", "2015-02-29", "2016-5", "0001", "9999",
     "201X-05", "2019/2016", "٢٠١٦", "2016 "],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(DateProblem):
        read(text)


def test_an_end_may_lie_within_its_beginning():
    assert between(read("2016"), read("2016-05")) == Span(date(2016, 1, 1), date(2016, 5, 31))
