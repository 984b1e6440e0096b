"""Titles and their addresses."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.slugs import (
    SLUG_LENGTH,
    TITLE_LENGTH,
    TitleError,
    clean_title,
    lookalike_key,
    slugify,
    title_from_slug,
)

LETTERS = st.text(st.characters(categories=["L", "N", "M", "P", "Z"]), min_size=1)


def slug_of(text: str) -> str | None:
    try:
        return slugify(text)
    except TitleError:
        return None


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Why it   broke down!", "why-it-broke-down"),
        ("Don't stop — now", "don-t-stop-now"),
        ("Партнёрство распалось", "партнёрство-распалось"),
        ("साझेदारी क्यों टूटी", "साझेदारी-क्यों-टूटी"),
        ("合作为什么失败", "合作为什么失败"),
        ("لماذا فشلت الشراكة؟", "لماذا-فشلت-الشراكة"),
        ("፩፪፫", "፩፪፫"),
        ("../../etc/passwd", "etc-passwd"),
        ("a@3", "a-3"),
    ],
)
def test_an_address_keeps_letters_of_any_script_and_joins_them_by_dashes(title, slug):
    assert slugify(title) == slug


@pytest.mark.parametrize("title", ["", "?!…", " - ", "🦊", "..", "\u200b", "\ufe0f", "\u0301"])
def test_a_title_without_letter_or_digit_is_refused(title):
    with pytest.raises(TitleError):
        slugify(title)


@given(st.text())
def test_making_an_address_of_an_address_changes_nothing(text):
    slug = slug_of(text)
    if slug is not None:
        assert slugify(slug) == slug
        assert 0 < len(slug) <= SLUG_LENGTH
        assert slug == unicodedata.normalize("NFC", slug)
        assert not set(slug) & set(" /\\.@#?%&\"'<>")


@given(LETTERS)
def test_composed_and_decomposed_titles_and_capitals_share_an_address(text):
    slug = slug_of(text)
    assert slug_of(unicodedata.normalize("NFD", text)) == slug
    assert slug_of(unicodedata.normalize("NFC", text.casefold())) == slug


@given(LETTERS)
def test_the_title_made_from_an_address_leads_back_to_it(text):
    slug = slug_of(text)
    if slug is not None:
        assert slugify(title_from_slug(slug)) == slug


def test_a_red_link_proposes_a_readable_title():
    assert title_from_slug("when-it-goes-wrong") == "When it goes wrong"


@given(st.text(max_size=TITLE_LENGTH))
def test_a_clean_title_stays_as_it_is_and_shows_everything_it_holds(raw):
    try:
        title = clean_title(raw)
    except TitleError as refusal:
        assert refusal.message % refusal.values
        return
    assert clean_title(title) == title
    assert title == unicodedata.normalize("NFC", " ".join(title.split()))
    assert 0 < len(title) <= TITLE_LENGTH
    assert slugify(title) == slugify(raw)


def test_white_space_is_collapsed_and_invisible_characters_are_taken_out():
    assert clean_title("  A\u00a0 \u200bstory\u202e of\ufeff \u2067two\n") == "A story of two"
    assert clean_title("admin\u3164\u202c") == "admin"


def test_joiners_stay_where_they_shape_a_word():
    assert clean_title("می\u200cخواهم \u200cx") == "می\u200cخواهم x"
    assert clean_title("Pride 🏳️\u200d🌈") == "Pride 🏳️\u200d🌈"


@pytest.mark.parametrize("bad", list("\0\x07\r\x0b\x85\u2028\ufffd\ufffe\ud800\U0010ffff"))
def test_control_characters_are_refused_with_a_sentence(bad):
    with pytest.raises(TitleError, match="cannot be shown"):
        clean_title(f"a{bad}b")


def test_a_title_too_long_is_refused_with_its_length():
    with pytest.raises(TitleError) as refusal:
        clean_title("k" * 201)
    assert str(refusal.value) == "This title is 201 characters long; at most 200 fit."
    with pytest.raises(TitleError):
        clean_title("k " * 5_000_000)


def test_a_pile_of_marks_is_refused():
    with pytest.raises(TitleError, match="marks"):
        clean_title("Z" + "\u0301" * 12)


def test_a_long_address_is_not_cut_between_a_letter_and_its_mark():
    slug = slugify("a" * (SLUG_LENGTH - 1) + "क्षि")
    assert slug == "a" * (SLUG_LENGTH - 1)


def test_titles_that_look_alike_share_a_page_or_a_warning(material: Path):
    rows = (material / "material/unicode/unicode.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [
        row["text"].split("\n") for row in map(json.loads, rows) if row["category"] == "title-pair"
    ]
    assert pairs
    for first, second in pairs:
        assert lookalike_key(first) == lookalike_key(second), (first, second)


def test_every_script_of_the_shared_material_makes_a_title_and_an_address(material: Path):
    rows = (material / "material/unicode/unicode.jsonl").read_text(encoding="utf-8").splitlines()
    scripts = [row["text"] for row in map(json.loads, rows) if row["category"] == "script"]
    assert scripts
    for title in scripts:
        assert slugify(clean_title(title))


def test_control_rows_of_the_shared_material_are_refused(material: Path):
    rows = (material / "material/unicode/unicode.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        if row["category"] == "control":
            with pytest.raises(TitleError):
                clean_title(f"a{row['text']}b")


def test_no_naughty_string_does_more_than_be_refused(material: Path):
    rows = (material / "material/unicode/blns.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        try:
            title = clean_title(row["text"])
        except TitleError:
            continue
        assert slugify(slugify(title)) == slugify(title)


def test_a_cyrillic_letter_in_a_latin_word_is_noticed():
    assert lookalike_key("mоderаtоr") == lookalike_key("Moderator")
    assert slugify("mоderаtоr") != slugify("moderator")
