"""Every passage says whose words it is, and the text stays what it was."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering.alignment import align
from wiki.rendering.markdown import render
from wiki.rendering.passages import VoiceMark, mark
from wiki.text import tokens

VOICES = {
    1: VoiceMark("Ada", 1),
    2: VoiceMark("Bo & <Co>", 2),
    3: VoiceMark("Cy", 3),
}


def words_of(text: str) -> list[str]:
    return [token for token in tokens.tokens(text) if tokens.is_word(token)]


class Reader(HTMLParser):
    """Reads a marked page: its text without names, and the voice of each word."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.balanced = True
        self.text = ""
        self.names: list[str] = []
        self.spoken: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr", "img", "wbr"}:
            self.open.append((tag, dict(attrs)))
            if "voice-name" in self.classes():
                self.names.append("")

    def handle_endtag(self, tag):
        self.balanced &= bool(self.open) and self.open.pop()[0] == tag

    def classes(self) -> list[str]:
        return (self.open[-1][1].get("class") or "").split()

    def handle_data(self, data):
        if any("voice-name" in (attrs.get("class") or "").split() for _, attrs in self.open):
            self.names[-1] += data
            return
        voice = next((a["data-voice"] for _, a in self.open if "data-voice" in a), None)
        self.text += data
        self.spoken += [(word, voice) for word in words_of(data)]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.balanced
    assert reader.open == []
    return reader


def marked(source: str, owners: list[int]) -> str:
    return mark(render(source).html, words_of(source), owners, VOICES)


def classes_of_names(html: str) -> list[tuple[str, list[str]]]:
    """Each name with the classes that it has beside `voice-name`."""
    found = re.findall(r'class="voice-name([^"]*)"', html)
    return list(zip(read(html).names, [classes.split() for classes in found], strict=True))


def test_a_name_stands_before_each_passage():
    assert marked("Kites fly high. Kites do sink.", [1, 1, 1, 2, 2, 2]) == (
        '<p><span class="voice-name" dir="auto">Ada: </span>'
        '<span class="passage voice-1" data-voice="1">Kites fly high. </span>'
        '<span class="voice-name" dir="auto">Bo &amp; &lt;Co&gt;: </span>'
        '<span class="passage voice-2" data-voice="2">Kites do sink.</span></p>'
    )


def test_a_short_run_between_two_of_one_voice_is_named_small():
    html = marked("a b c d e f g", [1, 1, 1, 2, 1, 1, 1])

    assert html.count('class="voice-name"') == 1
    assert html.count('class="voice-name voice-name-small"') == 2


def test_each_paragraph_names_its_voice_again():
    assert read(marked("a b\n\nc d", [1, 1, 1, 1])).names == ["Ada: ", "Ada: "]


def test_a_name_that_opens_a_block_by_the_voice_heard_last_says_so():
    html = marked("# a\n\n## b\n\nc d\n\n> e\n\nf g", [1, 1, 1, 1, 2, 1, 1])

    assert classes_of_names(html) == [
        ("Ada: ", ["voice-name-small"]),
        ("Ada: ", ["voice-name-small", "voice-again"]),
        ("Ada: ", ["voice-again"]),
        ("Bo & <Co>: ", []),
        ("Ada: ", []),
    ]


def test_a_voice_that_comes_back_within_a_block_is_named_in_sight():
    html = marked("a b c d e f g", [1, 1, 1, 2, 1, 1, 1])

    assert "voice-again" not in html


def test_a_voice_nobody_may_name_stands_between_two_passages_all_the_same():
    assert "voice-again" not in marked("a b\n\nc d\n\ne f", [1, 1, 9, 9, 1, 1])


def test_after_code_by_another_voice_the_first_voice_is_named_again_in_sight():
    html = marked("a b\n\n```\nx = y\n```\n\nc d", [1, 1, 3, 3, 1, 1])

    assert "voice-again" not in html


def test_code_by_the_voice_heard_last_repeats_its_name_unseen():
    html = marked("a b\n\n```\nx = y\n```\n", [1, 1, 1, 1])

    assert '<p class="voice-names voice-again">' in html


def test_list_items_of_a_voice_that_goes_on_name_it_small():
    html = marked("- a b\n- c d\n", [1, 1, 1, 1])

    assert html.count('class="voice-name"') == 1
    assert html.count("voice-name-small") == 1


def test_a_passage_that_crosses_emphasis_is_closed_and_opened_again():
    html = marked("a *b c* d", [1, 1, 2, 2])

    reader = read(html)
    assert reader.spoken == [("a", "1"), ("b", "1"), ("c", "2"), ("d", "2")]
    assert html.count("<em>") == 1


def test_emphasis_of_one_voice_stays_inside_its_passage():
    html = marked("a *b* c", [1, 1, 1])

    assert '<span class="passage voice-1" data-voice="1">a <em>b</em> c</span>' in html


def test_code_is_not_touched_and_its_voices_stand_before_it():
    html = marked("```\nx = y\n```\n", [1, 3])

    assert "<pre><code>x = y\n</code></pre>" in html
    assert read(html).names == ["Ada: ", "Cy: "]


def test_words_of_a_voice_that_may_not_be_named_are_left_unmarked():
    reader = read(marked("a b c d", [1, 1, 9, 9]))

    assert reader.spoken == [("a", "1"), ("b", "1"), ("c", None), ("d", None)]


def test_notes_moved_to_the_end_keep_their_voice():
    source = "First words here.[^n]\n\n[^n]: Note text stands below.\n\nLast words here.\n"
    owners = [1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3]

    spoken = dict(read(marked(source, owners)).spoken)

    assert (spoken["First"], spoken["stands"], spoken["Last"]) == ("1", "2", "3")


def test_addresses_left_out_of_the_page_do_not_shift_the_voices():
    link = "[plan](https://example.org/the/plan/we/made/and/left)"

    spoken = read(marked(f"The {link} we made here.", [1] * 11 + [2] * 3)).spoken

    assert spoken == [("The", "1"), ("plan", "1"), ("we", "2"), ("made", "2"), ("here", "2")]


def test_words_that_rendering_adds_belong_to_nobody():
    reader = read(marked("- [x] told them\n", [1, 1, 1]))

    assert ("Done", None) in reader.spoken
    assert ("told", "1") in reader.spoken


def test_words_without_owners_are_refused():
    with pytest.raises(ValueError, match="2 words have 1 owners"):
        mark("<p>a b</p>", ["a", "b"], [1], VOICES)


def test_a_word_that_stands_once_is_found_however_far_away():
    source = [f"w{number}" for number in range(1_000)]

    assert align(["w900", "new", "w3", "w4"], source) == [900, None, 3, 4]


def test_capitals_and_emphasis_do_not_hide_a_word():
    assert align(["Kites", "fly"], ["_kites_", "FLY"]) == [0, 1]


BLOCK = st.sampled_from(["{}\n\n", "- {}\n", "## {}\n\n", "> {}\n\n", "1. {}\n", "{}  \n"])
INLINE = st.sampled_from(
    ["{}", "*{}*", "**{}**", "`{}`", "[{}](/x)", "({})", '"{}"', "{},", "~{}~", "<ins>{}</ins>"]
)


@st.composite
def documents(draw):
    """A source in which every word is unique, with an owner for each."""
    source, owners, number = "", [], 0
    for block in draw(st.lists(BLOCK, min_size=1, max_size=6)):
        pieces = []
        for inline in draw(st.lists(INLINE, min_size=1, max_size=8)):
            pieces.append(inline.format(f"u{number}q"))
            number += 1
        source += block.format(" ".join(pieces))
    owners = draw(st.lists(st.sampled_from([1, 2, 3]), min_size=number, max_size=number))
    return source, owners


@settings(deadline=None)
@given(documents())
def test_unique_words_keep_their_voice_and_the_text_its_words(document):
    source, owners = document
    by_word = dict(zip([f"u{n}q" for n in range(len(owners))], owners, strict=True))
    words = words_of(source)
    all_owners = [by_word.get(word, 1) for word in words]
    html = render(source).html

    reader = read(mark(html, words, all_owners, VOICES))

    assert reader.text == read(html).text
    spoken = [(word, voice) for word, voice in reader.spoken if re.fullmatch(r"u\d+q", word)]
    assert spoken == [(word, str(by_word[word])) for word, _ in spoken]
    assert len(spoken) == len(owners)


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=100), st.lists(st.integers(1, 3), max_size=60))
def test_any_text_with_any_owners_keeps_its_text(shown, other, owners):
    html = render(shown).html
    words = words_of(other + shown)[: len(owners)]

    marked_html = mark(html, words, owners[: len(words)], VOICES)

    assert read(marked_html).text == read(html).text


def test_each_name_leads_to_the_words_of_its_passage():
    source = "Kites fly. *Kites* do sink.\n\nKites burn."
    html = render(source).html
    owners = [1, 1, 2, 2, 2, 1, 1]

    shown = mark(
        html, words_of(source), owners, VOICES, lambda first, last: f"/words/{first}-{last}"
    )

    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', shown) == [
        ("/words/0-1", "Ada"),
        ("/words/2-4", "Bo &amp; &lt;Co&gt;"),
        ("/words/5-6", "Ada"),
    ]
