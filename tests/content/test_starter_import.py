"""The starter pages come into a new wiki by the command that the handbook names."""

from pathlib import Path

from tests.commands import new_wiki
from tests.content.starter import CONTENT, PAGES


def test_every_starter_page_comes_in_once_and_a_second_import_changes_nothing(tmp_path: Path):
    wiki = new_wiki(tmp_path / "data", "sqlite:")

    first = wiki("import", CONTENT / "pages")
    again = wiki("import", CONTENT / "pages")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout == f"Pages: {len(PAGES)} made, 0 changed, 0 same, 0 failed\n"
    assert again.stdout == f"Pages: 0 made, 0 changed, {len(PAGES)} same, 0 failed\n"
