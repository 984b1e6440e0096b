"""A passage is followed back to where it was first written, over changes and gaps."""

from wiki.attribution.passage import Touch, trace

FIRST = "The school asked the funder."
SECOND = "The school asked the funder twice."
OTHER = "Money came late."


def history(*texts: str):
    """Revisions 1, 2, 3, … without the last, newest first."""
    return [(number, text) for number, text in reversed([*enumerate(texts, 1)])]


def nothing_older(number: int, passage: str) -> float:
    return 0.0


def all_older(number: int, passage: str) -> float:
    return 1.0


def test_a_page_of_one_revision_wrote_all_of_it():
    traced = trace(FIRST, 1, [], older_share=nothing_older, most=9)

    assert traced.touches == [Touch(1, "written", "", FIRST)]
    assert traced.further == ""


def test_edits_elsewhere_on_the_page_do_not_touch_a_passage():
    older = history(FIRST, f"{FIRST}\n\n{OTHER}", f"{FIRST}\n\n{OTHER}\n\nMore.")

    traced = trace(FIRST, 4, older, older_share=nothing_older, most=9)

    assert traced.touches == [Touch(1, "written", "", FIRST)]


def test_every_change_of_a_passage_is_a_touch_with_what_was_there_before():
    older = history(OTHER, f"{OTHER}\n\n{FIRST}", f"{FIRST}\n\n{OTHER}")

    traced = trace(SECOND, 4, older, older_share=nothing_older, most=9)

    assert traced.touches == [
        Touch(4, "changed", FIRST, SECOND),
        Touch(2, "written", "", FIRST),
    ]


def test_a_blanked_page_is_a_gap_and_not_a_beginning():
    older = history(FIRST, "", "")

    traced = trace(FIRST, 4, older, older_share=all_older, most=9)

    assert traced.touches == [
        Touch(4, "restored", "", FIRST),
        Touch(2, "removed", FIRST, ""),
        Touch(1, "written", "", FIRST),
    ]


def test_a_passage_with_nothing_older_in_it_begins_where_it_appears():
    older = history("An unrelated text.", "Something else.", "Something else.")

    traced = trace(FIRST, 4, older, older_share=nothing_older, most=9)

    assert traced.touches == [Touch(4, "written", "", FIRST)]


def test_who_wants_to_look_no_further_is_told_where_to_go_on():
    traced = trace(FIRST, 9, [(8, FIRST), (7, FIRST)], older_share=nothing_older, most=9)

    assert (traced.touches, traced.reached, traced.further) == ([], 7, FIRST)


def test_enough_touches_end_the_search_with_the_passage_as_it_stood():
    older = history("A b c d.", "A b c d e.", "A b c d e f.")

    traced = trace("A b c d e f g.", 4, older, older_share=nothing_older, most=2)

    assert [touch.number for touch in traced.touches] == [4, 3]
    assert (traced.reached, traced.further) == (2, "A b c d e.")


def test_a_gap_that_was_not_looked_over_is_no_beginning():
    traced = trace(FIRST, 9, [(8, ""), (7, "")], older_share=all_older, most=9)

    assert traced.touches == [Touch(9, "appeared", "", FIRST)]
    assert traced.further == ""
