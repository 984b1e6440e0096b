"""`wiki import` and `wiki import-history`, as an operator meets them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tests.commands import Commands
from wiki.accounts.models import User
from wiki.pages.models import Byline, Page, Revision
from wiki.pages.service import text_of

HISTORY = (
    "import-history",
    "--slug",
    "kites",
    "--licence",
    "MIT",
    "--source",
    "example.org (MIT)",
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Five files, one of them broken."""
    folder = tmp_path / "pages"
    (folder / "more").mkdir(parents=True)
    for name in ("kites", "strings", "more/tails"):
        (folder / f"{name}.md").write_text(f"---\ntitle: {Path(name).stem}\n---\nText.\n")
    (folder / "Wind and rain.md").write_text("No front matter.\n")
    (folder / "broken.md").write_text("---\ntitle: [\n---\nText.\n")
    return folder


@pytest.fixture
def history(tmp_path: Path) -> Path:
    rows = [{"author": f"u{n}", "timestamp": 1_000_000 + n, "text": f"{n}\n"} for n in range(3)]
    path = tmp_path / "history.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    return path


def count(session: Session, table: type[User] | type[Page] | type[Revision]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_of_five_files_the_broken_one_is_named_and_four_come_in_once(
    wiki: Commands, pages: Path, session: Session
) -> None:
    first = wiki("import", pages)
    again = wiki("import", pages)

    assert (first.exit_code, again.exit_code) == (1, 1)
    assert first.stdout == "Pages: 4 made, 0 changed, 0 same, 1 failed\n"
    assert again.stdout == "Pages: 0 made, 0 changed, 4 same, 1 failed\n"
    assert "broken.md: " in first.stderr
    slugs = session.scalars(select(Page.slug).order_by(Page.slug)).all()
    assert slugs == ["kites", "strings", "tails", "wind-and-rain"]
    assert count(session, Revision) == 4


def test_a_dry_run_says_for_each_file_what_would_happen_and_writes_nothing(
    wiki: Commands, pages: Path, session: Session
) -> None:
    said = wiki("import", pages, "--dry-run")

    assert said.exit_code == 1
    lines = said.stdout.splitlines()
    assert lines[0] == "made     Wind and rain.md: /w/wind-and-rain"
    assert lines[1].startswith("failed   broken.md: ")
    assert lines[2:] == [
        "made     kites.md: /w/kites",
        "made     more/tails.md: /w/tails",
        "made     strings.md: /w/strings",
        "Would be: 4 made, 0 changed, 0 same, 1 failed",
    ]
    assert (count(session, Page), count(session, User)) == (0, 1)


def test_an_import_credits_the_editors_and_names_the_account_that_answers(
    wiki: Commands, pages: Path, session: Session
) -> None:
    (pages / "broken.md").unlink()
    wiki("user", "add", "Bo", "--role", "moderator", "--password", "boats over the water")
    (pages / "kites.md").rename(pages.parent / "kites.md")
    wiki("import", pages)
    (pages.parent / "kites.md").rename(pages / "kites.md")

    assert wiki("import", pages, "--as", "The kite club", "--importer", "Bo").exit_code == 0

    author, importer = aliased(User), aliased(User)
    rows = session.execute(
        select(Page.slug, author.name, importer.name, Revision.via)
        .select_from(Revision)
        .join(Page, Page.id == Revision.page_id)
        .join(Byline, Byline.id == Revision.byline_id)
        .join(author, author.id == Byline.user_id)
        .join(importer, importer.id == Revision.importer_id)
        .order_by(Page.slug)
    ).all()
    assert rows[0] == ("kites", "The kite club", "Bo", "import")
    assert rows[1] == ("strings", "Polyphony editors", "Ada", "import")
    assert len(rows) == 4


def test_an_importer_nobody_knows_stops_the_import(wiki: Commands, pages: Path) -> None:
    assert "no account Nobody" in wiki("import", pages, "--importer", "Nobody").stderr


def test_a_file_that_changed_changes_its_page_unless_people_have_edited_it(
    wiki: Commands, pages: Path, session: Session
) -> None:
    (pages / "broken.md").unlink()
    wiki("import", pages)
    (pages / "kites.md").write_text("Kites rise.\n")
    assert "1 changed, 3 same" in wiki("import", pages).stdout
    page = session.scalars(select(Page).where(Page.slug == "kites")).one()
    head = session.scalars(select(Revision).where(Revision.page_id == page.id)).all()[-1]
    head.via = "web"  # as if somebody had typed it
    session.commit()

    assert "4 same" in wiki("import", pages).stdout
    (pages / "kites.md").write_text("Kites sink.\n")
    result = wiki("import", pages)

    assert result.exit_code == 1
    assert "kites.md: The page “kites” was written or edited here" in result.stderr
    session.rollback()
    assert text_of(session, page, page.head_number) == "Kites rise.\n"


def test_two_files_of_one_address_are_not_written_over_each_other(
    wiki: Commands, pages: Path, session: Session
) -> None:
    (pages / "broken.md").unlink()
    (pages / "more" / "Kites.md").write_text("Others.\n")

    for _ in range(2):
        result = wiki("import", pages)
        assert result.exit_code == 1
        assert "more/Kites.md: The file kites.md has the same address" in result.stderr

    assert count(session, Revision) == 4


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("!!!.md", b"Text.\n", "title"),
        ("nul.md", b"a\x00b\n", "control characters"),
        ("latin.md", "é\n".encode("latin-1"), "not UTF-8"),
        ("long.md", b"x" * 1_100_000, "1000 kB"),
        ("rights.md", b"---\nlicence: all mine\n---\nText.\n", "is not a licence"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".md") else "",
)
def test_a_file_that_cannot_be_a_page_is_named_with_the_reason(
    sqlite_wiki: Commands, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / name).write_bytes(content)

    result = sqlite_wiki("import", tmp_path / "files", "--dry-run")

    assert result.exit_code == 1
    assert result.stdout.startswith(f"failed   {name}: ") and said in result.stdout


def test_a_folder_without_pages_is_refused(sqlite_wiki: Commands, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert "no Markdown file" in sqlite_wiki.refused("import", tmp_path / "empty")
    assert "is not a folder" in sqlite_wiki.refused("import", tmp_path / "nowhere")


def test_a_history_comes_in_and_a_second_run_says_the_same(
    wiki: Commands, history: Path, session: Session
) -> None:
    first = wiki(*HISTORY, history)
    again = wiki(*HISTORY, history)

    assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
    assert "The page /w/kites has 3 revisions." in first.stdout
    assert count(session, Revision) == 3
    page = session.scalars(select(Page)).one()
    assert (page.state, page.public_number) == ("public", 3)


def test_a_history_with_a_broken_line_is_not_imported_at_all(
    wiki: Commands, history: Path, session: Session
) -> None:
    history.write_text(history.read_text() + '{"author": "u9"}\n')

    result = wiki(*HISTORY, history)

    assert result.exit_code == 1
    assert "Line 4: “text” is missing or is no text." in result.stderr
    assert "Nothing was imported" in result.stderr
    assert (count(session, Page), count(session, User)) == (0, 1)


def test_a_dry_run_of_a_history_counts_and_writes_nothing(
    wiki: Commands, history: Path, session: Session
) -> None:
    result = wiki(*HISTORY, history, "--dry-run")

    assert result.exit_code == 0
    assert "3 revisions by 3 authors, 6 characters, 0 problems" in result.stdout
    assert count(session, Page) == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--licence", "all-mine", "is not a licence this wiki knows"),
        ("--licence", "", "name the licence"),
        ("--source", "", "where the history comes from"),
        ("--source", "x" * 401, "where the history comes from"),
        ("--slug", "!!!", "title"),
        ("--title", "x" * 201, "title"),
        ("--language", "not a tag", "language tag"),
    ],
)
def test_what_is_said_about_a_history_is_checked_first(
    sqlite_wiki: Commands, history: Path, option: str, value: str, said: str
) -> None:
    assert said in sqlite_wiki.refused(*HISTORY, option, value, history)


def test_a_page_in_the_recycle_bin_is_not_brought_back_by_an_import(
    wiki: Commands, history: Path, session: Session
) -> None:
    wiki(*HISTORY, history)
    page = session.scalars(select(Page)).one()
    page.state = "deleted"
    session.commit()

    assert "was deleted" in wiki(*HISTORY, history).stderr

    session.refresh(page)
    assert page.state == "deleted"
