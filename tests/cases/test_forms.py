"""Front matter to a form and back: what nobody touched stays as it was, byte for byte."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.project import ROOT
from tests.cases import examples
from wiki.cases.forms import Countries, apply, control_of, row_id, show
from wiki.cases.rules import SCHEMAS
from wiki.cases.schema import Field
from wiki.cases.steps import STEPS, asked, step_named, step_of
from wiki.cases.vocabulary import vocabulary
from wiki.text import front_matter

PAGES = sorted((ROOT / "content" / "pages").glob("*.md"))
COUNTRIES = Countries({"KE": "Kenya", "PE": "Peru", "US": "United States", "ZA": "South Africa"})
CASE: dict[str, Any] = dict(examples.CASE)
LESSON: dict[str, Any] = dict(examples.LESSON)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
ODD = st.none() | TEXT | st.lists(TEXT | st.none(), max_size=2)


def asked_in(step: str, kind: str = "case") -> tuple[Field, ...]:
    found = step_named(kind, step)
    assert found is not None
    return asked(kind, found)


def step_for(kind: str, name: str, column: str = "") -> str:
    found = step_of(kind, name, column)
    assert found is not None
    return found.name


def named(name: str, place: int) -> str:
    return row_id(name, 7, place)


def sent_back(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """As a browser sends it: line ends as CR LF, an empty value before boxes to be ticked."""
    return {
        name: ["", *(v.replace("\n", "\r\n") for v in listed)] if len(listed) != 1
        else [listed[0].replace("\n", "\r\n")]
        for name, listed in values.items()
    }  # fmt: skip


def filled(step: str, fields: dict[str, Any], kind: str = "case", **typed: Any) -> dict[str, Any]:
    """The fields after one step in which this was typed; __ stands for a dot."""
    known = asked_in(step, kind)
    values = sent_back(show(known, fields, COUNTRIES))
    for name, value in typed.items():
        values[name.replace("__", ".")] = [value] if isinstance(value, str) else value
    return apply(known, fields, values, new_id=named, countries=COUNTRIES).fields


def values_of(known: Field) -> st.SearchStrategy:
    """Values that the field may have, and some that it should not."""
    if known.kind == "group":
        inside = {f.name: values_of(f) for f in known.inside}
        return st.fixed_dictionaries({}, optional=inside) | ODD
    if known.kind == "rows":
        row = st.fixed_dictionaries({}, optional={f.name: values_of(f) for f in known.inside})
        return st.lists(row, max_size=2) | ODD
    if known.kind == "matrix":
        areas, levels = (list(vocabulary(f"decision_{x}").labels) for x in ("area", "level"))
        return st.dictionaries(st.sampled_from(areas), st.sampled_from(levels), max_size=3)
    if known.kind in ("code", "codes"):
        word = st.sampled_from(list(vocabulary(known.words).labels))
        return (st.lists(word, max_size=4) if known.kind == "codes" else word) | ODD
    if known.kind == "places":
        return st.lists(st.sampled_from(["KE", "KE-30", "202", "Peru", ""]), max_size=3)
    return ODD


PAGES_OF_ANY_KIND = st.sampled_from(sorted(SCHEMAS)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {"type": st.just(kind)},
        optional={f.name: values_of(f) for f in SCHEMAS[kind].fields if f.name != "type"},
    )
)


@given(PAGES_OF_ANY_KIND)
def test_a_form_that_comes_back_untouched_changes_nothing(fields):
    for step in STEPS[fields["type"]]:
        known = asked(fields["type"], step)
        sent = sent_back(show(known, fields, COUNTRIES))

        assert apply(known, fields, sent, new_id=named, countries=COUNTRIES).fields == fields


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_byte_of_a_starter_page_changes_in_its_form(page: Path):
    source = page.read_text(encoding="utf-8")
    document = front_matter.read(source)
    fields: dict[str, Any] = document.fields
    for step in STEPS.get(fields.get("type", ""), ()):
        known = asked(fields["type"], step)
        fields = apply(known, fields, sent_back(show(known, fields)), new_id=named).fields

    assert front_matter.write(fields, document.body) == source


@pytest.mark.parametrize("kind", sorted(STEPS))
def test_every_field_has_its_place_in_a_step_or_is_the_wikis_own(kind):
    asked_for = {path for step in STEPS[kind] for path in step.asks}
    left = set()
    for path, field in SCHEMAS[kind].walk():
        above = {".".join(path[:end]) for end in range(1, len(path) + 1)}
        if not above & asked_for and field.kind not in ("rows", "group"):
            left.add(".".join(path))

    own = {"type", "id", "licence"}
    if kind == "case":
        own |= {"partners.id"}
    else:
        own |= {"summary", "labels.label", "labels.community", "labels.url"}
        own |= {f"reuse.{name}" for name in ("who", "where", "when", "result", "note")}
    assert left == own


def test_what_is_emptied_is_taken_out():
    fields = filled("start", dict(CASE), summary="")

    assert "summary" not in fields


def test_ticked_boxes_keep_their_order_and_new_ones_follow():
    fields = {**CASE, "partners": [{"id": "p-a", "roles": ["hosting", "initiating"]}]}
    after = filled("partners", fields, partners__0__roles=["", "initiating", "funding", "hosting"])

    assert after["partners"][0]["roles"] == ["hosting", "initiating", "funding"]


def test_ranked_choices_stand_in_the_order_chosen_and_once():
    after = filled("kind", dict(CASE), themes=["power-and-voice", "technology", "technology"])

    assert after["themes"] == ["power-and-voice", "technology"]


def test_a_country_is_typed_by_its_name_or_its_code():
    after = filled("when", dict(CASE), places=["Kenya", "pe", "KE-30", "kenya", ""])

    assert after["places"] == ["KE", "PE", "KE-30"]


def test_a_new_partner_gets_an_id_that_says_nothing_of_its_name():
    typed = {"partners": "4", "partners__2__name": "Village council", "partners__3__name": ""}
    after = filled("partners", dict(CASE), **typed)

    assert after["partners"][2] == {"id": "p-7a", "name": "Village council"}
    assert len(after["partners"]) == 3


def test_a_removed_row_goes_and_the_others_keep_their_ids():
    after = filled("partners", dict(CASE), partners__0__remove="1")

    assert after["partners"] == [CASE["partners"][1]]


def test_an_id_is_another_one_in_every_save():
    made = {row_id("partners", number, place) for number in range(1, 9) for place in range(60)}

    assert len(made) == 8 * 60


def test_a_step_about_partners_adds_none():
    after = filled("power", dict(CASE), partners="9", partners__5__can_leave_without_loss="yes")

    assert after == CASE


def test_the_matrix_of_decisions_is_kept_for_each_partner():
    after = filled("power", dict(CASE), partners__1__decisions__budget="decided_alone")

    assert after["partners"][1]["decisions"] == {"budget": "decided_alone"}
    assert after["partners"][0] == CASE["partners"][0]


def test_a_lesson_is_filled_in_with_the_same_machinery():
    after = filled(
        "travels", dict(LESSON), "lesson", travels__needs="a phone\r\n\r\nan office\r\n"
    )

    assert after["travels"] == {"needs": ["a phone", "an office"]}


def test_what_is_wrong_in_a_row_is_told_beside_the_row_as_it_was_typed():
    known = asked_in("partners")
    values = sent_back(show(known, CASE))
    values |= {"partners": ["4"], "partners.0.remove": ["1"], "partners.3.org_type": ["moon"]}
    applied = apply(known, CASE, values, new_id=named)

    assert [row.get("org_type") for row in applied.fields["partners"]][1] == "moon"
    wrong = ("partners", 1, "org_type")
    assert control_of(known, wrong, applied.rows) == "partners.3.org_type"


@pytest.mark.parametrize(
    ("path", "control"),
    [
        (("stage",), ""),
        (("when", "end"), "when.end"),
        (("places", 1), "places"),
    ],
)
def test_what_is_wrong_is_told_beside_its_control(path, control):
    assert control_of(asked_in("when"), path, {}) == control


def test_a_column_is_asked_for_in_its_own_step():
    assert step_for("case", "partners", "decisions") == "power"
    assert step_for("case", "partners") == "partners"
    assert step_for("case", "education", "area") == "kind"
    assert step_for("lesson", "confidence") == "proof"
