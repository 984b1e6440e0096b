"""The schema, step by step, inside the package, so that an installed wiki upgrades itself.

Alembic is imported when there is a step to be made: it takes 10 MB, and a wiki that is served only
asks whether its schema is the newest.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

FOLDER = Path(__file__).resolve().parent
_NAME = re.compile(r"^(revision|down_revision)\b[^=\n]*= *[\"'](\w+)[\"']", re.MULTILINE)


class UnknownSchema(Exception):
    """The database has a schema that this version of the wiki does not know."""


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema; nothing happens if it is there already.

    One transaction: a step that fails leaves the schema as it was. UnknownSchema.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        configuration.attributes["connection"] = connection
        try:
            command.upgrade(configuration, "head")
        except CommandError as problem:
            raise UnknownSchema() from problem


def is_current(engine: Engine) -> bool:
    """Whether the database has the schema this version of the wiki needs."""
    with engine.connect() as connection:
        return current_revision(connection) == newest()


def current_revision(connection: Connection) -> str | None:
    """The name of the schema the database has; None before the first step."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    name: str | None = connection.scalar(
        select(column("version_num")).select_from(table("alembic_version"))
    )
    return name


def newest() -> str:
    """The name of the step that no other builds on. Cost: reads the heads of all steps."""
    names: set[str] = set()
    built_on: set[str | None] = set()
    for path in (FOLDER / "versions").glob("*.py"):
        said = dict(_NAME.findall(path.read_text(encoding="utf-8")))
        names.add(said["revision"])
        built_on.add(said.get("down_revision"))
    (last,) = names - built_on
    return last
