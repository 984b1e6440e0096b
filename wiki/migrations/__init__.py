"""The schema, step by step, inside the package, so that an installed wiki upgrades itself."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

FOLDER = Path(__file__).resolve().parent


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema; nothing happens if it is there already.

    One transaction: a step that fails leaves the schema as it was.
    """
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the schema this version of the wiki needs."""
    with engine.connect() as connection:
        found = current_revision(connection)
    return found == ScriptDirectory.from_config(_configuration()).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """The name of the schema the database has; None before the first step."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return configuration
