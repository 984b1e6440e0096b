"""Marks in a text: found where they are, refused where something is missing."""

import pytest

from wiki.attribution.voice import voice_mask
from wiki.voices.counting import count
from wiki.voices.forms import headings, with_passage
from wiki.voices.marks import Allowed, marks, problems

SPOKEN = "::: {.voice by=v1 mode=direct_spoken}\nWe were not asked.\n:::\n"
WHOLE = Allowed(consented=True, read_back=True, mandate=True)
FIELDS = {"sources": [{"id": "s1"}]}


def said(source: str, *, public: bool = True, **known: Allowed) -> list[str]:
    found = problems(marks(source), known, FIELDS, public=public)
    return [wrong.message % dict(wrong.values) for wrong in found]


def marked(mode: str, more: str = "") -> str:
    return f"Before.\n\n::: {{.voice by=v1 mode={mode} {more}}}\nWords.\n:::\n"


def test_a_mark_is_found_with_its_line_and_words():
    source = f"---\ntype: case\n---\nBefore.\n\n{SPOKEN}\nAfter.\n"

    [mark] = marks(source)

    assert (mark.by, mark.mode, mark.line) == ("v1", "direct_spoken", 6)
    assert source[mark.start : mark.end] == "We were not asked.\n"


@pytest.mark.parametrize("source", [f"```\n{SPOKEN}```\n", SPOKEN.replace(":::\n", ""), "::: x"])
def test_what_is_code_or_not_closed_is_no_mark(source):
    assert marks(source) == []


def test_a_voice_that_the_page_does_not_have_is_refused():
    assert said(SPOKEN) == ["This page has no voice “v1”. Choose “Give somebody’s words” first."]


@pytest.mark.parametrize(
    ("mode", "wrong", "right"),
    [
        ("direct_translated", "", "from=sw"),
        ("quoted_from_published", "source=s9", "source=s1"),
        ("reported_from_document", "", "source=s1"),
        ("reported_paraphrase", "reviewed=maybe", "reviewed=no"),
        ("composite", "people=2", "people=3"),
        ("composite", "people=many", "people=12"),
    ],
)
def test_each_mode_needs_what_makes_it_honest(mode, wrong, right):
    assert len(said(marked(mode, wrong), v1=WHOLE)) == 1
    assert said(marked(mode, right), v1=WHOLE) == []


def test_a_way_of_speaking_that_nobody_knows_is_refused():
    [problem] = said(marked("shouted"), v1=WHOLE)

    assert problem.startswith("“shouted” is no way of speaking; it may be: direct_written,")


def test_without_consent_for_everybody_a_passage_waits_in_the_draft():
    narrow = Allowed(consented=False, read_back=True, mandate=True)

    assert said(SPOKEN, public=False, v1=narrow) == []
    assert said(SPOKEN, public=True, v1=narrow) == [
        "The consent of this voice does not reach everybody. The passage must wait."
    ]


def test_spoken_words_need_the_answer_whether_they_were_read_back():
    silent = Allowed(consented=True, read_back=False, mandate=True)

    assert said(SPOKEN, v1=silent) == ["It is not recorded whether the words were read back."]


def test_a_statement_of_a_group_needs_to_say_who_agreed_to_it():
    claimed = Allowed(consented=True, read_back=True, mandate=False)

    assert len(said(marked("collective_statement"), v1=claimed)) == 1


def counted(source: str, *, desk: bool = False) -> list[tuple[str, str, int]]:
    mask = voice_mask(source)
    return count(source, mask, ["w7"] * len(mask), desk=desk)


def test_words_are_those_of_the_voice_around_them_else_of_their_writer():
    found = counted(f"I write this.\n\n{SPOKEN}")

    assert found == [("v1", "direct_spoken", 4), ("w7", "direct_written", 3)]


def test_words_that_a_machine_made_are_nobodys():
    machine = SPOKEN.replace("direct_spoken", "direct_translated from=sw machine=yes")

    assert [row for row in counted(machine) if row[0] == "v1"] == []


def test_what_a_desk_tells_is_told_by_others():
    assert {mode for _, mode, _ in counted("They went.\n", desk=True)} == {
        "reported_from_document"
    }


def test_a_passage_goes_to_the_end_of_the_part_that_was_chosen():
    body = "Start.\n\n## One\n\nText.\n\n## Two\n\nMore.\n"

    assert with_passage(body, "## One", "PASSAGE") == (
        "Start.\n\n## One\n\nText.\n\nPASSAGE\n\n## Two\n\nMore.\n"
    )
    assert with_passage(body, "", "PASSAGE").endswith("More.\n\nPASSAGE\n")
    assert with_passage("", "## Gone", "PASSAGE") == "PASSAGE\n"
    assert headings(body) == ["## One", "## Two"]
