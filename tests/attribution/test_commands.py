"""`wiki attribute`."""

import json
import lzma

import pytest
from click.testing import CliRunner

from wiki.attribution.commands import attribute
from wiki.errors import WikiError

REVISIONS = [{"rev": 11, "text": "Kites fly."}, {"rev": 15, "text": "Kites fly high."}]


def written(path, lines):
    """A history file."""
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(lines)
    return str(path)


def run(*arguments):
    """What the command prints on each stream."""
    return CliRunner().invoke(attribute, arguments, catch_exceptions=False)


def test_it_prints_a_prediction_for_each_revision(tmp_path):
    path = written(tmp_path / "kites.revs.jsonl.xz", [json.dumps(r) + "\n" for r in REVISIONS])

    result = run(path)

    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "doc": "kites",
            "rev": 11,
            "strs": ["Kites", "fly", "."],
            "origins": [11, 11, 11],
            "fixers": [],
        },
        {
            "doc": "kites",
            "rev": 15,
            "strs": ["Kites", "fly", "high", "."],
            "origins": [11, 11, 15, 11],
            "fixers": [],
        },
    ]
    assert "2 revisions done" in result.stderr


def test_a_mended_word_keeps_its_author_and_names_the_mender(tmp_path):
    lines = [{"rev": 11, "text": "They fly hgih."}, {"rev": 15, "text": "They fly high."}]
    path = written(tmp_path / "kites.jsonl.xz", [json.dumps(line) + "\n" for line in lines])

    found = json.loads(run(path, "--last").stdout)

    assert (found["origins"], found["fixers"]) == ([11, 11, 11, 11], [[2, 15]])


def test_it_prints_only_the_last_revision_if_asked(tmp_path):
    path = written(tmp_path / "kites.jsonl.xz", [json.dumps(r) + "\n" for r in REVISIONS])

    assert json.loads(run(path, "--last").stdout)["rev"] == 15


@pytest.mark.parametrize("line", ["not JSON", "[]", '{"rev": 1}', '{"rev": 1, "text": null}'])
def test_a_line_that_is_no_revision_is_named(tmp_path, line):
    path = written(tmp_path / "kites.jsonl.xz", [json.dumps(REVISIONS[0]) + "\n", line + "\n"])

    with pytest.raises(WikiError, match="Line 2 is not a revision"):
        run(path)


def test_a_damaged_file_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "kites.jsonl.xz"
    path.write_bytes(b"this is not xz")

    with pytest.raises(WikiError, match="cannot be read"):
        run(str(path))
