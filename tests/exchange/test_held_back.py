"""Who did not agree to export stays out of every file; such a file comes home with the words."""

from pathlib import Path

import pytest
from flask import Flask

from tests.cases.examples import case_text
from tests.commands import Commands, new_wiki
from tests.exchange.test_page_file import files_in
from tests.journeys.browser import Person
from tests.journeys.test_voices import give

CASE = "/w/the-tool"
SAID, AGREED = "We were never asked.", "Ask us next time."
LEAVES = ["public_pseudonym", "export_and_citation"]
FILES = ("/w/the-tool/raw", "/w/the-tool/raw?revision=2", "/w/the-tool/raw?revision=3")
MACHINES = ("/api/v1/pages/the-tool/attribution", "/api/v1/pages/the-tool/attribution?revision=2")
TABLES = tuple(f"/{n}.{f}" for n in ("cases", "partners", "money") for f in ("csv", "jsonl"))


@pytest.fixture
def ada(app: Flask) -> Person:
    """Who wrote a case with two passages; one of them may leave."""
    ada = Person(app, "Ada")
    ada.write("the-tool", case_text("Start.\n"), title="The tool", kind="case")
    give(ada, CASE, words=SAID)
    give(ada, CASE, words=AGREED, scopes=LEAVES, display="Sefu")
    return ada


@pytest.fixture
def reader(app: Flask, ada: Person) -> Person:
    return Person(app)


def taken(reader: Person, folder: Path, address: str = f"{CASE}/export") -> Path:
    path = folder / "the-tool.zip"
    path.write_bytes(reader.open(address).data)
    return path


def test_no_file_and_no_machine_gets_the_words_whoever_asks(ada: Person, reader: Person) -> None:
    assert SAID in reader.open(CASE).text  # everybody may read them here

    for who in (ada, reader):
        for address in (*FILES, *MACHINES, *TABLES):
            assert SAID not in who.open(address).text, address
        for part in ("", "?revision=2", "?revision=3"):
            held = files_in(who.open(f"{CASE}/export{part}").data)
            assert SAID not in "".join(held.values())
            assert "mode=held_back passage=v1-1" in held["the-tool.md"]
            assert "held_back" in held["README.txt"]
    assert AGREED in reader.open(f"{CASE}/raw").text


def test_the_attribution_in_the_file_is_that_of_the_text_in_the_file(reader: Person) -> None:
    text = reader.open(f"{CASE}/raw").text
    told = reader.open(f"/api/v1/pages/{CASE[3:]}/attribution").get_json()

    said = [text[slice(*span["characters"])] for span in told["spans"]]
    assert any(AGREED in words for words in said)
    assert not any("held_back" in words or "held back" in words for words in said)
    assert [s["start"] for s in told["spans"]] == sorted(s["start"] for s in told["spans"])
    assert "2" not in {
        str(span["revision"]) for span in told["spans"]
    }  # all of it was the passage


def test_who_writes_sees_the_words_and_pasting_the_file_into_the_box_loses_none(
    ada: Person, reader: Person
) -> None:
    file = reader.open(f"{CASE}/raw").text
    assert SAID in ada.open(f"{CASE}/edit").text

    answer = ada.write("the-tool", file.replace("Start.", "It started."))

    assert answer.status_code == 303
    page = reader.open(CASE).text
    assert "It started." in page and SAID in page and "Asha" in page


def test_an_own_file_is_the_same_page_when_it_comes_home(
    reader: Person, database_url: str, data_folder: Path, tmp_path: Path
) -> None:
    here = Commands(data_folder, database_url)

    came = here("import", taken(reader, tmp_path), "--importer", "Ada")

    assert came.stdout == "Pages: 0 made, 0 changed, 1 same, 0 failed\n", came.output
    assert SAID in reader.open(CASE).text


def test_a_changed_file_comes_home_with_the_words_that_it_left_out(
    database: str, database_url: str, data_folder: Path, tmp_path: Path
) -> None:
    """A page that imports alone have written is changed by the next one; its voices did not agree
    to files."""
    wiki, folder = new_wiki(data_folder, database_url), tmp_path / "pages"
    folder.mkdir()
    text = f"Start.\n\n::: {{.voice by=v1 mode=direct_spoken}}\n{SAID}\n:::\n"
    (folder / "a.md").write_text(text)
    (folder / "a.voices.jsonl").write_text('{"key": "v1", "export_and_citation": "no"}\n')
    assert "1 made" in wiki("import", folder).stdout
    held = text.replace("by=v1 mode=direct_spoken", "mode=held_back passage=v1-1")
    (folder / "a.md").write_text(held.replace(SAID, "Held.").replace("Start.", "Begin."))

    looked, came = wiki("import", folder, "--dry-run"), wiki("import", folder)

    assert "1 changed" in looked.stdout and "1 changed" in came.stdout, came.output
    (folder / "a.md").write_text(text.replace("Start.", "Begin."))
    assert "1 same" in wiki("import", folder).stdout


def test_a_file_whose_passage_is_gone_from_the_page_is_refused_with_a_sentence(
    app: Flask, ada: Person, reader: Person
) -> None:
    file = reader.open(f"{CASE}/raw").text
    ada.write("the-tool", case_text("Another story.\n"))

    answer = ada.write("the-tool", file)

    assert answer.status_code == 422
    assert "stands for a passage that this page does not have any more" in answer.text
    assert "mode=held_back passage=v1-1" in answer.text  # what was typed stays


def test_in_another_wiki_the_line_stays_and_says_why(reader: Person, tmp_path: Path) -> None:
    other = new_wiki(tmp_path / "other", "sqlite:")
    path = taken(reader, tmp_path)

    came, again = other("import", path), other("import", path)

    assert "1 made" in came.stdout, came.output
    assert "1 same" in again.stdout


def test_a_line_that_stands_for_a_passage_is_shown_as_one_whatever_is_written_in_it(
    ada: Person, reader: Person
) -> None:
    line = "::: {.voice mode=held_back passage=v9-1}\nBuy kites.\n:::\n"
    ada.write("other", case_text(f"Start.\n\n{line}"), title="Other", kind="case")

    page = reader.open("/w/other").text
    assert "A passage is held back at its speaker’s choice." in page
    assert "Buy kites." not in page and "taken back" not in page.split("whose")[0]
