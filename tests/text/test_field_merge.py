"""Two people changed the facts of one page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.field_merge import merge_fields

BASE: dict[str, Any] = {
    "title": "Kites",
    "summary": "A school and a firm built kites together for two years.",
    "when": {"start": "2019", "end": "2021"},
    "themes": ["money", "voice"],
    "partners": [{"id": "p-a", "name": "School"}, {"id": "p-b", "name": "Firm"}],
    "money": [{"from": "p-a", "to": "p-b"}, {"from": "p-b", "to": "p-a"}],
}


def test_what_each_changed_alone_stands() -> None:
    merged = merge_fields(
        BASE,
        {**BASE, "title": "Mine", "when": {"start": "2018", "end": "2021"}},
        {**BASE, "when": {"start": "2019", "end": "2022"}, "stage": "ended"},
    )

    assert merged.clashes == ()
    assert merged.fields == {
        **BASE,
        "title": "Mine",
        "when": {"start": "2018", "end": "2022"},
        "stage": "ended",
    }


def test_a_field_that_one_took_out_and_nobody_else_touched_is_out() -> None:
    shorter = {name: value for name, value in BASE.items() if name != "money"}

    assert "money" not in merge_fields(BASE, shorter, {**BASE, "title": "T"}).fields


def test_the_same_field_changed_by_both_clashes_and_mine_is_proposed() -> None:
    merged = merge_fields(BASE, {**BASE, "title": "Mine"}, {**BASE, "title": "Theirs"})

    assert merged.clashes == (("title",),)
    assert merged.fields["title"] == "Mine"


def test_changes_far_apart_in_a_sentence_go_together() -> None:
    mine = {**BASE, "summary": BASE["summary"].replace("school", "college")}
    theirs = {**BASE, "summary": BASE["summary"].replace("two", "three")}

    merged = merge_fields(BASE, mine, theirs)

    assert merged.fields["summary"] == "A college and a firm built kites together for three years."
    assert merged.clashes == ()


def test_dates_are_never_put_together_from_two() -> None:
    base = {"when": "2018-01-01/2020-02-02"}
    mine, theirs = {"when": "2017-01-01/2020-02-02"}, {"when": "2018-01-01/2020-02-03"}

    assert merge_fields(base, mine, theirs).clashes == (("when",),)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (["money", "voice", "law"], ["money", "voice", "tools"],
         ["money", "voice", "tools", "law"]),
        (["voice"], ["money", "voice", "tools"], ["voice", "tools"]),
        (["voice", "money"], ["money", "voice", "tools"], ["voice", "money", "tools"]),
        ([], ["money"], []),
    ],
)  # fmt: skip
def test_words_of_a_list_come_and_go_one_by_one(
    mine: list[str], theirs: list[str], both: list[str]
) -> None:
    merged = merge_fields(BASE, {**BASE, "themes": mine}, {**BASE, "themes": theirs})

    assert merged.fields["themes"] == both
    assert merged.clashes == ()


def test_rows_are_known_by_their_ids() -> None:
    mine = {**BASE, "partners": [{"id": "p-b", "name": "Firm", "country": "KE"}]}
    theirs = {**BASE, "partners": [BASE["partners"][0], {"id": "p-b", "name": "The Firm"}]}

    merged = merge_fields(BASE, mine, theirs)

    assert merged.fields["partners"] == [{"id": "p-b", "name": "The Firm", "country": "KE"}]
    assert merged.clashes == ()


def test_a_row_that_one_took_out_and_the_other_changed_stays_and_clashes() -> None:
    out = {**BASE, "partners": BASE["partners"][1:]}
    changed = {**BASE, "partners": [{"id": "p-a", "name": "New school"}, BASE["partners"][1]]}

    for merged in (merge_fields(BASE, out, changed), merge_fields(BASE, changed, out)):
        assert merged.clashes == (("partners", "p-a"),)
        assert {"id": "p-a", "name": "New school"} in merged.fields["partners"]


def test_two_new_rows_under_one_id_are_not_taken_for_one() -> None:
    mine = {**BASE, "partners": [*BASE["partners"], {"id": "p-c", "name": "Mine"}]}
    theirs = {**BASE, "partners": [*BASE["partners"], {"id": "p-c", "roles": "theirs"}]}

    assert merge_fields(BASE, mine, theirs).clashes == (("partners", "p-c"),)


def test_rows_without_ids_are_added_and_changed_side_by_side() -> None:
    first, second = BASE["money"]
    mine = {**BASE, "money": [{**first, "notice": "a day"}, second, {"from": "p-a"}]}
    theirs = {**BASE, "money": [{**first, "amount": "small"}, second, {"to": "p-a"}]}

    merged = merge_fields(BASE, mine, theirs)

    assert merged.clashes == ()
    assert merged.fields["money"] == [
        {**first, "notice": "a day", "amount": "small"},
        second,
        {"to": "p-a"},
        {"from": "p-a"},
    ]


def test_one_row_changed_by_both_in_one_place_clashes() -> None:
    first, second = BASE["money"]
    mine = {**BASE, "money": [{**first, "notice": "a day"}, second]}
    theirs = {**BASE, "money": [{**first, "notice": "a year"}, second]}

    assert merge_fields(BASE, mine, theirs).clashes == (("money", "notice"),)


VALUES = st.recursive(
    st.none() | st.sampled_from(["a", "b", "one two three four five", "one two six four seven"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "x", "y"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["p", "q", "r"]), VALUES, max_size=3)


@given(FIELDS, FIELDS)
def test_fields_that_only_one_changed_are_those_of_the_one(
    base: dict[str, Any], changed: dict[str, Any]
) -> None:
    for mine, theirs in ((changed, base), (base, changed), (changed, changed)):
        merged = merge_fields(base, mine, theirs)
        assert (merged.fields, merged.clashes) == (changed, ())


@given(FIELDS, FIELDS, FIELDS)
def test_both_come_to_the_same_clashes_whoever_is_first(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, other = merge_fields(base, mine, theirs), merge_fields(base, theirs, mine)

    assert sorted(one.clashes) == sorted(other.clashes)
