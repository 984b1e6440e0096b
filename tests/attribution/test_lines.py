"""A text as the engine reads it."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.lines import read, read_after, signs
from wiki.text.tokens import fold, tokens

LINES = st.lists(
    st.sampled_from(["The fund paid.", "", "  ", "* Late, too", "漢字", "the fund paid"]),
    max_size=8,
)
TEXT = st.one_of(LINES.map("\n".join), st.text(max_size=40))


@given(TEXT, TEXT)
def test_a_text_read_after_another_is_read_as_by_itself(old, new):
    base = read(old)
    reading, before, after = read_after(new, base)

    assert reading == read(new)
    assert reading.words == [fold(token) for token in tokens(new)]
    assert reading.words[:before] == base.words[:before]
    assert reading.words[len(reading.words) - after :] == base.words[len(base.words) - after :]


@given(TEXT, TEXT)
def test_the_signs_of_a_text_come_from_those_of_the_one_before(old, new):
    base = read(old)
    assert base.signs == signs(base.words)
    reading, before, after = read_after(new, base)

    reading.learn_signs(base, before, after)

    assert reading.known_signs == read(new).signs


@given(TEXT, st.data())
def test_segments_are_the_lines_between_two_tokens(text, data):
    reading = read(text)
    start = data.draw(st.integers(0, len(reading.words)))
    stop = data.draw(st.integers(start, len(reading.words)))

    found = reading.segments(start, stop)

    ends = [sum(reading.counts[: line + 1]) for line in range(len(reading.counts))]
    line_of = [sum(end <= token for end in ends) for token in range(len(reading.words))]
    expected = sorted({line_of[token] for token in range(start, stop)})
    assert [line_of[left] for left, _ in found] == expected
    assert [token for left, right in found for token in range(left, right)] == list(
        range(start, stop)
    )
