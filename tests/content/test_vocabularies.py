"""The vocabularies that are shipped: readable, labelled, and with exactly the agreed values."""

import json
from pathlib import Path

import pytest

from tests.content.starter import CONTENT, vocabulary

LISTS = sorted(path.stem for path in (CONTENT / "vocab").glob("*.yaml"))

OWN_LISTS = {
    "amount_band",
    "answer",
    "case_relation",
    "lesson_position",
    "name_visibility",
    "rater",
    "read_extent",
    "source_type",
    "travel_basis",
}  # what the agreed lists leave to us


@pytest.mark.parametrize("name", LISTS)
def test_every_value_has_a_label_and_a_definition_of_its_own(name: str):
    rows = list(vocabulary(name).values())

    assert rows
    assert all(row["label"] and row["definition"] for row in rows)
    assert len({row["label"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", LISTS)
def test_no_label_is_longer_than_a_line_on_a_phone_can_hold(name: str):
    assert all(len(row["label"]) <= 60 for row in vocabulary(name).values())


def test_the_values_are_exactly_those_agreed_in_their_order(material: Path):
    agreed = json.loads((material / "domain" / "vocab.json").read_text(encoding="utf-8"))
    del agreed["_note"]

    assert {name: list(vocabulary(name)) for name in LISTS if name not in OWN_LISTS} == {
        name: list(values) for name, values in agreed.items()
    }


def test_codes_of_other_lists_are_kept(material: Path):
    agreed = json.loads((material / "domain" / "vocab.json").read_text(encoding="utf-8"))
    for name in ("org_type", "partner_role", "earmarking", "tied_status", "scope"):
        mapped = {value: row.get("maps_to") for value, row in vocabulary(name).items()}

        assert mapped == agreed[name]
