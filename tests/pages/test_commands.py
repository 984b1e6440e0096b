"""`wiki member …`: who belongs to a page, from the command line, on both databases."""

from pathlib import Path

from flask import Flask

from tests.cases.examples import case_text
from tests.commands import Commands
from tests.journeys.browser import Person


def test_somebody_made_a_member_reads_the_partners_room(
    app: Flask, data_folder: Path, database_url: str
) -> None:
    Person(app, "Ada").write("the-tool", case_text(), title="The tool")
    bo, wiki = Person(app, "Bogna"), Commands(data_folder, database_url)
    assert bo.open("/w/the-tool/for-partners").status_code == 404

    for _twice in range(2):
        assert wiki("member", "the-tool", "bogna").output == "bogna is a member of the-tool now.\n"

    assert bo.open("/w/the-tool/for-partners").status_code == 200
    assert "There is no account" in wiki.refused("member", "the-tool", "Nobody")
    assert "There is no page" in wiki.refused("member", "no-such-page", "Ada")
