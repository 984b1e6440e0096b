"""What every search engine finds, in which order; each test runs with both engines."""

import pytest

from tests.search.writing import document, found, marked
from wiki.search.query import parse

FILLER = "The committee met on Monday and spoke at length about other matters. "


def test_a_page_is_found_by_any_form_of_a_word(index):
    index.add([document(1, "Kites", "They were running late."), document(2, "Toys", "Nothing.")])

    assert found(index, "runs") == [1]
    assert marked(index, "runs") == ["running"]


def test_updating_twice_leaves_one_document(index):
    index.add([document(1, "Kites", "old"), document(1, "Kites", "older")])
    index.add([document(1, "Kites", "new"), document(1, "Kites", "newest")])

    assert index.count() == 1
    assert found(index, "newest") == [1]
    assert found(index, "old") == found(index, "older") == found(index, "new") == []


def test_a_word_of_the_title_comes_before_the_same_word_many_times_in_the_text(index):
    index.add([document(1, "Toys", "kites " * 40), document(2, "About kites", FILLER * 9)])

    assert found(index, "kites") == [2, 1]


def test_the_page_whose_title_was_typed_is_first(index):
    index.add(
        [
            document(1, "School water programme", "water school " * 9),
            document(2, "School Water", FILLER * 20),
            document(3, "Water school", "school water " * 9),
        ]
    )

    assert found(index, "school water")[0] == 2


def test_pages_with_all_words_come_before_pages_with_some(index):
    index.add(
        [
            document(1, "Donors", "donors " * 50),
            document(2, "Long", FILLER * 30 + "donors. " + FILLER * 30 + "villages"),
            document(3, "Villages", "villages " * 50),
        ]
    )
    results = index.search(parse("donors villages"))

    assert results.hits[0].page_id == 2
    assert (results.total, results.with_all_words) == (3, 1)


def test_a_rare_word_says_more_than_a_frequent_one(index):
    index.add([document(n, f"Page {n}", "school " * 3 + FILLER) for n in range(1, 20)])
    index.add([document(20, "Page 20", "zanzibar " + FILLER)])

    assert found(index, "school zanzibar")[0] == 20


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ecole", "L’École est fermée."),
        ("École", "l'ecole est fermee"),
        ("strasse", "Die Straße war gesperrt."),
        ("KØBENHAVN", "vi rejste til København"),
        ("cafe\u0301", "das Café"),
        ("ＡＢＣ", "abc of partnership"),
        ("הספר", "בית הַסֵּפֶר"),
    ],
)
def test_case_accents_and_width_do_not_count(index, typed, text):
    index.add([document(1, "Page", text, language="fr")])

    assert found(index, typed) == [1]


def test_words_of_other_languages_are_not_stemmed_as_english(index):
    index.add([document(1, "Page", "les universités rurales", language="fr")])

    assert found(index, "universités") == [1]
    assert found(index, "univers") == []


@pytest.mark.parametrize(
    ("text", "typed", "other"),
    [
        ("研究伙伴关系很难维持。", "伙伴关系", "学校"),
        ("学校と地域の協力", "地域", "大学"),
        ("학교에서 배운다", "학교", "대학"),
        ("โรงเรียนในหมู่บ้าน", "โรงเรียน", "ตลาด"),
    ],
)
def test_scripts_without_spaces_are_found_by_their_parts(index, text, typed, other):
    index.add([document(1, "Page", text, language="zh"), document(2, "Other", FILLER)])

    assert found(index, typed) == [1]
    assert found(index, other) == []
    assert "".join(marked(index, typed)) == typed


def test_one_character_of_a_script_without_spaces_is_enough(index):
    index.add([document(1, "水", "饮用水"), document(2, "Other", FILLER)])

    assert found(index, "水") == [1]


def test_words_of_one_letter_are_kept(index):
    index.add([document(1, "Vitamin", "vitamin c helps"), document(2, "Other", "vitamin d helps")])

    assert found(index, "c") == [1]
    assert found(index, '"vitamin d"') == [2]


def test_a_trailing_star_completes_whole_words_not_stems(index):
    index.add([document(1, "Page", "universities"), document(2, "Other", "unit")])

    assert found(index, "universi*") == [1]
    assert found(index, "universities*") == [1]
    assert sorted(found(index, "uni*")) == [1, 2]
    assert found(index, "universitiesx*") == []


def test_a_beginning_beside_a_word_counts_like_a_word(index):
    index.add([document(1, "Page", "rural universities"), document(2, "Other", "universities")])
    results = index.search(parse("rural univ*"))

    assert [hit.page_id for hit in results.hits] == [1, 2]
    assert results.with_all_words == 1


def test_a_phrase_finds_only_these_words_together(index):
    index.add(
        [
            document(1, "Page", "the water of the school"),
            document(2, "Other", "school water"),
            document(3, "Third", "schools water"),
        ]
    )

    assert found(index, '"school water"') == [2]
    assert found(index, '"water of the school"') == [1]


def test_no_phrase_spans_title_and_text(index):
    index.add([document(1, "School", "water")])

    assert found(index, '"school water"') == []


def test_a_phrase_beside_words_must_be_there(index):
    index.add(
        [
            document(1, "Page", "a clean water tank, and donors"),
            document(2, "Other", "donors donors water, clean"),
            document(3, "Third", "a clean water tank"),
        ]
    )

    assert found(index, 'donors "clean water"') == [1, 3]
    assert found(index, 'donors "a clean"') == [1, 3]
    assert found(index, 'donor* "clean water"') == [1, 3]


def test_what_is_excluded_is_not_found(index):
    index.add(
        [document(1, "Page", "school water"), document(2, "Other", "school and a water tank")]
    )

    assert found(index, "school -tank") == [1]
    assert found(index, 'school -"water tank"') == [1]
    assert found(index, "school -title:other") == [1]
    assert found(index, "school -title:pages") == [2]
    assert found(index, "-tank") == []


def test_a_word_can_be_asked_for_in_the_title_alone(index):
    index.add([document(1, "Schools", "text"), document(2, "Other", "school school")])

    assert found(index, "title:school") == [1]
    assert found(index, "text title:schools") == [1]
    assert found(index, "title:school title:other") == []


def test_function_words_are_looked_for_only_when_there_is_nothing_else(index):
    index.add([document(1, "To be or not to be", "a play"), document(2, "Other", "nothing here")])

    assert found(index, "what is a play about") == [1]
    assert found(index, "to be or not to be")[0] == 1


def test_headings_weigh_more_than_text(index):
    index.add(
        [
            document(1, "Page", FILLER + "fees\n" + FILLER),
            document(2, "Other", FILLER + "fees\n" + FILLER, headings=("fees",)),
        ]
    )

    assert found(index, "fees") == [2, 1]


def test_a_page_past_the_last_is_empty_and_places_follow_each_other(index):
    index.add([document(n, f"Page {n}", "water " * n) for n in range(1, 8)])

    pages = [found(index, "water", limit=3, offset=offset) for offset in (0, 3, 6, 9, 900)]
    assert [len(page) for page in pages] == [3, 3, 1, 0, 0]
    assert sorted(sum(pages, [])) == list(range(1, 8))
    assert index.search(parse("water"), limit=3, offset=900).total == 7


def test_the_extract_is_taken_from_where_the_words_are(index):
    index.add([document(1, "Page", FILLER * 50 + "Then the roof fell in. " + FILLER * 50)])
    text = "".join(p.text for p in index.search(parse("roof")).hits[0].snippet)

    assert "the roof fell in" in text
    assert len(text) < 300


def test_titles_spelled_nearly_so_are_offered(index):
    index.add([document(1, "One Laptop per Child"), document(2, "San Code"), document(3, "Xyz")])

    assert [title.page_id for title in index.nearest_titles("one labtop per chlid")] == [1]
    assert index.nearest_titles("qqqq") == ()


def test_documents_of_nothing_but_signs_are_no_problem(index):
    index.add([document(1, "!!!", "…—*"), document(2, "", "")])

    assert index.count() == 2
    assert found(index, "!!!") == []
