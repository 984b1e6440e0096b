"""The words that the figures of a page are of, counted once; pages without count as before."""

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column("page", sa.Column("figured_words", JsonType()))
