"""The demonstration builds itself, asks itself for everything, and can be run again."""

import re
from pathlib import Path

from tests.commands import Commands

ASKED = [
    "home page",
    "a page",
    "its history",
    "its attribution",
    "a case with voices",
    "a silent partner",
    "a search",
    "a stylesheet",
]


def test_a_demonstration_answers_and_does_so_again(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "demo", "sqlite:")

    for made in (
        r"Pages: \d\d made, 0 changed, 0 same, 0",
        r"Pages: 0 made, 0 changed, \d\d same",
    ):
        result = commands("demo", "--check")

        assert result.exit_code == 0, result.output
        assert re.findall(r"ok: (.*)", result.stdout) == ASKED
        assert re.search(made, result.stdout)
    roles = ("admin", "editor", "moderator", "reader")
    assert commands("user", "list").stdout.split() == [
        word for role in roles for word in (f"demo-{role}", role)
    ]
