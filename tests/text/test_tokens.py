"""Tokens: the unit of counting, comparing and crediting."""

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.tokens import fold, is_word, token_spans, tokens

NEUTRAL = re.compile(r"\w+|[^\w\s]")


def test_a_token_is_a_run_of_word_characters_or_one_other_sign():
    assert tokens("Don't stop: 3.5 kites_a!") == [
        "Don", "'", "t", "stop", ":", "3", ".", "5", "kites_a", "!",
    ]  # fmt: skip


def test_scripts_without_spaces_have_one_token_a_character():
    assert tokens("合作为") == ["合", "作", "为"]
    assert tokens("カナ PTA 한국어") == ["カ", "ナ", "PTA", "한국어"]
    assert tokens("ທລາວ ខែ") == ["ທ", "ລ", "າ", "ວ", "ខែ"]


def test_a_combining_mark_stays_with_its_base_in_every_script():
    assert tokens("साझेदारी क्यों") == ["साझेदारी", "क्यों"]
    assert tokens("Cafe\u0301 لَمْ") == ["Cafe\u0301", "لَمْ"]
    assert tokens("ถึง") == ["ถึ", "ง"]


def test_a_joiner_inside_a_persian_word_does_not_split_it():
    assert tokens("می\u200cخواهم") == ["می\u200cخواهم"]


def test_an_emoji_sequence_stays_whole():
    family, flag, thumb = "👩\u200d👩\u200d👧", "🇰🇪", "👍🏽"
    assert tokens(family + flag + "🇬🇧" + thumb + "1️⃣") == [family, flag, "🇬🇧", thumb, "1️⃣"]


def test_a_word_holds_a_letter_or_a_digit():
    assert [t for t in tokens("a *b* 3 — 合 _ ?") if is_word(t)] == ["a", "b", "3", "合"]


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_latin_text_follows_the_convention_of_the_shared_histories(text):
    assert tokens(text) == NEUTRAL.findall(text)


@given(st.text())
def test_spans_cover_all_but_white_space_and_agree_with_tokens(text):
    spans = token_spans(text)
    assert [text[i:j] for i, j in spans] == tokens(text)
    assert "".join(tokens(text)) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@given(st.text(), st.text())
def test_the_tokens_of_a_text_are_those_of_its_lines(first, second):
    assert tokens(f"{first}\n{second}") == tokens(first) + tokens(second)


@given(st.text())
def test_folding_is_done_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)


def test_folding_joins_capitals_final_letters_and_typefaces():
    assert fold("ΣΊΣΥΦΟΣ") == fold("σίσυφος")
    assert fold("Ｆａｉｌｕｒｅ") == fold("failure") == "failure"
    assert fold("Straße") == "strasse"


def test_hostile_shapes_stay_one_token(material: Path):
    folder = material / "material/dos/generated"
    for name in ("combining", "surrogate_like"):
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
        assert len(tokens(text)) <= 2, name


def test_emoji_of_the_shared_material_are_not_cut(material: Path):
    rows = (material / "material/unicode/unicode.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        if row["category"] == "emoji" and "\u200d" in row["text"]:
            assert tokens(row["text"]) == [row["text"]]
