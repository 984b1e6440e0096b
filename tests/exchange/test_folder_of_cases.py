"""A hundred files go in, three of them fail, and each is told why."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cases.examples import case_text, lesson_text
from tests.commands import Commands
from wiki.cases.models import CasePage

WRONG = {
    "case-07.md": case_text(id="c-7", stage="later"),
    "case-42.md": case_text(id="c-42", money=[{"from": "p-school", "to": "p-bank"}]),
    "case-77.md": case_text(id="c-77", when={"start": "2019-13"}),
}
SAID = {
    "case-07.md": "stage: “later” is none of its values",
    "case-42.md": "money 1 to: “p-bank” is none of the partners of this page: p-firm, p-school.",
    "case-77.md": "when start: There is no such day as “2019-13”.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "cases"
    root.mkdir()
    for number in range(100):
        name = f"case-{number:02}.md"
        text = case_text(id=f"c-{number}", title=f"Case {number}")
        (root / name).write_text(WRONG.get(name, text), encoding="utf-8")
    return root


@pytest.mark.parametrize("dry", [True, False], ids=["looked at", "brought in"])
def test_the_files_that_cannot_be_kept_are_named_with_the_reason(
    session: Session, wiki: Commands, folder: Path, dry: bool
) -> None:
    told = wiki("import", folder, *(["--dry-run"] if dry else []))

    assert told.exit_code == 1
    assert "97 made, 0 changed, 0 same, 3 failed" in told.output
    for name, said in SAID.items():
        assert f"{name}: " in told.output and said in told.output
    kept = session.scalar(select(func.count()).select_from(CasePage))
    assert kept == (0 if dry else 97)


def test_what_came_in_goes_out_and_in_again_byte_for_byte(wiki: Commands, tmp_path: Path) -> None:
    root = tmp_path / "pages"
    root.mkdir()
    texts = {"tool.md": case_text(id="c-tool"), "ask.md": lesson_text(id="l-ask")}
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")

    assert "2 made" in wiki("import", root).output
    assert "0 made, 0 changed, 2 same" in wiki("import", root).output
