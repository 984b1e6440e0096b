"""Two people and one form: what only one changed is taken, what both changed is a clash."""

from typing import Any

from tests.cases import examples
from wiki.cases.merging import merge
from wiki.cases.schema import Field
from wiki.cases.steps import asked, step_named

CASE: dict[str, Any] = dict(examples.CASE)


def step(name: str) -> tuple[Field, ...]:
    found = step_named("case", name)
    assert found is not None
    return asked("case", found)


def partner(place, **changed):
    rows = [dict(row) for row in CASE["partners"]]
    rows[place] = {**rows[place], **changed}
    return {**CASE, "partners": rows}


def test_two_fields_changed_by_two_people_both_stand():
    mine, theirs = {**CASE, "summary": "Mine."}, {**CASE, "account_basis": "desk_summary"}
    merged = merge(step("start"), CASE, mine, theirs)

    assert not merged.clashes
    assert merged.fields == {**CASE, "summary": "Mine.", "account_basis": "desk_summary"}


def test_one_field_changed_by_both_is_a_clash_that_shows_the_other_value():
    mine, theirs = {**CASE, "summary": "Mine."}, {**CASE, "summary": "Theirs."}
    merged = merge(step("start"), CASE, mine, theirs)

    assert merged.clashes == {("summary",): "Theirs."}
    assert merged.fields["summary"] == "Mine."


def test_the_same_change_made_twice_is_no_clash():
    same = {**CASE, "summary": "Same."}

    assert not merge(step("start"), CASE, same, same).clashes


def test_members_of_a_group_are_pieces_of_their_own():
    mine = {**CASE, "when": {"start": "2018", "end": "2021"}}
    theirs = {**CASE, "when": {"start": "2019", "end": "2022"}}
    merged = merge(step("when"), CASE, mine, theirs)

    assert not merged.clashes
    assert merged.fields["when"] == {"start": "2018", "end": "2022"}


def test_two_columns_of_one_partner_changed_by_two_people_both_stand():
    merged = merge(step("partners"), CASE, partner(0, name="A"), partner(0, roles=["hosting"]))

    assert not merged.clashes
    assert merged.fields["partners"][0] == {
        **CASE["partners"][0], "name": "A", "roles": ["hosting"]
    }  # fmt: skip


def test_the_same_column_of_one_partner_is_a_clash():
    merged = merge(step("partners"), CASE, partner(0, name="A"), partner(0, name="B"))

    assert merged.clashes == {("partners", "p-school", "name"): "B"}


def test_partners_added_by_two_people_are_both_there():
    mine = {**CASE, "partners": [*CASE["partners"], {"id": "p-7a", "name": "Mine"}]}
    theirs = {**CASE, "partners": [{"id": "p-6a", "name": "Theirs"}, *CASE["partners"]]}
    merged = merge(step("partners"), CASE, mine, theirs)

    assert not merged.clashes
    assert [row["id"] for row in merged.fields["partners"]] == [
        "p-6a", "p-school", "p-firm", "p-7a"
    ]  # fmt: skip


def test_a_partner_taken_out_goes_if_nobody_else_touched_it():
    mine = {**CASE, "partners": CASE["partners"][1:]}
    merged = merge(step("partners"), CASE, mine, partner(1, name="B"))

    assert not merged.clashes
    assert [row["name"] for row in merged.fields["partners"]] == ["B"]


def test_a_partner_taken_out_while_somebody_wrote_about_it_is_a_clash_and_stays():
    mine = {**CASE, "partners": CASE["partners"][1:]}
    merged = merge(step("partners"), CASE, mine, partner(0, name="B"))

    assert merged.clashes == {("partners", "p-school", "name"): "B"}
    assert merged.removed == {"p-school"}
    assert len(merged.fields["partners"]) == 2


def test_other_rows_added_by_two_people_are_both_there():
    flow = {"from": "p-school", "to": "p-firm"}
    held = {**CASE, "money": [flow]}
    mine = {**held, "money": [{**flow, "notice": "a day"}, {"from": "p-firm"}]}
    theirs = {**held, "money": [{**flow, "amount_band": "small"}, {"to": "p-school"}]}
    merged = merge(step("money"), held, mine, theirs)

    assert not merged.clashes
    assert merged.fields["money"] == [
        {**flow, "amount_band": "small", "notice": "a day"},
        {"to": "p-school"},
        {"from": "p-firm"},
    ]


def test_other_rows_that_both_changed_alike_are_one_piece():
    flow = {"from": "p-school", "to": "p-firm"}
    mine, theirs = ({**CASE, "money": [{**flow, "notice": x}]} for x in ("a day", "a year"))
    merged = merge(step("money"), CASE, mine, theirs)

    assert merged.clashes == {("money",): theirs["money"]}


def test_what_nobody_changed_is_the_head_as_it_is():
    head = {**CASE, "education": {}, "summary": ""}

    assert merge(step("kind"), CASE, dict(CASE), head).fields == head
    assert merge(step("kind"), CASE, dict(CASE), CASE).fields == CASE
