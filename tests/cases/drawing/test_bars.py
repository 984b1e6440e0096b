import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.drawing.markup import assert_fit_for_the_policy, kinds, words
from wiki.cases.drawing.bars import Bar, bars


def widths(html):
    return [float(each.get("width").removesuffix("%")) for each in kinds(html, "rect")]


def test_label_and_figure_are_text_and_the_bar_is_only_seen():
    html = bars([Bar("Money", 12, "/facet?a=1&b=2"), Bar("Power", 3)])

    assert words(html) == ["Money", "12", "Power", "3"]
    assert [each.get("href") for each in kinds(html, "a")] == ["/facet?a=1&b=2"]
    assert {each.get("aria-hidden") for each in kinds(html, "svg")} == {"true"}


def test_bars_are_as_long_as_their_counts():
    assert widths(bars([Bar("a", 200), Bar("b", 50), Bar("c", 0)])) == [100.0, 25.0, 0.0]


def test_what_is_counted_once_among_thousands_can_still_be_seen():
    assert widths(bars([Bar("a", 10_000), Bar("b", 1)]))[1] >= 1.0


def test_figures_are_written_as_the_reader_writes_them():
    assert "1,200" in words(bars([Bar("a", 1200)], number=lambda count: f"{count:,}"))


def test_nothing_counted_gives_nothing():
    assert bars([]) == ""


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        bars([Bar("a", -1)])


def test_an_address_that_runs_a_script_is_refused():
    with pytest.raises(ValueError, match="no address"):
        bars([Bar("a", 1, "javascript:alert(1)")])


@given(st.lists(st.builds(Bar, st.text(alphabet="<a>&\"'ع"), st.integers(0, 10**9)), min_size=1))
def test_whatever_is_counted_the_markup_is_fit_for_the_policy(counted):
    assert_fit_for_the_policy(bars(counted))
