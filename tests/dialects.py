"""One dialect of each database in a process, so that each statement is compiled once in it.

SQLAlchemy keeps what it has compiled beside the engine, under the engine's dialect: right for a
wiki, which has one engine for as long as it runs. The tests make well over a thousand, by
`wiki.db.make_engine` as the wiki does, and each would compile every statement anew: a quarter of
all the work of the suite.
"""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect


class Single(DefaultDialect):
    """Mixed into a dialect: the first one that is made is the only one.

    RuntimeError if an engine asks for other options than the first one did: they would be lost.
    """

    _only: "Single | None" = None
    _options: dict[str, Any]
    _compiled: dict[Any, Any]
    _knows_server = False

    def __new__(cls, **options: Any) -> "Single":
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __init__(self, **options: Any) -> None:
        if "_options" not in vars(self):
            self._options, type(self)._compiled = options, {}
            super().__init__(**options)
        if options != self._options:
            raise RuntimeError(f"two kinds of engine for {self.name}: their statements differ")

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let the new engine look among what all of them have compiled."""
        engine.update_execution_options(compiled_cache=cls._compiled)

    def initialize(self, connection: Connection) -> None:
        """Ask the server for its version and the like; all servers of a run are of one version."""
        if not self._knows_server:
            super().initialize(connection)
            self._knows_server = True


class SingleSqlite(Single, SQLiteDialect_pysqlite):
    """For addresses that begin with sqlite:"""

    supports_statement_cache = True  # said anew by each class, as SQLAlchemy demands


class SinglePostgres(Single, PGDialect_psycopg):
    """For addresses that begin with postgresql+psycopg:"""

    supports_statement_cache = True  # said anew by each class, as SQLAlchemy demands


def use_single_dialects() -> None:
    """From now on every engine of this process has the one dialect of its database."""
    registry.register("sqlite", __name__, SingleSqlite.__name__)
    registry.register("postgresql.psycopg", __name__, SinglePostgres.__name__)
