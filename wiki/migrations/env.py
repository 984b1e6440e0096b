"""Runs the steps on the connection that `wiki.migrations.upgrade` hands in."""

from alembic import context

from wiki.migrations.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite"
    and context.config.attributes.get("batch", True),
    transaction_per_migration=False,
)
context.run_migrations()
