"""The commands on a wiki of the test's own."""

from pathlib import Path

import pytest

from tests.commands import Commands, new_wiki


@pytest.fixture
def nowhere(data_folder: Path, fresh_database_url: str) -> Commands:
    """Commands where no wiki is yet."""
    return Commands(data_folder, fresh_database_url)


@pytest.fixture
def wiki(data_folder: Path, database_url: str) -> Commands:
    """Commands of a wiki whose administrator is Ada."""
    return new_wiki(data_folder, database_url)
