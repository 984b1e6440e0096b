"""Which tokens count as a voice."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.voice import voice_mask, words_by_origin
from wiki.text.tokens import tokens


def counted(source):
    """The tokens that count, in order."""
    return [
        token for token, counts in zip(tokens(source), voice_mask(source), strict=True) if counts
    ]


def test_words_of_a_sentence_count_and_its_marks_do_not():
    assert counted("The fund paid **late**, twice.") == ["The", "fund", "paid", "late", "twice"]


def test_the_text_of_a_link_counts_and_its_target_does_not():
    assert counted("See [the report](https://example.org/a-b).") == ["See", "the", "report"]
    assert counted("See [[Uwezo|their own test]].") == ["See", "their", "own", "test"]


def test_front_matter_and_headings_are_nobodys_voice():
    assert counted("---\ntype: case\n---\n# What happened\n\nIt ended.") == ["It", "ended"]


@given(st.text())
def test_every_token_has_its_place_in_the_mask(source):
    assert len(voice_mask(source)) == len(tokens(source))


def test_words_are_summed_by_the_revision_they_come_from():
    assert words_by_origin([1, 1, 2, 2], [True, False, True, True]) == {1: 1, 2: 2}
