"""Whether the database is whole: looked at before it is served, copied or rebuilt."""

from sqlalchemy import Engine, inspect

from wiki.errors import SetupError
from wiki.migrations.tables import metadata
from wiki.settings import Settings
from wiki.setup import require_ready

# The search index of PostgreSQL, which the worker makes again; SQLite has no such tables.
_INDEX = {"search_document", "search_generation", "search_posting"}


def require_whole(settings: Settings) -> Engine:
    """An engine on a database with every table of this version, or SetupError naming the first.

    Cost: a statement more than `require_ready`.
    """
    engine = require_ready(settings)
    there = set(inspect(engine).get_table_names())
    missing = [name for name in sorted(metadata.tables) if name not in there | _INDEX]
    if missing:
        engine.dispose()
        raise SetupError(
            "The database lacks the table “%(name)s”. Stop the wiki and restore a backup into a "
            "new data folder or database.",
            {"name": missing[0]},
        )
    return engine
