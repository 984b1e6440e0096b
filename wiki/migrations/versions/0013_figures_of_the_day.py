"""Of which revision and day the figures of a page are; what is there has those of its text."""

import sqlalchemy as sa
from alembic import op

from wiki.db import MomentType

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.add_column("page", sa.Column("figured_on", MomentType()))
    op.add_column("page", sa.Column("figured_number", sa.Integer()))
