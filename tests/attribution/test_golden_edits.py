"""Edits made by hand, and whose each word is afterwards. The names are the conventions."""

from tests.attribution.histories import fixers, origins, owned_by, owners
from wiki.text.tokens import tokens

SCHOOL = "The school opened in May. Nobody asked the parents about the timetable."
FUND = "The fund paid late every quarter. Salaries were borrowed from a teacher."
BOARD = "A board of nine met twice. Its minutes were never published in Kiswahili."


def test_a_word_belongs_to_the_revision_that_first_typed_it():
    assert owners("Kites fly.", "Kites fly high.") == "Kites:1 fly:1 high:2"


def test_the_empty_text_has_no_owner_and_what_follows_is_new():
    assert owners("", "Kites fly.") == "Kites:2 fly:2"


def test_moving_a_paragraph_changes_nothing():
    before = f"{SCHOOL}\n\n{FUND}\n\n{BOARD}"
    after = f"{BOARD}\n\n{SCHOOL}\n\n{FUND}"

    assert owned_by(2, before, after) == ""


def test_moving_a_sentence_into_another_paragraph_changes_nothing():
    first, second = SCHOOL.split(". ")
    before = f"{SCHOOL}\n\n{FUND}"
    after = f"{first}.\n\n{second} {FUND}"

    assert owned_by(2, before, after) == ""


def test_a_paragraph_that_is_moved_and_edited_keeps_its_words():
    before = f"{SCHOOL}\n\n{FUND}\n\n{BOARD}"
    after = f"{FUND.replace('late', 'four months late')}\n\n{SCHOOL}\n\n{BOARD}"

    assert owned_by(2, before, after) == "four months"


def test_a_revert_gives_every_word_back():
    assert owners("Kites fly.", "Kites sink.", "Kites fly.") == "Kites:1 fly:1"


def test_a_blanked_page_that_is_restored_and_edited_belongs_to_its_authors():
    before = f"{SCHOOL}\n\n{FUND}"
    after = f"{SCHOOL}\n\n{FUND} We wrote this down."

    assert owned_by(3, before, "", after) == "We wrote this down"
    assert owned_by(2, before, "", after) == ""


def test_a_page_that_a_vandal_replaced_is_restored_with_an_edit():
    before = f"{SCHOOL}\n\n{FUND}\n\n{BOARD}"
    vandal = "Ha ha ha this page is mine now and I can write what I like."
    after = before.replace("nine", "eleven")

    assert owned_by(3, before, vandal, after) == "eleven"


def test_a_passage_deleted_long_ago_returns_to_its_author():
    told = [f"{FUND} Note {number}." for number in range(3, 40)]
    history = [f"{FUND} Note 1.", f"{FUND} Note 2.\n\n{SCHOOL}", *told]

    assert owned_by(2, *history, f"{FUND}\n\nAs was said: {SCHOOL}") == SCHOOL.replace(".", "")


def test_making_a_list_of_sentences_takes_nothing_from_their_author():
    before = "Parents asked for books. Teachers asked for pay. Children asked for lunch."
    after = "* Parents asked for books.\n* Teachers asked for pay.\n* Children asked for lunch."

    assert owned_by(2, before, after) == ""


def test_new_markup_belongs_to_the_reformatter_and_the_words_do_not():
    before = "The fund paid late every quarter."
    after = "The fund paid **late** every quarter."

    assert owned_by(2, before, after) == ""
    marks = [
        (token, origin)
        for token, origin in zip(tokens(after), origins(before, after), strict=True)
        if token == "*"
    ]
    assert marks == [("*", 2)] * 4


def test_wrapping_lines_anew_changes_nothing():
    assert owned_by(2, SCHOOL + " " + FUND, SCHOOL.replace(" ", "\n") + "\n" + FUND) == ""


def test_a_changed_capital_keeps_the_owner():
    assert owners("the fund paid", "The Fund paid") == "The:1 Fund:1 paid:1"


def test_a_word_replaced_by_another_belongs_to_the_replacer():
    assert owned_by(2, FUND, FUND.replace("borrowed", "stolen")) == "stolen"


def test_an_independent_sentence_is_wholly_its_authors_even_where_common_words_coincide():
    before = "The school is in the north of the district and it was built for girls."
    after = "The answer to the question of money is that nobody in the office was asked for it."

    assert owned_by(2, before, after) == after.rstrip(".")


def test_a_copy_keeps_the_first_author_of_the_original():
    assert owned_by(2, f"{SCHOOL}\n\n{FUND}", f"{SCHOOL}\n\n{FUND}\n\n{SCHOOL}") == ""


def test_fixing_a_slip_inside_a_word_keeps_its_first_author():
    assert owned_by(2, FUND.replace("quarter", "quarrter"), FUND) == ""


def test_who_fixed_a_slip_is_recorded_and_stays_so():
    slip = FUND.replace("quarter", "quarrter")

    assert fixers(slip, FUND) == "quarter:2"
    assert fixers(slip, FUND, f"{SCHOOL}\n\n{FUND}") == "quarter:2"


def test_a_changed_capital_and_a_replaced_word_have_no_fixer():
    assert fixers("the fund paid", "The Fund paid") == ""
    assert fixers(FUND, FUND.replace("borrowed", "stolen")) == ""


def test_another_common_word_is_no_respelling():
    assert owned_by(2, "They say that they would pay.", "They say that they will pay.") == "will"


def test_a_number_that_changes_is_no_respelling():
    assert owned_by(2, "It opened in 2014 with nine.", "It opened in 2015 with nine.") == "2015"


def test_a_plural_is_no_respelling():
    assert owned_by(2, "We met one partner there.", "We met one partners there.") == "partners"


def test_an_inserted_paragraph_begins_where_its_sentence_begins():
    before = "One saw it. They left. Two came back."
    after = "One saw it. They went. They left. Two came back."

    assert owners(before, after).split()[3:7] == ["They:2", "went:2", "They:1", "left:1"]


def test_chinese_is_attributed_character_by_character():
    assert owners("学校开学了。", "新学校开学了。") == "新:2 学:1 校:1 开:1 学:1 了:1"


def test_arabic_words_keep_their_owner_when_words_are_added():
    assert owned_by(2, "فتحت المدرسة في مايو", "فتحت المدرسة الجديدة في مايو") == "الجديدة"


def test_japanese_and_thai_too_are_attributed_character_by_character():
    assert owned_by(2, "学校が開いた", "学校が五月に開いた") == "五 月 に"
    assert owned_by(2, "โรงเรียน", "โรงเรียนใหม่").startswith("ใ")


def test_a_combining_mark_stays_with_its_base_and_its_other_form_is_the_same_word():
    decomposed, composed = "Nous avons mange\u0301 ici.", "Nous avons mang\u00e9 ici."

    assert tokens(decomposed)[2] == "mange\u0301"
    assert owned_by(2, decomposed, composed) == ""
    assert fixers(decomposed, composed) == ""


def test_an_emoji_sequence_is_one_sign_with_one_owner():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert tokens(f"We met {family}.")[2] == family
    assert origins("We met them.", f"We met {family} them.") == [1, 1, 2, 1, 1]


def test_capitals_of_any_script_are_folded():
    assert owned_by(2, "ΣΧΟΛΕΊΟ ΚΑΙ STRASSE", "σχολείο και straße") == ""


def test_hebrew_keeps_its_owners_when_a_sentence_moves():
    first, second = "בית הספר נפתח במאי.", "הקרן שילמה באיחור כל רבעון."

    assert owned_by(2, f"{first} {second}", f"{second} {first}") == ""


def test_a_word_that_returns_to_its_old_place_returns_to_its_author():
    once = FUND.replace("Salaries", "Wages")

    assert owned_by(3, FUND, once, f"{FUND} They said so.") == "They said so"


def test_a_new_sentence_does_not_owe_its_full_stop_to_the_old_one_after_it():
    after = FUND.replace("Salaries", "Nobody told the staff why. Salaries")
    stops = [
        origin
        for token, origin in zip(tokens(after), origins(FUND, after), strict=True)
        if token == "."
    ]

    assert stops == [1, 2, 1]


def test_seven_tokens_that_stood_elsewhere_on_the_page_are_a_copy():
    addition = "In June we heard that nobody asked the parents about the timetable either."

    found = owned_by(2, f"{SCHOOL}\n\n{FUND}", f"{SCHOOL}\n\n{FUND}\n\n{addition}")
    assert found == "In June we heard that either"


def test_a_rewritten_sentence_owes_nothing_to_a_rare_word_elsewhere_in_the_old_one():
    before = f"{FUND} The coordinator kept the minutes in a drawer at home."
    after = f"{FUND} Every drawer of that office was emptied before winter."

    assert owned_by(2, before, after) == "Every drawer of that office was emptied before winter"
