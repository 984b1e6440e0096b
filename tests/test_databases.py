"""What the fixtures promise: two databases, empty each time, as the wiki would make them."""

from contextlib import closing

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from tests.clock import NOON
from tests.databases import connect
from tests.tally import Tally
from wiki import migrations
from wiki.accounts.models import User
from wiki.db import make_engine
from wiki.migrations import is_current, upgrade
from wiki.migrations.tables import metadata


def add_ada(session):
    user = User(name="Ada", name_key="ada", created_at=NOON)
    session.add(user)
    session.commit()
    return user.id


def test_a_test_that_commits_rows(session):
    assert add_ada(session) == 1


def test_leaves_none_to_the_next_and_the_numbers_start_again(session):
    assert session.scalars(select(User)).all() == []
    assert add_ada(session) == 1


def test_a_transaction_left_open_does_not_hold_up_the_next_test(postgres_half):
    address = postgres_half.emptied()
    with closing(connect(address)) as forgotten, closing(connect(address)) as another:
        forgotten.execute("BEGIN")
        forgotten.execute("LOCK TABLE revision")

        postgres_half.emptied()

        with pytest.raises(psycopg.OperationalError):
            another.execute("SELECT 1")
        with closing(connect(address)) as other:
            assert other.execute("SELECT count(*) FROM revision").fetchone() == (0,)


def test_the_database_is_the_one_the_name_says(engine, database):
    assert engine.dialect.name == database


def test_the_schema_is_the_newest(engine):
    assert is_current(engine)


def test_the_newest_schema_is_the_one_that_alembic_would_end_with(engine):
    scripts = ScriptDirectory(str(migrations.FOLDER))

    assert migrations.newest() == scripts.get_current_head()


def test_a_fresh_database_has_no_table_until_the_upgrade(fresh_database_url):
    engine = make_engine(fresh_database_url)

    assert inspect(engine).get_table_names() == []
    upgrade(engine)
    assert is_current(engine)

    engine.dispose()


def test_the_migrations_make_the_tables_that_the_models_describe(fresh_database_url):
    engine = make_engine(fresh_database_url)
    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert [str(difference)[:80] for difference in differences] == []


def test_postgresql_compares_text_by_code_point_as_sqlite_does(session):
    words = "SELECT w FROM (SELECT 'b' AS w UNION SELECT 'B' UNION SELECT 'ä') AS t ORDER BY w"

    assert session.scalars(text(words)).all() == ["B", "b", "ä"]


def report(name, when, outcome, database="sqlite"):
    """One phase of one test, as pytest reports it."""
    place = ("tests/test_x.py", 1, name)
    return pytest.TestReport(
        name, place, {}, outcome, None, when, user_properties=[("database", database)]
    )


def test_the_tally_counts_a_test_once_and_a_failure_of_its_fixture_as_failed():
    tally = Tally()
    for when in ("setup", "call", "teardown"):
        tally.pytest_runtest_logreport(report("a", when, "passed"))
    tally.pytest_runtest_logreport(report("b", "setup", "failed", "postgresql"))
    tally.pytest_runtest_logreport(report("b", "teardown", "passed", "postgresql"))

    assert tally.lines() == ["sqlite: 1 passed", "postgresql: 0 passed, 1 failed"]
