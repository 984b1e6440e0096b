"""Of saves that are told to the day only the day is kept; a stored page may end by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DAY = 86_400_000_000  # microseconds, as SQLite has times


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.execute("DELETE FROM stored_page")
    op.add_column("stored_page", sa.Column("ends", sa.BigInteger()))
    sqlite = op.get_bind().dialect.name == "sqlite"
    day = (
        f"saved_at - saved_at % {_DAY}"
        if sqlite
        else "date_trunc('day', saved_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'"
    )
    op.execute(
        f"UPDATE revision SET saved_at = {day} WHERE precision = 'day' AND via <> 'import'"  # noqa: S608  # a constant
    )
