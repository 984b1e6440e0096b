"""Front matter: strings only, limits, and one canonical way to write it."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.front_matter import FrontMatterError, Value, read, split, write

TRICKY = (
    "NO", "1.10", "null", "~", "true", "2021-03-11", "2019~", "0x1F", "1e5", "-", "#x", "a: b",
    "a #b", "[x]", "{x", "'q'", '"', "two\nlines", "end\n", "\n", " lead", "a\n\n b\n", "---",
    "...", "\t", "y", "=", "<<", "1_000", ".5", "!tag", "*a", "1:30", "a\r\nb", "a \nb", "a\n\n",
)  # fmt: skip
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
SCALAR = st.none() | TEXT | st.sampled_from(TRICKY)
KEY = st.text(
    st.characters(exclude_characters="\0\n", exclude_categories=["Cs"]), min_size=1, max_size=12
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)


def refusal(source: str) -> FrontMatterError:
    with pytest.raises(FrontMatterError) as caught:
        read(source)
    assert str(caught.value) == caught.value.message % caught.value.values
    return caught.value


def test_every_scalar_is_the_string_that_was_written():
    source = (
        "---\ncountry: NO\nversion: 1.10\nyes: on\nday: 2021-03-11\nnone: null\nempty:\n---\nBody."
    )
    assert read(source).fields == {
        "country": "NO", "version": "1.10", "yes": "on", "day": "2021-03-11", "none": None,
        "empty": None,
    }  # fmt: skip


def test_a_null_inside_braces_is_a_null_too():
    assert read("---\na: {b: null, c: ~, d: 'null'}\n---\n").fields == {
        "a": {"b": None, "c": None, "d": "null"}
    }


def test_the_body_begins_after_the_second_row_of_dashes():
    document = read("---\na: b\n---\nFirst.\n---\nSecond.\n")
    assert (document.body, document.body_line) == ("First.\n---\nSecond.\n", 4)
    assert split("---\r\na: b\r\n---\r\nBody.") == ("a: b\r\n", "Body.")


@pytest.mark.parametrize(
    "source", ["", "Text.", "\n---\na: b\n---\n", "---", "---\n\nA rule.", "----\na: b\n---\n"]
)
def test_a_page_without_front_matter_is_all_body(source):
    assert split(source) == ("", source)
    document = read(source)
    assert (document.fields, document.body, document.body_line) == ({}, source, 1)


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 4, "repeats “a”"),
        ("a: 1\nb: 2 # why\n", 3, "comment"),
        ("# only\n", 2, "comment"),
        ("a: |\n  kept # text\n# not\n", 4, "comment"),
        ("a: | # why\n  text\n", 2, "comment"),
        ("a: &x b\nc: *x\n", 2, "refer"),
        ("a: 1\nb: *x\n", 3, "refer"),
        ("a: !!python/object:os.system x\n", 2, "type"),
        ("a: b\n? [x]\n: c\n", 3, "plain text"),
        ("title: a: b\n", 2, "quotation marks"),
        ("a: b\nc: [x\n", 3, "quotation marks"),
        ("a: b\nc: 'x\n", 3, "quotation marks"),
        ("a:\n\tb: c\n", 3, "tab"),
        ("a: b\nc: \0\n", 3, "cannot be kept"),
        ('a: "\\0"\n', 2, "cannot be kept"),
        ("a: b\nc: \x07\n", 3, "cannot be shown"),
        ("- a\n- b\n", 2, "names and values"),
        ("just text\n", 2, "names and values"),
        ("%YAML 1.2\n--- x\n", 2, "no place here"),
        ("a: b\n--- x\n", 3, "second front matter"),
        (f"{'k' * 101}: b\n", 2, "100 characters"),
    ],
)
def test_what_the_wiki_cannot_keep_is_refused_with_its_line(raw, line, words):
    error = refusal(f"---\n{raw}---\nBody.")
    assert words in str(error)
    assert error.line == error.values["line"] == line


def test_a_number_sign_inside_a_value_is_no_comment():
    assert read("---\na: b#c\nd: '# e'\nf: |\n  # g\n---\n").fields == {
        "a": "b#c",
        "d": "# e",
        "f": "# g\n",
    }


def test_a_front_matter_that_never_ends_is_refused():
    assert refusal("---\ntitle: Kites\n\nText.").line == 1


@pytest.mark.parametrize(
    "raw",
    [
        "a: " + "[" * 1_000 + "]" * 1_000,
        "a: " + "{b: " * 1_000 + "}" * 1_000,
        "\n".join(" " * depth + "a:" for depth in range(300)),
        "- " * 30_000,
        "a: [" + "x," * 30_000 + "]",
        "{" * 60_000,
        "? " * 30_000,
        "a: b\n" * 2_000_000,
        '"' * 63_000,
        "a: " + "'" * 60_001,
    ],
    ids=[
        "lists",
        "maps",
        "indent",
        "dashes",
        "nodes",
        "braces",
        "questions",
        "10 MB",
        "quotes",
        "apostrophes",
    ],
)
def test_hostile_front_matter_is_refused_soon(raw):
    begin = time.process_time()
    refusal(f"---\n{raw}\n---\n")
    assert time.process_time() - begin < 0.5


def test_eight_levels_are_read_and_written_and_nine_are_not():
    eight = read("---\na: [[[[[[x]]]]]]\n---\n")
    assert read(write(eight.fields, "")).fields == eight.fields
    nine = "---\na: [[[[[[[x]]]]]]]\n---\n"
    assert "8 levels" in str(refusal(nine))
    with pytest.raises(FrontMatterError, match="8 levels"):
        write({"a": [[[[[[["x"]]]]]]]}, "")


@settings(max_examples=300)
@given(st.dictionaries(KEY, VALUE, max_size=5), st.text())
def test_what_is_written_is_read_back_and_writing_again_changes_nothing(fields, body):
    source = write(fields, body)
    document = read(source)
    assert document.fields == fields
    assert document.body == body
    assert source.split("\n")[document.body_line - 1 :] == body.split("\n")
    assert write(document.fields, document.body) == source


@given(st.dictionaries(KEY, VALUE, max_size=5))
def test_any_yaml_reader_finds_the_same_strings(fields):
    assert (yaml.safe_load(split(write(fields, ""))[0]) or {}) == fields


def test_known_fields_come_in_their_order_and_unknown_ones_after_them():
    fields: dict[str, Value] = {
        "mood": "x", "licence": "CC-BY-4.0", "title": "A: b", "type": "case", "aim": "z",
        "when": {"end": "2021", "start": "2019~"},
    }  # fmt: skip
    assert write(fields, "Body.\n") == (
        '---\ntype: case\ntitle: "A: b"\nwhen: {start: "2019~", end: "2021"}\n'
        "licence: CC-BY-4.0\nmood: x\naim: z\n---\nBody.\n"
    )


def test_lines_of_text_stay_lines():
    assert write({"context": "One.\n\nTwo: #2\n", "instead": "A\nB"}, "") == (
        "---\ncontext: |\n  One.\n\n  Two: #2\ninstead: |-\n  A\n  B\n---\n"
    )


def test_a_short_partner_stands_on_one_line_and_a_long_one_has_a_line_for_each_fact():
    short: dict[str, Value] = {"name": "A school", "id": "p-1", "roles": ["hosting", "funding"]}
    long = {**short, "id": "p-2", "name": "A" + " long" * 20 + " name"}
    assert write({"partners": [short, long]}, "") == (
        "---\npartners:\n"
        "  - {id: p-1, name: A school, roles: [hosting, funding]}\n"
        "  - id: p-2\n"
        f"    name: A{' long' * 20} name\n"
        "    roles: [hosting, funding]\n---\n"
    )


def test_a_body_that_begins_with_dashes_is_not_taken_for_fields():
    source = write({}, "---\na: b\n---\n")
    assert read(source).fields == {}
    assert read(source).body == "---\na: b\n---\n"


@pytest.mark.parametrize(
    "fields",
    [
        {"": "a"},
        {"a\nb": "c"},
        {"a": "\0"},
        {"a": "\ud800"},
        {"a": ["x"] * 2_001},
        {"a": "x" * 64_001},
    ],
    ids=["no name", "two lines", "null character", "half a pair", "nodes", "size"],
)
def test_fields_that_could_not_be_read_are_not_written(fields):
    with pytest.raises(FrontMatterError):
        write(fields, "")


def test_the_worked_case_and_lesson_survive(material: Path):
    for path in (material / "domain/example").glob("*.md"):
        document = read(path.read_text(encoding="utf-8"))
        again = read(write(document.fields, document.body))
        assert (again.fields, again.body) == (document.fields, document.body)
        assert list(again.fields) == list(document.fields), path.name
