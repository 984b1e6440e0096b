"""`wiki user …`: accounts from the command line, on both databases."""

import pytest
from click.testing import CliRunner, Result

from tests.accounts.conftest import PASSWORD
from tests.clock import NOON
from wiki.accounts.codes import recover
from wiki.accounts.passwords import matches
from wiki.accounts.queries import find_user
from wiki.accounts.service import block
from wiki.cli import main
from wiki.errors import InvalidInput
from wiki.settings import Settings


@pytest.fixture
def wiki(settings: Settings):
    """Runs `wiki user …` on this database."""
    env = {"WIKI_DATA": str(settings.data), "WIKI_DATABASE_URL": settings.database_url}

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, ["user", *words], env=env, input=typed)

    return run


def test_an_account_is_made_with_a_password_from_a_pipe(wiki, session):
    said = wiki("add", "Bea", "--role", "moderator", "--password", "-", typed=f"{PASSWORD}\n")

    assert (said.exit_code, said.output) == (0, "Bea may sign in now, as moderator.\n")
    bea = find_user(session, "Bea")
    assert bea is not None
    assert bea.role == "moderator"
    assert matches(bea.password_hash, PASSWORD)


def test_a_password_that_is_asked_for_is_not_shown(wiki):
    said = wiki("add", "Bea", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert said.exit_code == 0
    assert PASSWORD not in said.output


def test_a_weak_password_makes_no_account_and_says_why(wiki, session):
    said = wiki("add", "Bea", "--password", "password123")

    assert said.exit_code == 2
    assert "among the first" in said.stderr
    assert find_user(session, "Bea") is None


def test_a_role_is_changed(wiki, session, ada):
    assert wiki("role", "ada", "moderator").exit_code == 0

    session.expire_all()
    assert ada.role == "moderator"


def test_a_reset_prints_a_code_that_lets_its_owner_back_in_once(wiki, session, ada):
    code = wiki("reset", "Ada").output.strip()

    recover(session, name="Ada", code=code, password="seven calm rivers", now=NOON)
    session.commit()
    with pytest.raises(InvalidInput):
        recover(session, name="Ada", code=code, password="nine loud harbours", now=NOON)


def test_the_list_says_name_role_and_block(wiki, session, ada):
    block(session, ada, until=None, now=NOON)
    session.commit()

    assert wiki("list").output == "Ada\teditor\tblocked\n"


@pytest.mark.parametrize("command", [("role", "Nobody", "editor"), ("reset", "Nobody")])
def test_somebody_who_does_not_exist_is_a_sentence_not_a_trace(wiki, command):
    said = wiki(*command)

    assert said.exit_code == 2
    assert said.stderr == "wiki: There is no account called Nobody.\n"
