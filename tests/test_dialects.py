"""What one engine has compiled, the engines of later tests find."""

import pytest
from sqlalchemy import create_engine, select

from wiki.accounts.models import User
from wiki.db import make_engine


def ask(url):
    """A new engine that runs one statement; how many statements are compiled then."""
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.execute(select(User.id).where(User.name_key == "nobody of that name"))
    engine.dispose()
    return len(engine.get_execution_options()["compiled_cache"])


def test_two_engines_compile_a_statement_once(database_url):
    known = ask(database_url)

    assert known > 0
    assert ask(database_url) == known


def test_an_engine_with_options_of_its_own_is_refused_as_they_would_be_lost(database_url):
    make_engine(database_url).dispose()

    with pytest.raises(RuntimeError, match="two kinds of engine"):
        create_engine(database_url, label_length=20)
