"""A command that cannot go on says so in one sentence, exits with 2 and has changed nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from tests.commands import PASSWORD, Commands
from wiki.db import make_engine

LATER = [
    ("serve", "--port", "0"),
    ("worker",),
    ("db", "upgrade"),
    ("rebuild", "all"),
    ("backup", "b.zip"),
    ("user", "list"),
    ("import", "."),
]


def tables(url: str) -> list[str]:
    engine = make_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_init_makes_a_wiki_and_run_again_changes_nothing(nowhere: Commands) -> None:
    first = nowhere("init", "--admin", "Ada", "--password", "-", typed=f"{PASSWORD}\n")
    again = nowhere("init", "--admin", "Ada", "--password", "short")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "nothing was changed" in again.stdout
    assert nowhere("user", "list").stdout == "Ada\tadmin\t\n"
    assert (nowhere.folder / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("Ada", "short", "at least 10 characters"), ("a/b", PASSWORD, "letters, digits")],
)
def test_a_name_or_password_that_will_not_do_leaves_no_wiki_behind(
    nowhere: Commands, name: str, password: str, said: str
) -> None:
    assert said in nowhere.refused("init", "--admin", name, "--password", password)

    assert list(nowhere.folder.iterdir()) == []
    assert tables(nowhere.url) == []


def test_init_makes_no_second_administrator(wiki: Commands) -> None:
    said = wiki.refused("init", "--admin", "Bo", "--password", PASSWORD)

    assert "wiki user add Bo --role admin" in said
    assert wiki("user", "list").stdout == "Ada\tadmin\t\n"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    commands = Commands(tmp_path / "file" / "data", "sqlite:")

    said = commands.refused("init", "--admin", "Ada", "--password", PASSWORD)

    assert "cannot be written" in said and "WIKI_DATA" in said


def test_where_no_wiki_is_none_is_made_by_the_way(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "data", "sqlite:")

    for words in LATER:
        assert "There is no wiki" in commands.refused(*words)

    assert not commands.folder.exists()


def test_an_empty_database_is_no_wiki_yet(nowhere: Commands) -> None:
    (nowhere.folder / "wiki.db").touch()

    assert "wiki init" in nowhere.refused("serve", "--port", "0")

    assert tables(nowhere.url) == []


@pytest.fixture
def broken(nowhere: Commands) -> Iterator[Connection]:
    """A database of a test's own, with a wiki in it, open to be broken."""
    assert nowhere("init", "--admin", "Ada", "--password", PASSWORD).exit_code == 0
    engine = make_engine(nowhere.url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_schema_of_another_version_is_left_as_it_is(
    nowhere: Commands, broken: Connection
) -> None:
    broken.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    broken.commit()

    for words in [*LATER, ("init", "--admin", "Bo")]:
        assert "version" in nowhere.refused(*words)

    assert broken.scalar(text("SELECT version_num FROM alembic_version")) == "another"


def test_a_missing_table_is_named(nowhere: Commands, broken: Connection) -> None:
    broken.execute(text("DROP TABLE job"))
    broken.commit()

    for words in (("serve", "--port", "0"), ("worker",), ("rebuild", "all"), ("backup", "b.zip")):
        assert "lacks the table “job”" in nowhere.refused(*words)


def test_what_the_database_refuses_in_the_middle_is_said_in_a_sentence(
    nowhere: Commands, broken: Connection, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "kites.md").write_text("Kites rise.\n")
    broken.execute(text("DROP TABLE job"))
    broken.commit()

    result = nowhere("import", tmp_path / "pages")

    assert result.exit_code == 2
    assert "wiki: The database failed: " in result.stderr and "Traceback" not in result.stderr
    assert broken.scalar(text("SELECT count(*) FROM page")) == 0


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    commands = Commands(tmp_path, "sqlite:")
    (tmp_path / "wiki.db").write_bytes(b"my diary " * 1_000)

    for words in (("serve", "--port", "0"), ("init", "--admin", "Ada", "--password", PASSWORD)):
        assert "not a database" in commands.refused(*words)

    assert (tmp_path / "wiki.db").read_bytes() == b"my diary " * 1_000


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://ada:secret@127.0.0.1:1/wiki", "does not answer"),
        ("mysql://ada@127.0.0.1/wiki", "not an address"),
        ("kites", "not an address"),
    ],
)
def test_a_database_address_that_leads_nowhere_is_said_without_its_password(
    tmp_path: Path, url: str, said: str
) -> None:
    problem = Commands(tmp_path, url).refused("serve", "--port", "0")

    assert said in problem and "secret" not in problem


def test_a_demonstration_leaves_a_real_wiki_alone(wiki: Commands) -> None:
    assert "a wiki of its own" in wiki.refused("demo", "--check")

    (wiki.folder / "demo").touch()
    assert "a wiki of its own" in wiki.refused("demo", "--check")

    assert wiki("user", "list").stdout == "Ada\tadmin\t\n"
