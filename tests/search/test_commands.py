"""`wiki eval-search`: a folder in, a run out."""

import json

import pytest
from click.testing import CliRunner

from wiki.errors import WikiError
from wiki.search.commands import ENGINES, eval_search


def write(folder, name, *lines):
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_collection_becomes_pages_and_the_run_is_written(tmp_path, engine):
    write(
        tmp_path,
        "docs.jsonl",
        {"id": "a1", "title": "Kites", "text": "They **fly** over the school."},
        {"id": "b2", "title": "", "text": "The school has a roof.\0"},
        {"id": "c3", "title": "Kites", "text": "They **fly** over the school."},
    )
    write(tmp_path, "queries.jsonl", {"id": "q1", "text": "flying"}, {"id": "q2", "text": "((("})
    result = CliRunner().invoke(eval_search, [str(tmp_path), "--engine", engine])

    assert result.exit_code == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [(q, d, rank) for q, d, rank, _ in lines] == [("q1", "a1", "1"), ("q1", "c3", "2")]
    assert all(float(line[3]) > 0 for line in lines)
    assert "3 pages" in result.stderr


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "docs.jsonl").write_text('{"id": "a"}\nnothing\n')
    result = CliRunner().invoke(eval_search, [str(tmp_path)])

    assert isinstance(result.exception, WikiError)
    assert "Line 2" in str(result.exception)
    assert result.stdout == ""
