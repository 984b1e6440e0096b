"""The commands on a wiki of the test's own."""

from pathlib import Path

import pytest

from tests.commands import Commands, new_wiki


@pytest.fixture
def wiki(data_folder: Path, database_url: str) -> Commands:
    """Commands of a wiki whose administrator is Ada."""
    return new_wiki(data_folder, database_url)


@pytest.fixture
def sqlite_wiki(tmp_path: Path) -> Commands:
    """The same, where the database does not matter."""
    return new_wiki(tmp_path / "data", "sqlite:")
