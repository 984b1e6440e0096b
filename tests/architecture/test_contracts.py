"""The import contracts of pyproject.toml are refused when they are broken, one by one."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import ROOT

PLANTED = {
    "pages/rules.py": "import sqlalchemy",
    "pages/service.py": (
        "import flask, bleach, nh3, markdown, pebble, whoosh.index, flask_babel, brotli, babel"
    ),
    "accounts/service.py": "import flask_login\nimport wiki.saving",
    "surprise/__init__.py": "",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What import-linter says of a copy of the wiki with forbidden imports planted in it."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "wiki", copy / "wiki", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    for path, line in PLANTED.items():
        planted = copy / "wiki" / path
        planted.parent.mkdir(exist_ok=True)
        with planted.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=copy,
        capture_output=True,
        text=True,
        env={"COLUMNS": "200"},
    )
    assert checked.returncode == 1, checked.stdout + checked.stderr
    return checked.stdout


def contracts():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.mark.parametrize("name", contracts())
def test_a_planted_import_breaks_the_contract(report, name):
    assert f"{name} BROKEN" in report


def test_a_package_without_a_place_in_the_layers_is_refused(report):
    assert "surprise" in report
