"""What is typed is understood; nothing that can be typed is an error."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.search.writing import document
from wiki.search.query import MAX_CHARACTERS, MAX_TERMS, Query, parse


def test_words_quotes_minus_title_and_star_are_understood():
    query = parse('water "clean Tank" -school -"old pump" title:Village -title:draft partner*')

    assert query.words == ("water", "clean", "tank", "village")
    assert query.phrases == (("clean", "tank"),)
    assert query.not_words == ("school",)
    assert query.not_phrases == (("old", "pump"),)
    assert query.title_words == ("village",)
    assert query.not_title_words == ("draft",)
    assert query.prefixes == ("partner",)
    assert query.key == ""


def test_plain_words_are_also_a_title():
    assert parse("  The  Kite Flyers! ").key == "the kite flyers"


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "«{}»", '"{}"', '"{}'])
def test_quotation_marks_of_every_keyboard_are_quotes(marks):
    assert parse(marks.format("clean water")).phrases == (("clean", "water"),)


def test_a_hyphen_inside_a_word_excludes_nothing():
    query = parse("state-of-the-art - e-mail")

    assert query.words == ("state", "art", "e", "mail")
    assert not query.not_words
    assert not query.not_phrases


def test_a_hyphenated_word_is_excluded_as_a_whole():
    assert parse("mail -e-mail").not_phrases == (("e", "mail"),)


def test_possessives_and_contractions_leave_the_word():
    assert parse("partner's don’t l'école").words == ("partner", "don", "l", "ecole")


def test_a_star_after_one_letter_is_a_word():
    assert parse("a* b*").prefixes == ()
    assert parse("b*").words == ("b",)


def test_scripts_without_spaces_become_pairs():
    assert parse("合作学校 水").words == ("合作", "作学", "学校", "水")


def test_only_exclusions_ask_for_nothing_and_say_so():
    query = parse("-water")

    assert query.empty
    assert query.only_excludes


def test_what_is_too_long_is_cut_and_says_so():
    long = parse(" ".join(f"w{n}" for n in range(MAX_TERMS + 10)))

    assert len(long.words) == MAX_TERMS
    assert long.cut
    assert parse("a" * (MAX_CHARACTERS + 1)).cut
    assert len(parse("a " * 10_000).typed) <= MAX_CHARACTERS
    assert not parse("a b").cut


@given(st.text(max_size=600))
@example('"""')
@example('-"-"*title:"')
@example("\x00\ud800")
@example("title:title:-*")
def test_no_text_is_an_error_and_every_limit_holds(typed):
    query = parse(typed)

    parts = (query.words, query.prefixes, query.title_words, query.not_words)
    assert len(query.typed) <= MAX_CHARACTERS
    assert sum(map(len, parts)) <= 3 * MAX_TERMS
    assert all(word and "\0" not in word for part in parts for word in part)
    assert query.empty or not query.only_excludes


@given(st.text(alphabet='ab "-*:title()', max_size=80))
def test_signs_in_any_order_are_no_error(typed):
    assert isinstance(parse(typed), Query)


@given(st.text(alphabet="abcdefg éß水学", min_size=1, max_size=40))
def test_what_was_understood_is_understood_the_same_again(typed):
    query = parse(typed)

    assert parse(query.typed) == query


def test_hostile_queries_are_answered_in_time(material, index):
    folder = material / "material"
    typed = [path.read_text() for path in folder.glob("dos/generated/search_*.md")]
    for name in ("unicode/blns.jsonl", "unicode/unicode.jsonl"):
        with (folder / name).open(encoding="utf-8") as lines:
            typed += [json.loads(line)["text"] for line in lines]
    assert len(typed) > 300
    kept = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in typed]
    index.add([document(n, text[:80], text) for n, text in enumerate(kept)])
    slowest = 0.0
    for text in typed:
        started = time.perf_counter()
        index.search(parse(text))
        index.nearest_titles(text)
        slowest = max(slowest, time.perf_counter() - started)

    assert slowest < 2
