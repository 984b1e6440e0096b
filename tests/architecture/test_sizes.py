"""Nothing grows too long to be read in one go, and nothing becomes a drawer."""

import ast

import pytest

from tests.architecture.project import files, name

DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "tools"}
# A step of the migrations is written once, by Alembic, and never edited.
CODE = [p for p in files("wiki", "tests", "bench", suffix=".py") if p.parent.name != "versions"]


def too_long(paths, limit):
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {path: length for path, length in lengths.items() if length > limit}


def long_functions(source, limit):
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                found.append(f"{node.name} has {length} lines")
    return found


def test_no_module_is_longer_than_300_lines():
    assert too_long(CODE, 300) == {}


def test_no_function_is_longer_than_50_lines():
    found = {name(path): long_functions(path.read_text(encoding="utf-8"), 50) for path in CODE}

    assert {path: functions for path, functions in found.items() if functions} == {}


def test_no_template_is_longer_than_200_lines():
    assert too_long(files("templates", suffix=".html"), 200) == {}


@pytest.mark.parametrize("suffix", [".css", ".js"])
def test_no_style_sheet_or_script_is_longer_than_300_lines(suffix):
    assert too_long(files("static", suffix=suffix), 300) == {}


def test_no_file_or_folder_is_a_drawer():
    parts = {
        part for path in files("wiki", "tests", "bench", suffix=".py") for part in path.parts[-3:]
    }

    assert {part for part in parts if part.removesuffix(".py") in DRAWERS} == set()


def test_a_function_of_51_lines_would_be_found():
    source = "def story():\n" + "    pass\n" * 50

    assert long_functions(source, 50) == ["story has 51 lines"]
