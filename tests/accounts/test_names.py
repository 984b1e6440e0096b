"""Names of accounts: any script, one owner, hard to imitate."""

import pytest

from wiki.accounts.names import KEY_LENGTH, clean_name, name_key
from wiki.errors import InvalidInput


@pytest.mark.parametrize(
    "name",
    ["Ada", "Ann-Marie O’Neil", "José", "李明", "राम", "كاتب", "Сара Ким", "Νίκος", "J. R. Okoro"],
)
def test_a_name_may_be_in_any_script(name):
    assert clean_name(name) == name


def test_a_name_is_shown_composed_and_with_single_spaces():
    assert clean_name("  Jose\u0301   Silva ") == "José Silva"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "x" * 41,
        "ﷺ" * 9,  # eighteen letters each where names are compared
        "🔥🔥",
        "--",
        "a/b",
        "a@b",
        "<b>Ada</b>",
        "Ada\u202eadA",  # turns the direction of the text round
        "Ada\u200b",
        "Ada\x00",
        "Ada\ud800",
        "-Ada",
        "Ada.",
        "Ada  .  B",
        "A--da",
    ],
)
def test_a_name_that_cannot_be_printed_safely_is_refused(name):
    with pytest.raises(InvalidInput) as refused:
        clean_name(name)

    assert refused.value.field == "name"


def test_persian_and_indic_spelling_keeps_its_joiners():
    assert clean_name("می\u200cخواهم") == "می\u200cخواهم"
    assert name_key("می\u200cخواهم") == name_key("میخواهم")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("Ada", "A.d.a"),
        ("Ada Lovelace", "ada-lovelace"),
        ("José", "JOSE\u0301"),
        ("Straße", "STRASSE"),
        ("Сосо", "Coco"),  # the first is Cyrillic
        ("Bob", "B0b"),
        ("Bill", "Bi1l"),
    ],
)
def test_names_that_look_alike_have_one_owner(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("राम", "रमा"), ("Ada", "Ida"), ("José", "Jose")])
def test_names_that_differ_in_a_letter_or_mark_are_two(one, other):
    assert name_key(one) != name_key(other)


def test_a_word_in_two_scripts_of_one_shape_is_refused():
    with pytest.raises(InvalidInput, match="one script"):
        clean_name("Аdа")  # Cyrillic, Latin, Cyrillic


def test_each_word_may_have_a_script_of_its_own():
    assert clean_name("Юлия Smith") == "Юлия Smith"


def test_the_key_of_every_name_fits_its_column():
    longest = clean_name("ﬃ" * 40)

    assert len(name_key(longest)) == KEY_LENGTH
