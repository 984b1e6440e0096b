"""A text written on an older revision and what was saved meanwhile."""

import pytest

from wiki.saving.merging import join
from wiki.text import front_matter

HEAD = "---\ntype: case\ntitle: Kites\nthemes: [money, voice]\n---\n"
STORY = "The school built kites.\n\nThe firm paid.\n\nIt ended in March.\n"


def marked(words: str, mark: str = "by=v1 mode=direct_written") -> str:
    return f"::: {{.voice {mark}}}\n{words}\n:::\n"


def together(base: str, mine: str, theirs: str) -> str:
    joined = join(base, mine, theirs)
    assert joined.clashes == []
    return joined.text


def test_facts_and_story_are_joined_each_in_its_way() -> None:
    mine = HEAD.replace("Kites", "Kites that sank") + STORY.replace("kites", "large kites")
    theirs = HEAD.replace("voice", "voice, law") + STORY.replace("March", "April")

    assert together(HEAD + STORY, mine, theirs) == (
        "---\ntype: case\ntitle: Kites that sank\nthemes: [money, voice, law]\n---\n"
        "The school built large kites.\n\nThe firm paid.\n\nIt ended in April.\n"
    )


def test_facts_that_nobody_or_one_changed_stay_as_they_were_written() -> None:
    base = "---\ntype:   page\ntitle: 'Kites'\n---\n"
    mine = base.replace("'Kites'", "'Kites and rope'")
    theirs = base.replace("---\nKites", "").replace("type:   page\n", "type:   page\nid: c-1\n")

    assert together(base, mine, theirs) == (
        "---\ntype:   page\nid: c-1\ntitle: 'Kites and rope'\n---\n"
    )


def test_a_fact_that_both_changed_is_the_only_place_to_decide() -> None:
    mine = HEAD.replace("Kites", "Mine") + STORY
    theirs = HEAD.replace("Kites", "Theirs") + STORY

    [clash] = join(HEAD + STORY, mine, theirs).clashes

    assert (clash.base, clash.mine, clash.theirs, clash.joined) == (
        "title: Kites\n", "title: Mine\n", "title: Theirs\n", "title: Mine\n"
    )  # fmt: skip


def test_a_fact_taken_out_by_one_and_changed_by_the_other_is_to_be_decided() -> None:
    mine = HEAD.replace("title: Kites\n", "") + STORY
    theirs = HEAD.replace("Kites", "Theirs") + STORY

    [clash] = join(HEAD + STORY, mine, theirs).clashes

    assert (clash.mine, clash.theirs) == ("", "title: Theirs\n")


def test_facts_written_in_an_unusual_way_are_joined_and_can_be_read() -> None:
    base = "---\n{title: Kites, type: page}\n---\nA.\n"
    mine = base.replace("Kites", "Kites and rope")
    theirs = base.replace("page", "case")

    joined = together(base, mine, theirs)

    assert front_matter.read(joined).fields == {"title": "Kites and rope", "type": "case"}


def test_facts_added_where_there_were_none() -> None:
    mine = "---\ntitle: Mine\n---\n" + STORY
    theirs = "---\nstage: ended\n---\n" + STORY

    joined = together(STORY, mine, theirs)

    assert front_matter.read(joined).fields == {"title": "Mine", "stage": "ended"}


def test_a_marked_passage_and_a_paragraph_elsewhere_go_together() -> None:
    mine = STORY.replace("The firm paid.\n", marked("The firm paid."))
    theirs = STORY.replace("March", "April")

    assert together(STORY, mine, theirs) == mine.replace("March", "April")


def test_words_changed_inside_a_passage_that_somebody_marked_meanwhile_clash() -> None:
    mine = STORY.replace("The firm paid.", "The firm paid nobody.")
    theirs = STORY.replace("The firm paid.\n", marked("The firm paid."))

    [clash] = join(STORY, mine, theirs).clashes

    assert "The firm paid nobody." in clash.mine
    assert ".voice by=v1" in clash.theirs


def test_words_put_into_a_passage_that_somebody_gave_another_voice_clash() -> None:
    base = marked("One.\n\nTwo is longer.\n\nThree.")
    mine = base.replace("Two is longer.\n", "Two is longer.\n\nAnd I add that it rained.\n")
    theirs = base.replace("by=v1", "by=v2")

    assert len(join(base, mine, theirs).clashes) == 1


def test_words_changed_in_a_passage_that_the_speaker_has_seen_meanwhile_clash() -> None:
    base = marked("One.\n\nTwo is longer.\n\nThree.", "by=v1 mode=reported_paraphrase reviewed=no")
    mine = base.replace("longer", "shorter")
    theirs = base.replace("reviewed=no", "reviewed=yes")

    assert len(join(base, mine, theirs).clashes) == 1


def test_a_paragraph_put_between_others_that_somebody_gave_a_voice_meanwhile_clashes() -> None:
    mine = STORY.replace("The firm paid.\n", "The firm paid.\n\nI saw that nobody came.\n")
    theirs = marked(STORY.removesuffix("\n"))

    assert len(join(STORY, mine, theirs).clashes) == 1


def test_passages_wound_into_each_other_clash() -> None:
    base = "One.\n\nTwo.\n\nThree.\n\nFour.\n"
    mine = marked("One.\n\nTwo.\n\nThree.") + "\nFour.\n"
    theirs = "One.\n\n" + marked("Two.\n\nThree.\n\nFour.", "by=v2 mode=direct_written")

    assert len(join(base, mine, theirs).clashes) == 1


@pytest.mark.parametrize("taken_out", [True, False])
def test_a_passage_that_one_took_out_does_not_come_back(taken_out: bool) -> None:
    base = STORY + "\n" + marked("I was never asked.")
    mine = STORY if taken_out else STORY + "\n" + marked("I was never asked.")
    theirs = base.replace("March", "April")

    assert ("never asked" in together(base, mine, theirs)) is not taken_out
